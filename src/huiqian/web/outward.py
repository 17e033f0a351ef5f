"""What leaves the product: administrators see whether e-mail is set up and what could not be sent, and name the group
robots and webhooks that are told of events.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiqian.base.errors import Invalid
from huiqian.notify import queries as notify
from huiqian.notify.commands import ChannelCard, deliver_again, remove_channel, save_channel, send_again, try_channel
from huiqian.notify.formats import DINGTALK, EVENTS, FEISHU, WEBHOOK, WECOM
from huiqian.notify.mails import why_no_mail
from huiqian.notify.models import Channel
from huiqian.notify.words import event_names, said_of
from huiqian.org.access import check_may_administer
from huiqian.process.queries import processes_in_effect
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, go


@require_GET
def outward(request: HttpRequest) -> HttpResponse:
    """E-mail, group robots and webhooks, and what did not go out."""
    actor = actor_of(request)
    mails, failing = list(notify.failing_mails(actor)), notify.failing_deliveries(actor)
    kinds, events = _kinds(), event_names()
    rows = [
        (one, kinds[one.kind], _host(one), [events[name] for name in one.events], failing.get(one.pk, 0))
        for one in notify.channels(actor)
    ]
    context = {
        "section": "outward", "mails": mails, "why_no_mail": why_no_mail(), "sender": settings.DEFAULT_FROM_EMAIL,
        "rows": rows,
    }  # fmt: skip
    return render(request, "outward/page.html", context)


@require_POST
def mail_attempts(request: HttpRequest, mail: int) -> HttpResponse:
    """Send an e-mail again that failed."""
    send_again(actor_of(request), mail)
    note(request, _("It is sent again in a moment."))
    return go(request, reverse("outward"))


@sensitive_post_parameters("address", "secret")
@require_http_methods(["GET", "HEAD", "POST"])
def new_channel(request: HttpRequest) -> HttpResponse:
    """Name a group robot or webhook."""
    check_may_administer(actor_of(request))
    return _form(request, None, {"language": "zh-hans", "enabled": True, "events": list(EVENTS)})


@sensitive_post_parameters("address", "secret")
@require_http_methods(["GET", "HEAD", "POST"])
def channel(request: HttpRequest, channel: int) -> HttpResponse:
    """Change one; what it was told last."""
    found = notify.channel_for(actor_of(request), channel)
    kept = {
        "name": found.name, "kind": found.kind, "language": found.language, "enabled": found.enabled,
        "events": found.events, "processes": found.processes,
    }  # fmt: skip
    return _form(request, found, kept)


def _form(request: HttpRequest, found: Channel | None, typed: Mapping[str, Any]) -> HttpResponse:
    errors: Mapping[str, Any] = {}
    if request.method == "POST":
        post = request.POST
        typed = {
            "name": post.get("name", ""), "kind": post.get("kind", ""), "language": post.get("language", ""),
            "enabled": post.get("enabled") == "1", "events": post.getlist("events"),
            "processes": post.getlist("processes"),
        }  # fmt: skip
        card = ChannelCard(**typed, address=post.get("address", ""), secret=post.get("secret", ""))
        try:
            made = save_channel(actor_of(request), card, found.pk if found else None)
        except Invalid as refusal:
            errors = refusal.errors
        else:
            note(request, _("It is saved. Send a test message to see whether it arrives."))
            return go(request, reverse("channel", args=[made.pk]))
    codes = processes_in_effect(None)
    context = {
        "section": "outward", "channel": found, "host": _host(found) if found else "", "typed": typed, "errors": errors,
        "kinds": list(_kinds().items()), "events": list(event_names().items()), "codes": sorted(codes),
        "languages": [("zh-hans", "中文"), ("en", "English")],
        "deliveries": [(one, said_of(one.payload).head) for one in notify.last_deliveries(found)] if found else [],
    }  # fmt: skip
    return render(request, "outward/channel.html", context, status=422 if errors else 200)


@require_POST
def channel_tests(request: HttpRequest, channel: int) -> HttpResponse:
    """Send a test message."""
    try_channel(actor_of(request), channel)
    note(request, _("A test message is on its way; reload the page to see whether it arrived."))
    return go(request, reverse("channel", args=[channel]))


@require_POST
def channel_removal(request: HttpRequest, channel: int) -> HttpResponse:
    """Take one out."""
    remove_channel(actor_of(request), channel)
    note(request, _("It is removed; nothing is sent there any more."))
    return go(request, reverse("outward"))


@require_POST
def delivery_attempts(request: HttpRequest, delivery: int) -> HttpResponse:
    """Send a message again that failed."""
    actor = actor_of(request)
    deliver_again(actor, delivery)
    note(request, _("It is sent again in a moment."))
    return go(request, reverse("outward"))


def _kinds() -> dict[str, str]:
    return {
        WECOM: _("WeCom group robot"), DINGTALK: _("DingTalk group robot"), FEISHU: _("Feishu group robot"),
        WEBHOOK: _("Webhook (JSON)"),
    }  # fmt: skip


def _host(channel: Channel) -> str:
    """All that is shown of an address: the rest of it opens the group."""
    return urlsplit(channel.address).hostname or ""
