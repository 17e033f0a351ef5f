"""Documents as pure rules: digests, what is searched, names and kinds of files, how they go back to a browser."""

from huiqian.documents.rules.digests import digest_of, search_text
from huiqian.documents.rules.headers import attachment_headers, download_headers, preview_headers
from huiqian.documents.rules.kinds import Kind, Unfit, find_kind
from huiqian.documents.rules.names import clean_name, with_ending
from huiqian.documents.rules.states import status_words

__all__ = [
    "Kind", "Unfit", "attachment_headers", "clean_name", "digest_of", "download_headers", "find_kind",
    "preview_headers", "search_text", "status_words", "with_ending",
]  # fmt: skip
