"""Messages to channels on their way: claimed by one job at a time, kept as arrived or failed."""

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Stale
from huiqian.notify.commands.mails import CLAIM
from huiqian.notify.models import Delivery


@command
def claim_delivery(actor: Actor, delivery: int) -> Delivery | None:
    """Take a message to send it; None where nothing is left to do: it arrived, was refused, or its channel is gone.

    Refusals: Stale (another job has it; it is tried again later).
    """
    now = clock.now()
    open_ones = Delivery.objects.filter(sent_at__isnull=True, refused_at__isnull=True)
    found = open_ones.select_for_update(of=("self",)).select_related("channel").filter(pk=delivery).first()
    if found is None:
        return None
    if found.claimed_at is not None and found.claimed_at > now - CLAIM:
        raise Stale
    found.claimed_at, found.tries = now, found.tries + 1
    found.save(update_fields=["claimed_at", "tries"])
    return found


@command
def keep_arrived(actor: Actor, delivery: int) -> None:
    """The receiver has taken the message."""
    Delivery.objects.filter(pk=delivery).update(sent_at=clock.now(), claimed_at=None, failure="")


@command
def keep_undelivered(actor: Actor, delivery: int, failure: str, *, for_ever: bool) -> None:
    """The receiver did not take the message: it is tried again, or given up until an administrator asks for it."""
    refused = clock.now() if for_ever else None
    Delivery.objects.filter(pk=delivery).update(claimed_at=None, failure=failure[:500], refused_at=refused)
