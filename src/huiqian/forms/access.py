"""Who sees which draft: its owner, nobody else."""

from uuid import UUID

from django.db.models import QuerySet

from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.forms.models import Draft


def visible_drafts(actor: Actor) -> QuerySet[Draft]:
    """One's own drafts, last saved first."""
    return Draft.objects.filter(owner_id=actor.id).order_by("-saved_at")


def draft_by_id(actor: Actor, draft_id: UUID) -> Draft:
    """One of one's own drafts. 1 query; NotFound otherwise."""
    found = visible_drafts(actor).filter(pk=draft_id).first()
    if found is None:
        raise NotFound
    return found
