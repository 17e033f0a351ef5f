"""What becomes of drafts when what they were for is done; inside somebody's transaction."""

from collections.abc import Collection
from uuid import UUID

from huiqian.forms.models import Draft


def consume_draft(owner: int, draft: UUID) -> None:
    """The case was started: its draft is no longer needed. 1 statement."""
    Draft.objects.filter(pk=draft, owner_id=owner).delete()


def forget_drafts(places: Collection[str]) -> None:
    """The tasks are over: whoever typed something for them has no use for it. 1 statement."""
    Draft.objects.filter(place__in=places).delete()
