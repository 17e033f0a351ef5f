"""Files: upload what a form will name, download what one may read."""

from typing import Any, BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import File as Posted
from ninja import Router, Schema
from ninja.files import UploadedFile

from huiqian.api.bearer import actor_of
from huiqian.api.idempotency import idempotent
from huiqian.documents.commands import upload_file
from huiqian.documents.queries import download

router = Router()
POSTED: Any = Posted(...)  # type: ignore[type-arg]


class File(Schema):
    """A file that was taken in; its id is what a form's field of files takes."""

    id: str
    name: str
    size: int
    type: str


@router.post("", response={201: File}, summary="Upload a file")
@idempotent
def post_file(request: HttpRequest, file: UploadedFile = POSTED) -> tuple[int, File]:
    """Take in one file (multipart field "file"); only you see it until a form that names it is handed in."""
    taken = upload_file(actor_of(request), file.name or "", cast(BinaryIO, file.file), file.size)
    return 201, File(id=str(taken.pk), name=taken.name, size=taken.size, type=taken.type)


@router.get("/{file_id}", summary="Download a file")
def get_file(request: HttpRequest, file_id: UUID) -> HttpResponse | StreamingHttpResponse:
    """A file you may read."""
    found = download(actor_of(request), file_id)
    return StreamingHttpResponse(found.chunks, headers=dict(found.headers))
