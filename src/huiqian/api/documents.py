"""Documents: list, read, print."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from huiqian.api.bearer import actor_of
from huiqian.documents.printing import print_document
from huiqian.documents.queries import archive, document_view

router = Router()


class DocumentLine(Schema):
    """A document in the archive."""

    number: str
    name: str
    title: str
    process: str
    status: str
    versions: int
    archived_at: datetime


class DocumentPage(Schema):
    """Up to 25 documents; `next` is what to send as `after` for more, empty on the last page."""

    items: list[DocumentLine]
    next: str


class Version(Schema):
    """A version of a document."""

    number: int
    author: str
    written_at: datetime
    digest: str


class Signature(Schema):
    """Somebody's decision on a version; `void` when a return took it out of force."""

    version: int
    step: str
    position: str
    person: str
    behalf: str = Field("", description="The name of whoever was away and for whom the person decided.")
    outcome: str
    opinion: str
    at: datetime
    void: bool
    files: list[str] = Field([], description="The SHA-256 of every file that this decision is about.")


class File(Schema):
    """An attached file."""

    id: str
    name: str
    size: int
    type: str
    sha256: str


class Document(Schema):
    """A document at a version."""

    number: str
    name: str
    title: str
    process: str
    status: str
    version: Version
    values: dict[str, Any]
    versions: list[Version]
    signatures: list[Signature]
    files: list[File]
    came_from: list[str]
    led_to: list[str]


@router.get("", response=DocumentPage, summary="Archived documents you may read")
def list_documents(
    request: HttpRequest, search: str = "", process: str = "", year: int | None = None, after: str = ""
) -> DocumentPage:
    """The archive, newest first."""
    page = archive(actor_of(request), search=search, process=process, year=year, after=after)
    items = [
        DocumentLine(
            number=row.number, name=row.name, title=row.title, process=row.process_code, status=row.status,
            versions=row.version_count, archived_at=row.archived_at,
        )
        for row in page.rows
    ]  # fmt: skip
    return DocumentPage(items=items, next=page.next)


@router.get("/{number}", response=Document, summary="One document")
def get_document(request: HttpRequest, number: str, version: int | None = None) -> Document:
    """A document you may read, at its latest version or the one asked for."""
    view = document_view(actor_of(request), number, version)
    return Document(
        number=view.number, name=view.name, title=view.title, process=view.process_code, status=view.status,
        version=Version.from_orm(view.version), values=dict(view.values),
        versions=[Version.from_orm(one) for one in view.versions],
        signatures=[Signature.from_orm(one) for one in view.signatures],
        files=[File(id=f.id, name=f.name, size=f.size, type=f.type, sha256=f.checksum) for f in view.files],
        came_from=[one.number for one in view.came_from], led_to=[one.number for one in view.led_to],
    )  # fmt: skip


PDF: dict[str, Any] = {"responses": {200: {"content": {"application/pdf": {}}}}}


@router.get("/{number}/pdf", summary="A document as A4 PDF", openapi_extra=PDF)
def get_pdf(request: HttpRequest, number: str, version: int | None = None) -> HttpResponse:
    """The printed form of a document you may read."""
    address = request.build_absolute_uri(f"/documents/{number}")
    printed = print_document(actor_of(request), number, version, address=address)
    answer = HttpResponse(printed.content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{number}.pdf"'
    return answer
