"""What pages and the API ask about documents and files."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q

from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import NotFound
from huiqian.base.languages import pick
from huiqian.documents.access import document_for, dossiers_of, file_for, visible_documents
from huiqian.documents.models import Chunk, Document, File, Link, Signature, Version
from huiqian.documents.rules import download_headers

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


@dataclass(frozen=True, slots=True)
class FileView:
    """A file as pages name it."""

    id: str
    name: str
    size: int
    type: str
    checksum: str
    uploaded_at: datetime

    @property
    def icon(self) -> str:
        """Which picture stands for its type: pdf, doc, xls, img or any."""
        if self.type.startswith("image/"):
            return "img"
        ending = self.name.rsplit(".", 1)[-1].lower()
        return {"pdf": "pdf", "doc": "doc", "docx": "doc", "xls": "xls", "xlsx": "xls", "csv": "xls"}.get(ending, "any")


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a document, in its history."""

    number: int
    author: str
    written_at: datetime
    digest: str
    current: bool


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Somebody's decision on a version; `void` when a return took it out of force."""

    version: int
    step: str
    position: str
    person: str
    behalf: str
    outcome: str
    opinion: str
    at: datetime
    void: bool


@dataclass(frozen=True, slots=True)
class LinkLine:
    """Another document that this one came from, or led to."""

    number: str
    name: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document at one version: what it said, who signed, what is attached, where it came from and led to."""

    dossier: int
    key: str
    number: str
    name: str
    name_zh: str
    title: str
    status: str
    process_code: str
    process_version_id: int
    form: str
    values: Mapping[str, Any]
    version: VersionLine
    versions: tuple[VersionLine, ...]
    signatures: tuple[SignatureLine, ...]
    files: tuple[FileView, ...]
    came_from: tuple[LinkLine, ...]
    led_to: tuple[LinkLine, ...]
    created_at: datetime
    archived_at: datetime | None

    @property
    def current(self) -> bool:
        """Whether this is the latest version."""
        return self.version.current

    @property
    def file_faces(self) -> dict[str, FileView]:
        """The files by their ids, as forms show them."""
        return {file.id: file for file in self.files}


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document of a case."""

    key: str
    number: str
    name: str
    title: str
    status: str
    version_count: int
    archived_at: datetime | None
    versions: tuple[VersionLine, ...]


def documents_of(dossier: int) -> tuple[DocumentLine, ...]:
    """The documents in a dossier that the caller has checked may be read, with their versions. 2 queries."""
    versions = Prefetch("versions", Version.objects.defer("values").order_by("number"))
    found = Document.objects.filter(dossier_id=dossier).order_by("id").defer("search").prefetch_related(versions)
    return tuple(
        DocumentLine(
            one.key, one.number, pick(one.name_zh, one.name_en), one.title, one.status, one.version_count,
            one.archived_at, tuple(_version_line(one, version) for version in one.versions.all()),
        )
        for one in found
    )  # fmt: skip


def document_view(actor: Actor, number: str, version: int | None = None) -> DocumentView:
    """A document with its versions, signatures, files and links, at a version (the latest). 6 queries.

    NotFound where the document or the version is not there or not theirs to see. Links to documents that this person
    may not read are left out.
    """
    document = document_for(actor, number)
    versions = list(document.versions.defer("values").order_by("-number"))
    wanted = document.version_count if version is None else version
    shown = document.versions.filter(number=wanted).first() if 0 < wanted < 2**31 else None
    if shown is None:
        raise NotFound
    return DocumentView(
        dossier=document.dossier_id, key=document.key, number=document.number,
        name=pick(document.name_zh, document.name_en), name_zh=document.name_zh, title=document.title,
        status=document.status, process_code=document.process_code, process_version_id=shown.process_version_id,
        form=shown.form, values=shown.values, version=_version_line(document, shown),
        versions=tuple(_version_line(document, one) for one in versions), signatures=_signatures(document, wanted),
        files=_files(shown), came_from=_links(actor, document, "came_from"), led_to=_links(actor, document, "led_to"),
        created_at=document.created_at, archived_at=document.archived_at,
    )  # fmt: skip


def _version_line(document: Document, version: Version) -> VersionLine:
    current = version.number == document.version_count
    return VersionLine(version.number, version.author_name, version.written_at, version.digest, current)


def _signatures(document: Document, upto: int) -> tuple[SignatureLine, ...]:
    """All decisions up to a version, in the order they were made: what was said of earlier versions stays readable."""
    found = Signature.objects.filter(version__document=document, version__number__lte=upto).select_related("version")
    return tuple(
        SignatureLine(
            one.version.number, one.step_name, one.position_name, one.person_name, one.behalf_name, one.outcome,
            one.opinion, one.signed_at, one.void_at is not None,
        )
        for one in found.order_by("id").defer("version__values")
    )  # fmt: skip


def _files(version: Version) -> tuple[FileView, ...]:
    found = {file.pk: file for file in File.objects.filter(pk__in=version.files)} if version.files else {}
    return tuple(_file_view(found[one]) for one in version.files if one in found)


def _file_view(file: File) -> FileView:
    return FileView(str(file.pk), file.name, file.size, file.type, file.blob_id, file.uploaded_at)


def _links(actor: Actor, document: Document, way: str) -> tuple[LinkLine, ...]:
    other = "source" if way == "came_from" else "target"
    mine = "target" if way == "came_from" else "source"
    found = Link.objects.filter(**{mine: document, f"{other}__in": visible_documents(actor)}).select_related(other)
    lines = []
    for link in found.order_by("id"):
        one: Document = getattr(link, other)
        lines.append(LinkLine(one.number, pick(one.name_zh, one.name_en), one.title, link.kind))
    return tuple(lines)


def file_faces(actor: Actor, ids: Collection[str | UUID]) -> dict[str, FileView]:
    """The files with these ids that this person may see, by id. 1 query, none without ids."""
    wanted = [one for one in map(_uuid, ids) if one is not None]
    if not wanted:
        return {}
    own = Q(dossier__isnull=True, uploader_id=actor.id)
    found = File.objects.filter(own | Q(dossier__in=dossiers_of(actor)), pk__in=wanted)
    return {str(file.pk): _file_view(file) for file in found}


def _uuid(text: str | UUID) -> UUID | None:
    try:
        return text if isinstance(text, UUID) else UUID(str(text))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Download:
    """A file on its way to a browser: its headers, and its content in pieces of at most 256 KiB."""

    name: str
    type: str
    size: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


def download(actor: Actor, file_id: UUID) -> Download:
    """A file's content as a download. 1 query and one per 256 KiB; NotFound where it is not theirs to see."""
    file = file_for(actor, file_id)
    headers = download_headers(file.name, file.type, file.size)
    return Download(file.name, file.type, file.size, headers, _chunks(file.blob_id))


def _chunks(sha256: str) -> Iterator[bytes]:
    number = 0
    while (
        content := Chunk.objects.filter(blob_id=sha256, number=number).values_list("content", flat=True).first()
    ) is not None:
        yield bytes(content)
        number += 1


def comparison(actor: Actor, number: str, old: int, new: int) -> tuple[DocumentView, DocumentView]:
    """Two versions of a document, to be compared field by field."""
    return document_view(actor, number, old), document_view(actor, number, new)
