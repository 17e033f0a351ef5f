"""What taking in a file does, inside the transaction of whoever takes it in."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import IO

from django.conf import settings
from django.db import connection
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.errors import Invalid
from huiqian.documents.models import Chunk, File
from huiqian.documents.previewing import has_preview
from huiqian.documents.rules import Unfit, clean_name, find_kind, with_ending
from huiqian.journal.outbox import enqueue

CHUNK = 256 * 1024
MEGABYTE = 1024 * 1024
ASK_FOR_PREVIEW = """
insert into documents_preview (blob_id, state, asked_at, small, large, wide, high, pages, small_wide, small_high)
values (%s, 'waiting', %s, '', '', 0, 0, 0, 0, 0) on conflict do nothing
"""


def upload_limit() -> int:
    """The most bytes a file may have (HUIQIAN_MAX_FILE_MB, 50 by default)."""
    return int(settings.HUIQIAN_MAX_FILE_SIZE)


def take_in(
    name: str,
    stream: IO[bytes] | None,
    size: int | None = None,
    *,
    uploader: int | None,
    room: Callable[[int], None],
    limit: int | None = None,
) -> File:
    """Store a file whose content says what it is; `uploader` is None for somebody outside.

    `room` is asked whether there is room for so many bytes; `limit` is the most bytes, else upload_limit(). Invalid, at
    "file", for what is empty, too large, damaged, or of a kind that is not accepted.
    """
    if stream is None:
        raise Invalid({"file": [_("This file is empty.")]})
    most = min(limit or upload_limit(), upload_limit())
    if size is not None and size > most:
        raise _too_large(most)
    sha256, counted = _measure(stream, most)
    cleaned = clean_name(name)
    try:
        kind = find_kind(stream, counted, cleaned)
    except Unfit as unfit:
        raise Invalid({"file": [unfit.sentence]}) from None
    room(counted)
    now = clock.now()
    _store(stream, sha256, counted, now)
    ask_for_preview(sha256, kind.type, now)
    return File.objects.create(
        blob_id=sha256, name=with_ending(cleaned, kind.endings), type=kind.type, size=counted, uploader_id=uploader,
        uploaded_at=now,
    )  # fmt: skip


def ask_for_preview(sha256: str, kind: str, now: datetime) -> None:
    """Let a worker draw a content, once: 2 statements for pictures and PDFs, none for what cannot be drawn."""
    if has_preview(kind):
        with connection.cursor() as cursor:
            cursor.execute(ASK_FOR_PREVIEW, [sha256, now])
            asked = cursor.rowcount
        if asked:
            enqueue("documents.draw", {"sha256": sha256, "kind": kind})


def _too_large(limit: int) -> Invalid:
    return Invalid({"file": [format_lazy(_("This file is larger than {most} MB."), most=limit // MEGABYTE)]})


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
