"""What becomes of drafts when what they were for is done; inside somebody's transaction."""

from collections.abc import Collection
from uuid import UUID

from huiqian.base.actors import Actor
from huiqian.forms.models import Draft


def drop_draft(actor: Actor, draft: UUID | None) -> None:
    """What it was for is done: the draft is no longer needed. 1 statement."""
    if draft is not None:
        Draft.objects.filter(pk=draft, owner_id=actor.id).delete()


def drop_drafts_for(places: Collection[str]) -> None:
    """The tasks are over: whoever typed something for them has no use for it any more. 1 statement."""
    Draft.objects.filter(place__in=places).delete()
