"""Documents as pure rules: digests, what is searched, names and kinds of files."""

from huiqian.documents.rules.digests import digest_of, search_text

__all__ = ["digest_of", "search_text"]
