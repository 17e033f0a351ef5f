"""Files: how pages name them, and their content as a download."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.documents.access import dossiers_of, file_for
from huiqian.documents.models import Chunk, File, Page, Preview
from huiqian.documents.rules import download_headers, preview_headers


@dataclass(frozen=True, slots=True)
class FileView:
    """A file as pages name it."""

    id: str
    name: str
    size: int
    type: str
    checksum: str
    uploaded_at: datetime
    # Whether it can be seen: "made", "waiting" (a worker is drawing it), "none", or empty for what is never drawn.
    preview: str = ""
    thumb_wide: int = 0
    thumb_high: int = 0
    pages: int = 0

    @property
    def icon(self) -> str:
        """Which picture stands for its type: pdf, doc, xls, img or any."""
        if self.type.startswith("image/"):
            return "img"
        ending = self.name.rsplit(".", 1)[-1].lower()
        return {"pdf": "pdf", "doc": "doc", "docx": "doc", "xls": "xls", "xlsx": "xls", "csv": "xls"}.get(ending, "any")


def file_view(file: File) -> FileView:
    """A file's row as pages name it; with its preview where it was read by with_previews()."""
    return FileView(
        str(file.pk), file.name, file.size, file.type, file.blob_id, file.uploaded_at,
        preview=getattr(file, "shown_state", None) or "", thumb_wide=getattr(file, "shown_wide", None) or 0,
        thumb_high=getattr(file, "shown_high", None) or 0, pages=getattr(file, "shown_pages", None) or 0,
    )  # fmt: skip


def with_previews(files: QuerySet[File]) -> QuerySet[File]:
    """The same files with what pages say of their previews; no query more, and no picture is read."""
    return files.annotate(
        shown_state=F("blob__preview__state"), shown_wide=F("blob__preview__small_wide"),
        shown_high=F("blob__preview__small_high"), shown_pages=F("blob__preview__pages"),
    )  # fmt: skip


def file_faces(actor: Actor, ids: Collection[str | UUID]) -> dict[str, FileView]:
    """The files with these ids that this person may see, by id. 1 query, none without ids."""
    wanted = [one for one in map(_uuid, ids) if one is not None]
    if not wanted:
        return {}
    own = Q(dossier__isnull=True, uploader_id=actor.id)
    found = with_previews(File.objects.filter(own | Q(dossier__in=dossiers_of(actor)), pk__in=wanted))
    return {str(file.pk): file_view(file) for file in found}


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


@dataclass(frozen=True, slots=True)
class Shown:
    """A preview on its way to a browser."""

    headers: Mapping[str, str]
    content: bytes


def preview(actor: Actor, file_id: UUID, *, large: bool = False, known: str = "", page: int = 1) -> Shown:
    """What a file, or a later page of it, looks like, small or large. 2 queries.

    NotFound where it is not theirs to see or has no preview.

    `known` is the tag the browser has already: the content is then empty and nothing is read from the table.
    """
    file = file_for(actor, file_id)
    tag = f"{file.blob_id[:32]}-{'large' if large else 'small'}{page if page > 1 else ''}"
    if known and known.strip('W/"') == tag:
        return Shown(preview_headers(0, tag), b"")
    if page > 1:
        later = Page.objects.filter(blob_id=file.blob_id, number=page, state=Preview.State.MADE)
        content = later.values_list("large", flat=True).first()
    else:
        made = Preview.objects.filter(blob_id=file.blob_id, state=Preview.State.MADE)
        content = made.values_list("large" if large else "small", flat=True).first()
    if content is None:
        raise NotFound
    return Shown(preview_headers(len(content), tag), bytes(content))


def contents(sha256: str) -> Iterator[bytes]:
    """A content in pieces of at most 256 KiB, for whoever works on it inside the house."""
    return _chunks(sha256)


def file_state(actor: Actor, file_id: UUID) -> FileView:
    """A file as pages name it. 1 query; NotFound where it is not theirs to see."""
    return file_view(with_previews(File.objects.filter(pk=file_for(actor, file_id).pk)).get())


def _chunks(sha256: str) -> Iterator[bytes]:
    number = 0
    while (
        content := Chunk.objects.filter(blob_id=sha256, number=number).values_list("content", flat=True).first()
    ) is not None:
        yield bytes(content)
        number += 1
