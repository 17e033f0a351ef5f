"""What the bell shows."""

from django.db.models import QuerySet

from huiqian.base.actors import Actor
from huiqian.notify.mails import wishes_of
from huiqian.notify.models import Mail, Notice
from huiqian.notify.rules import BELL, KINDS, USUAL
from huiqian.org.access import check_may_administer


def unread_count(actor: Actor) -> int:
    """How many notices are unread; 100 means more than 99. 1 query."""
    return Notice.objects.filter(person_id=actor.person, read_at__isnull=True)[:100].count()


def notices(actor: Actor, limit: int = 30) -> QuerySet[Notice]:
    """One's newest notices. 1 query."""
    return Notice.objects.filter(person_id=actor.person).order_by("-id")[:limit]


def ways_of(actor: Actor) -> dict[str, str]:
    """How somebody hears of each kind beside the bell. 1 query."""
    chosen = wishes_of([actor.person]).get(actor.person, {})
    return {kind: chosen.get(kind, USUAL.get(kind, BELL)) for kind in KINDS}


def failing_mails(actor: Actor, limit: int = 50) -> QuerySet[Mail]:
    """The e-mails that could not be sent yet or are refused, the newest first, for administrators. 1 query."""
    check_may_administer(actor)
    return (
        Mail.objects.filter(sent_at__isnull=True).exclude(failure="").select_related("person").order_by("-id")[:limit]
    )
