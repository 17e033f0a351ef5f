"""What people do with files before they belong to a document."""

import hashlib
from datetime import datetime, timedelta
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Sum
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.documents.events import FileDiscarded, FileUploaded
from huiqian.documents.models import Blob, Chunk, File
from huiqian.documents.rules import Unfit, clean_name, find_kind, with_ending
from huiqian.journal.record import record

CHUNK = 256 * 1024
MEGABYTE = 1024 * 1024
# What one person may have uploaded without attaching it.
WAITING = 1024 * MEGABYTE


def upload_limit() -> int:
    """The most bytes a file may have (HUIQIAN_MAX_FILE_MB, 50 by default)."""
    return int(settings.HUIQIAN_MAX_FILE_SIZE)


@command
def upload_file(actor: Actor, name: str, stream: IO[bytes] | None, size: int | None = None) -> File:
    """Take in a file: only its uploader sees it until it is attached to a case by handing in a form that names it.

    What it is says its content, not its name. Invalid, at "file", for what is empty, too large, damaged, or of a kind
    that is not accepted. The content is kept once however often it comes; it is never whole in memory.
    """
    if actor.id is None:
        raise Forbidden
    if stream is None:
        raise Invalid({"file": [_("This file is empty.")]})
    limit = upload_limit()
    if size is not None and size > limit:
        raise _too_large(limit)
    sha256, counted = _measure(stream, limit)
    cleaned = clean_name(name)
    try:
        kind = find_kind(stream, counted, cleaned)
    except Unfit as unfit:
        raise Invalid({"file": [unfit.sentence]}) from None
    _check_room(actor.id, counted)
    now = clock.now()
    _store(stream, sha256, counted, now)
    file = File.objects.create(
        blob_id=sha256, name=with_ending(cleaned, kind.endings), type=kind.type, size=counted, uploader_id=actor.id,
        uploaded_at=now,
    )  # fmt: skip
    fact = FileUploaded(file=str(file.pk), name=file.name, type=file.type, size=counted, sha256=sha256)
    record(actor, f"files:{actor.id}", [fact], at=now)
    return file


def _too_large(limit: int) -> Invalid:
    return Invalid({"file": [format_lazy(_("This file is larger than {most} MB."), most=limit // MEGABYTE)]})


def _check_room(person: int, size: int) -> None:
    waiting = File.objects.filter(uploader_id=person, dossier__isnull=True).aggregate(bytes=Sum("size"))["bytes"] or 0
    if waiting + size > WAITING:
        raise Invalid({"file": [_("You have uploaded 1 GB that is attached to nothing yet. Hand in or remove some.")]})


def _measure(stream: IO[bytes], limit: int) -> tuple[str, int]:
    digest, counted = hashlib.sha256(), 0
    stream.seek(0)
    while piece := stream.read(CHUNK):
        counted += len(piece)
        if counted > limit:
            raise _too_large(limit)
        digest.update(piece)
    if not counted:
        raise Invalid({"file": [_("This file is empty.")]})
    return digest.hexdigest(), counted


def _store(stream: IO[bytes], sha256: str, size: int, now: datetime) -> None:
    # Two uploads of one content at the same moment: the second waits here until the first is stored, or gone.
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into documents_blob (sha256, size, stored_at) values (%s, %s, %s) "
            "on conflict (sha256) do update set stored_at = excluded.stored_at returning xmax = 0",
            [sha256, size, now],
        )
        if not cursor.fetchone()[0]:
            return
    stream.seek(0)
    number = 0
    while piece := stream.read(CHUNK):
        Chunk.objects.create(blob_id=sha256, number=number, content=piece)
        number += 1


@command
def discard_file(actor: Actor, file_id: UUID) -> None:
    """Take back a file of one's own that is attached to nothing. NotFound otherwise."""
    found = File.objects.select_for_update().filter(pk=file_id, uploader_id=actor.id, dossier__isnull=True).first()
    if found is None:
        raise NotFound
    record(actor, f"files:{actor.id}", [FileDiscarded(file=str(found.pk), name=found.name)])
    found.delete()


@command
def forget_unattached_files(actor: Actor, days: int = 180) -> int:
    """Time's own: delete uploads that were attached to nothing for `days`, and contents that no file has; how many."""
    if not actor.admin:
        raise Forbidden
    before = clock.now() - timedelta(days=days)
    forgotten, _rows = File.objects.filter(dossier__isnull=True, uploaded_at__lt=before).delete()
    # Somebody who uploads the same content at this moment renews its time and so keeps it.
    unused = Blob.objects.filter(~Exists(File.objects.filter(blob=OuterRef("pk"))), stored_at__lt=before)
    unused.delete()
    return forgotten
