"""Group robots and webhooks: administrators add, change, try and remove them."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid, NotFound, Stale, Text
from huiqian.journal.outbox import enqueue
from huiqian.journal.record import record
from huiqian.notify.deliveries import owe_delivery
from huiqian.notify.events import ChannelRemoved, ChannelSaved
from huiqian.notify.formats import CHANNELS, EVENTS, TEST, is_address
from huiqian.notify.models import Channel, Delivery
from huiqian.org.access import check_may_administer
from huiqian.process.models import Definition

CHAIN = "outward"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelCard:
    """What an administrator fills in; `address` and `secret` left empty stay as they are."""

    name: str
    kind: str
    address: str = ""
    secret: str = ""
    language: str = "zh-hans"
    processes: Sequence[str] = ()
    events: Sequence[str] = ()
    enabled: bool = True


@command
def save_channel(actor: Actor, card: ChannelCard, channel: int | None = None) -> Channel:
    """Add a group robot or webhook, or change one. No processes: all of them.

    Refusals: Forbidden, NotFound, Invalid.
    """
    check_may_administer(actor)
    found = Channel() if channel is None else _for_change(channel)
    # Another kind of receiver, another address: what is kept never goes to a host it was not entered for.
    address, secret = card.address.strip() or found.address, card.secret.strip() or found.secret
    if card.address.strip() and not card.secret.strip() and _host(address) != _host(found.address):
        secret = ""
    _check(card, address, found.pk)
    found.name, found.kind, found.address, found.secret = card.name.strip(), card.kind, address, secret
    found.language, found.enabled = card.language, card.enabled
    found.processes, found.events = sorted(set(card.processes)), [one for one in EVENTS if one in card.events]
    found.save()
    fact = ChannelSaved(
        name=found.name, receiver=found.kind, host=_host(address), processes=found.processes, events=found.events,
        enabled=found.enabled,
    )  # fmt: skip
    record(actor, CHAIN, [fact])
    return found


def _check(card: ChannelCard, address: str, own: int | None) -> None:
    errors: dict[str, list[Text]] = {}
    if not card.name.strip() or len(card.name.strip()) > 100:
        errors["name"] = [_("Give it a name.")]
    elif Channel.objects.filter(name=card.name.strip()).exclude(pk=own or 0).exists():
        errors["name"] = [_("Another one has this name.")]
    if card.kind not in CHANNELS:
        errors["kind"] = [_("Choose one of the kinds.")]
    if len(address) > 1000 or not is_address(address, private=settings.HUIQIAN_OUTWARD_PRIVATE):
        errors["address"] = [_("Enter an address with https:// that is not in a private network.")]
    if len(card.secret) > 200:
        errors["secret"] = [_("At most 200 characters.")]
    if not set(card.events) & set(EVENTS):
        errors["events"] = [_("Choose at least one event.")]
    known = set(Definition.objects.values_list("code", flat=True))
    if not set(card.processes) <= known:
        errors["processes"] = [_("There is no such process.")]
    if card.language not in dict(settings.LANGUAGES):
        errors["language"] = [_("Choose one of the languages.")]
    if errors:
        raise Invalid(errors)


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""


def _for_change(channel: int) -> Channel:
    found = Channel.objects.select_for_update().filter(pk=channel).first()
    if found is None:
        raise NotFound
    return found


@command
def remove_channel(actor: Actor, channel: int) -> None:
    """Take a group robot or webhook out, with its address and secret. Refusals: Forbidden, NotFound."""
    check_may_administer(actor)
    found = _for_change(channel)
    record(actor, CHAIN, [ChannelRemoved(name=found.name)])
    found.delete()


@command
def try_channel(actor: Actor, channel: int) -> int:
    """Send a group robot or webhook a test message; its delivery. Refusals: Forbidden, NotFound."""
    check_may_administer(actor)
    found, now = _for_change(channel), clock.now()
    event = f"{TEST}-{uuid4().hex}"
    payload = {"id": event, "event": TEST, "at": now.isoformat(timespec="seconds"), "link": settings.PUBLIC_URL}
    return owe_delivery(Delivery(channel=found, event=event, payload=payload, made_at=now))


@command
def deliver_again(actor: Actor, delivery: int) -> None:
    """Have a message tried again that failed. Refusals: Forbidden, NotFound, Stale (it has arrived)."""
    check_may_administer(actor)
    found = Delivery.objects.select_for_update().filter(pk=delivery).first()
    if found is None:
        raise NotFound
    if found.sent_at is not None:
        raise Stale
    found.refused_at = None
    found.save(update_fields=["refused_at"])
    enqueue("notify.post", {"delivery": found.pk})
