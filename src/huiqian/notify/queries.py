"""What the bell shows."""

from django.db.models import Count, QuerySet

from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.notify.mails import wishes_of
from huiqian.notify.models import Channel, Delivery, Mail, Notice
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


def channels(actor: Actor) -> QuerySet[Channel]:
    """The group robots and webhooks, for administrators. 1 query."""
    check_may_administer(actor)
    return Channel.objects.all()


def channel_for(actor: Actor, channel: int) -> Channel:
    """One of them. 1 query; Forbidden, NotFound."""
    found = channels(actor).filter(pk=channel).first()
    if found is None:
        raise NotFound
    return found


def last_deliveries(channel: Channel, limit: int = 20) -> QuerySet[Delivery]:
    """What a channel was told last. 1 query."""
    return channel.deliveries.order_by("-id")[:limit]


def failing_deliveries(actor: Actor) -> dict[int, int]:
    """How many messages each channel has not taken. 1 query."""
    check_may_administer(actor)
    found = Delivery.objects.filter(sent_at__isnull=True).exclude(failure="").values("channel").annotate(n=Count("id"))
    return {one["channel"]: one["n"] for one in found}
