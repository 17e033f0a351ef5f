"""What group robots and webhooks are told: written down with the notices, sent by a job after the commit."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from huiqian.journal.models import Entry
from huiqian.journal.outbox import enqueue
from huiqian.notify.formats import EVENTS
from huiqian.notify.models import Channel, Delivery
from huiqian.process.models import Definition, Instance


def owe_delivery(delivery: Delivery) -> int:
    """Write a message down with the job that sends it; its id."""
    delivery.save(force_insert=True)
    enqueue("notify.post", {"delivery": delivery.pk})
    return delivery.pk


def owe_deliveries(facts: Sequence[Entry]) -> None:
    """Write down what channels are told of these facts, each once. None of it costs where there are no such facts."""
    told = [fact for fact in facts if fact.kind in EVENTS]
    channels = list(Channel.objects.filter(enabled=True)) if told else []
    if not channels:
        return
    payloads = [_payload(fact) for fact in told]
    events = [one["id"] for one in payloads if one]
    before = set(Delivery.objects.filter(event__in=events).values_list("channel_id", "event"))
    for fact, payload in zip(told, payloads, strict=True):
        for channel in channels:
            if payload and _wants(channel, payload) and (channel.pk, payload["id"]) not in before:
                owe_delivery(Delivery(channel=channel, event=payload["id"], payload=payload, made_at=fact.at))


def _wants(channel: Channel, payload: dict[str, Any]) -> bool:
    return payload["event"] in channel.events and (not channel.processes or payload["process"] in channel.processes)


def _payload(fact: Entry) -> dict[str, Any] | None:
    """What happened, for programs: nothing but which case or version, its title and where it is."""
    common = {"id": f"entry-{fact.pk}", "event": fact.kind, "at": fact.at.isoformat(timespec="seconds")}
    if fact.kind == "version_in_effect":
        code, version = str(fact.detail["code"]), int(fact.detail["version"])
        name = Definition.objects.values_list("name_zh", flat=True).get(code=code)
        return {
            **common, "process": code, "version": version, "title": name,
            "link": settings.PUBLIC_URL + reverse("version", args=[code, version]),
        }  # fmt: skip
    cases = Instance.objects.select_related("version__definition")
    found = cases.filter(pk=int(fact.chain.removeprefix("case:"))).first()
    if found is None:
        return None
    more = {"how": fact.detail["how"]} if fact.kind == "case_ended" else {}
    return {
        **common, "process": found.version.definition.code, "case": found.number, "title": found.title, **more,
        "link": settings.PUBLIC_URL + reverse("case", args=[found.number]),
    }  # fmt: skip
