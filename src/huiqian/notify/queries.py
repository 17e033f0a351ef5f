"""What the bell shows."""

from django.db.models import QuerySet

from huiqian.base.actors import Actor
from huiqian.notify.models import Notice


def unread_count(actor: Actor) -> int:
    """How many notices are unread; 100 means more than 99. 1 query."""
    return Notice.objects.filter(person_id=actor.person, read_at__isnull=True)[:100].count()


def notices(actor: Actor, limit: int = 30) -> QuerySet[Notice]:
    """One's newest notices. 1 query."""
    return Notice.objects.filter(person_id=actor.person).order_by("-id")[:limit]
