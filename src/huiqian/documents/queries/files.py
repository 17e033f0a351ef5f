"""Files: how pages name them, and their content as a download."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from huiqian.base.actors import Actor
from huiqian.documents.access import dossiers_of, file_for
from huiqian.documents.models import Chunk, File
from huiqian.documents.rules import download_headers


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


def file_view(file: File) -> FileView:
    """A file's row as pages name it."""
    return FileView(str(file.pk), file.name, file.size, file.type, file.blob_id, file.uploaded_at)


def file_faces(actor: Actor, ids: Collection[str | UUID]) -> dict[str, FileView]:
    """The files with these ids that this person may see, by id. 1 query, none without ids."""
    wanted = [one for one in map(_uuid, ids) if one is not None]
    if not wanted:
        return {}
    own = Q(dossier__isnull=True, uploader_id=actor.id)
    found = File.objects.filter(own | Q(dossier__in=dossiers_of(actor)), pk__in=wanted)
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


def _chunks(sha256: str) -> Iterator[bytes]:
    number = 0
    while (
        content := Chunk.objects.filter(blob_id=sha256, number=number).values_list("content", flat=True).first()
    ) is not None:
        yield bytes(content)
        number += 1
