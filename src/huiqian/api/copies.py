"""Copies: the cases that colleagues copied you on."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from huiqian.api.bearer import actor_of
from huiqian.api.idempotency import idempotent
from huiqian.work.commands import read_copies
from huiqian.work.queries import copies

router = Router()


class CopyLine(Schema):
    """A case you were copied on."""

    case: str
    title: str
    process: str
    case_status: str
    by: str
    text: str
    sent_at: datetime
    unread: bool


class CopyPage(Schema):
    """Up to 25 copies, the newest first; `next` is what to send as `after` for more, empty on the last page."""

    items: list[CopyLine]
    next: str


class WhichCopies(Schema):
    """Which copies are read."""

    case: str = Field("", description="One case's number; empty for all of them.")


class Read(Schema):
    """How many copies were unread."""

    read: int


@router.get("", response=CopyPage, summary="Cases you were copied on")
def list_copies(request: HttpRequest, unread: bool = False, after: str = "") -> CopyPage:
    """What colleagues let you know of."""
    page = copies(actor_of(request), unread=unread, after=after)
    items = [
        CopyLine(
            case=row.case_number, title=row.title, process=row.process_code, case_status=row.case_status,
            by=row.sender.name, text=row.text, sent_at=row.sent_at, unread=row.unread,
        )
        for row in page.rows
    ]  # fmt: skip
    return CopyPage(items=items, next=page.after)


@router.post("/read", response={200: Read}, summary="Mark copies as read")
@idempotent
def post_read(request: HttpRequest, body: WhichCopies) -> tuple[int, Read]:
    """One case's copy is read, or all of them."""
    return 200, Read(read=read_copies(actor_of(request), body.case))
