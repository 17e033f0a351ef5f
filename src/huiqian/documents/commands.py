"""What people do with files before they belong to a document."""

from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import IO
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Sum
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.documents.access import file_for
from huiqian.documents.events import FileDiscarded, FileUploaded
from huiqian.documents.intake import MEGABYTE, ask_for_preview, take_in
from huiqian.documents.models import Blob, File, Page, Preview
from huiqian.documents.previewing import Drawn
from huiqian.journal.outbox import enqueue
from huiqian.journal.record import record

# What one person may have uploaded without attaching it.
WAITING = 1024 * MEGABYTE
# So many pages of a PDF can be looked at one by one; whoever wants more downloads it.
MOST_PAGES = 200


@command
def upload_file(actor: Actor, name: str, stream: IO[bytes] | None, size: int | None = None) -> File:
    """Take in a file: only its uploader sees it until it is attached to a case by handing in a form that names it.

    What it is says its content, not its name. Invalid, at "file", for what is empty, too large, damaged, or of a kind
    that is not accepted. The content is kept once however often it comes; it is never whole in memory.
    """
    if actor.id is None:
        raise Forbidden
    file = take_in(name, stream, size, uploader=actor.id, room=partial(_check_room, actor.id))
    fact = FileUploaded(file=str(file.pk), name=file.name, type=file.type, size=file.size, sha256=file.blob_id)
    record(actor, f"files:{actor.id}", [fact], at=file.uploaded_at)
    return file


def _check_room(person: int, size: int) -> None:
    waiting = File.objects.filter(uploader_id=person, dossier__isnull=True).aggregate(bytes=Sum("size"))["bytes"] or 0
    if waiting + size > WAITING:
        raise Invalid({"file": [_("You have uploaded 1 GB that is attached to nothing yet. Hand in or remove some.")]})


@command
def discard_file(actor: Actor, file_id: UUID) -> None:
    """Take back a file of one's own that is attached to nothing. NotFound otherwise."""
    found = File.objects.select_for_update().filter(pk=file_id, uploader_id=actor.id, dossier__isnull=True).first()
    if found is None:
        raise NotFound
    record(actor, f"files:{actor.id}", [FileDiscarded(file=str(found.pk), name=found.name)])
    found.delete()


@command
def keep_preview(actor: Actor, sha256: str, drawn: Drawn | None) -> None:
    """A worker's own: keep what a content looks like, or that it cannot be drawn. Twice is as good as once."""
    if not actor.admin:
        raise Forbidden
    made = {"state": Preview.State.NONE} if drawn is None else {"state": Preview.State.MADE, **asdict(drawn)}
    Preview.objects.filter(blob_id=sha256).update(**made)


@command
def ask_for_page(actor: Actor, file_id: UUID, number: int) -> str:
    """Have a later page of a PDF that one may read drawn, once; its state ("waiting", "made", "none").

    NotFound where the file is not theirs to see or has no such page.
    """
    blob = file_for(actor, file_id).blob_id
    kept = Preview.objects.filter(blob_id=blob, state=Preview.State.MADE, pages__gte=number)
    if not 1 < number <= MOST_PAGES or not kept.exists():
        raise NotFound
    page, fresh = Page.objects.get_or_create(blob_id=blob, number=number, defaults={"asked_at": clock.now()})
    if fresh:
        kind = File.objects.filter(blob_id=blob).values_list("type", flat=True)[:1].get()
        enqueue("documents.draw_page", {"sha256": blob, "kind": kind, "number": number})
    return page.state


@command
def keep_page(actor: Actor, sha256: str, number: int, drawn: Drawn | None) -> None:
    """A worker's own: keep what a later page looks like, or that it cannot be drawn. Twice is as good as once."""
    if not actor.admin:
        raise Forbidden
    made = {"state": Preview.State.NONE} if drawn is None else {"state": Preview.State.MADE, "large": drawn.large}
    Page.objects.filter(blob_id=sha256, number=number).update(**made)


@command
def ask_for_previews(actor: Actor, most: int = 500) -> int:
    """Time's own: have those pictures and PDFs drawn that nobody asked for when they came in; how many."""
    if not actor.admin:
        raise Forbidden
    drawable = Q(type__startswith="image/") | Q(type="application/pdf")
    missing = File.objects.filter(drawable, blob__preview__isnull=True).values_list("blob_id", "type").distinct()[:most]
    now, found = clock.now(), list(missing)
    for sha256, kind in found:
        ask_for_preview(sha256, kind, now)
    return len(found)


@command
def forget_unattached_files(actor: Actor, days: int = 180, outside: int = 30) -> int:
    """Time's own: delete uploads that were attached to nothing for `days`, and contents that no file has; how many.

    What came from `outside` and belongs to nothing goes after fewer days.
    """
    if not actor.admin:
        raise Forbidden
    before, soon = clock.now() - timedelta(days=days), clock.now() - timedelta(days=outside)
    old = Q(uploaded_at__lt=before) | Q(uploader__isnull=True, uploaded_at__lt=soon)
    forgotten = File.objects.filter(old, dossier__isnull=True).delete()[1].get("documents.File", 0)
    # Somebody who uploads the same content at this moment renews its time and so keeps it.
    unused = Blob.objects.filter(~Exists(File.objects.filter(blob=OuterRef("pk"))), stored_at__lt=before)
    unused.delete()
    return forgotten
