"""The archive: which documents there are."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.languages import pick
from huiqian.documents.access import visible_documents
from huiqian.documents.models import Document

PAGE = 25


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """A document as the archive lists it."""

    number: str
    name: str
    title: str
    process_code: str
    status: str
    version_count: int
    archived_at: datetime


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """Some rows of the archive; `next` is where the following ones begin, empty at the end."""

    rows: tuple[ArchiveRow, ...]
    next: str


def archive(
    actor: Actor, *, search: str = "", process: str = "", year: int | None = None, after: str = "", size: int = PAGE
) -> ArchivePage:
    """The archived documents this person may read, the latest first. 1 query beyond the organisation's.

    `search` looks for all its words in numbers, titles and contents; `year` is the company's calendar year.
    """
    found = visible_documents(actor).filter(archived_at__isnull=False)
    for word in search.lower().replace("\x00", " ").split()[:8]:
        found = found.filter(search__contains=word)
    if process:
        found = found.filter(process_code=process)
    if year is not None:
        found = found.filter(archived_at__gte=_new_year(year), archived_at__lt=_new_year(year + 1))
    if place := _place(after):
        at, key = place
        found = found.filter(Q(archived_at__lt=at) | Q(archived_at=at, pk__lt=key))
    documents = list(found.order_by("-archived_at", "-id").defer("search")[: size + 1])
    rows = tuple(_archive_row(document) for document in documents[:size])
    last = documents[size - 1] if len(documents) > size else None
    return ArchivePage(rows, f"{last.archived_at.isoformat()}~{last.pk}" if last and last.archived_at else "")


def _new_year(year: int) -> datetime:
    return datetime(min(max(year, 1), 9998), 1, 1, tzinfo=COMPANY_ZONE)


def _place(after: str) -> tuple[datetime, int] | None:
    at, _, key = after.partition("~")
    try:
        moment = datetime.fromisoformat(at)
        return (moment, int(key[:18])) if moment.tzinfo else None
    except ValueError:
        return None


def _archive_row(document: Document) -> ArchiveRow:
    return ArchiveRow(
        document.number, pick(document.name_zh, document.name_en), document.title, document.process_code,
        document.status, document.version_count, document.archived_at or document.created_at,
    )  # fmt: skip
