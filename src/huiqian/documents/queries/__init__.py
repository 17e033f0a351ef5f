"""What pages and the API ask about documents and files."""

from huiqian.documents.queries.archived import ArchivePage, ArchiveRow, archive
from huiqian.documents.queries.documents import (
    DocumentLine,
    DocumentView,
    LinkLine,
    SignatureLine,
    Since,
    VersionLine,
    comparison,
    document_view,
    documents_of,
    enclosed_in,
    readable,
    since_decided,
    void_decisions,
    whose,
)
from huiqian.documents.queries.files import (
    Download,
    FileView,
    Shown,
    contents,
    download,
    file_faces,
    file_state,
    preview,
)

__all__ = [
    "ArchivePage", "ArchiveRow", "DocumentLine", "DocumentView", "Download", "FileView", "LinkLine", "Shown",
    "SignatureLine", "Since", "VersionLine", "archive", "comparison", "contents", "document_view", "documents_of",
    "download", "enclosed_in", "file_faces", "file_state", "preview", "readable", "since_decided",
    "void_decisions", "whose",
]  # fmt: skip
