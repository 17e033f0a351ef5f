"""Drafts: what somebody types is saved by itself, unchecked, until it is handed in."""

import json
from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.forms.access import visible_drafts
from huiqian.forms.models import Draft

GREATEST = 1_000_000
MOST = 200


@command
def save_draft(
    actor: Actor, place: str, values: Mapping[str, object], *, draft: UUID | None = None, title: str = ""
) -> Draft:
    """Keep what has been typed so far for `place` ("start:SC-001", "task:42"); it is only checked when handed in.

    A task has one draft per person; for a start every call without `draft` begins a new one. Refuses more than
    1 MB of values, and a 201st draft. No fact is recorded: nothing has happened yet.
    """
    if actor.id is None:
        raise Forbidden
    kept = _storable(values)
    now = clock.now()
    title = "".join(char for char in title if char.isprintable())[:200]
    found = _draft_to_write(actor, actor.id, place, draft)
    if found is None:
        if visible_drafts(actor).count() >= MOST:
            raise Invalid(text=_("You have 200 drafts. Hand in or delete some of them first."))
        return Draft.objects.create(
            owner_id=actor.id, place=place, title=title, values=kept, revision=1, created_at=now, saved_at=now
        )
    found.values, found.title, found.saved_at, found.revision = kept, title or found.title, now, found.revision + 1
    found.save(update_fields=["values", "title", "saved_at", "revision"])
    return found


def _storable(values: Mapping[str, object]) -> dict[str, object]:
    if len(json.dumps(values, ensure_ascii=False)) > GREATEST:
        raise Invalid(text=_("This is too much text to save. Shorten it, or attach it as a file."))
    return {_text(name): _mended(value) for name, value in values.items()}


def _mended(value: object) -> object:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return {_text(str(key)): _mended(item) for key, item in value.items()}
    return [_mended(item) for item in value] if isinstance(value, list) else value


def _text(words: str) -> str:
    """Text without what PostgreSQL cannot hold: NUL and halves of surrogate pairs."""
    return words.replace("\x00", "").encode("utf-8", "ignore").decode()


def _draft_to_write(actor: Actor, owner: int, place: str, draft: UUID | None) -> Draft | None:
    own = visible_drafts(actor).select_for_update().filter(place=place)
    if draft is not None:
        found = own.filter(pk=draft).first()
        if found is None:
            raise NotFound
        return found
    if not place.startswith("task:"):
        return None
    # Two first saves at the same moment: the second waits here and then finds the first one's row.
    Draft.objects.bulk_create([_empty(owner, place)], ignore_conflicts=True)
    return own.get()


def _empty(owner: int, place: str) -> Draft:
    now = clock.now()
    return Draft(owner_id=owner, place=place, created_at=now, saved_at=now)


@command
def discard_draft(actor: Actor, draft: UUID) -> None:
    """Throw a draft of one's own away. NotFound where it is not there any more."""
    deleted, _rows = visible_drafts(actor).filter(pk=draft).delete()
    if not deleted:
        raise NotFound
