"""The bell: what one should know, newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from huiqian.notify import queries as notify
from huiqian.notify.commands import read_notices
from huiqian.notify.words import place_of, said_in, sentence_of
from huiqian.web.requests import actor_of, go


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice as the list shows it."""

    icon: str
    sentence: str
    said: str
    title: str
    number: str
    at: datetime
    unread: bool
    address: str


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """One's newest notices."""
    lines = []
    for notice in notify.notices(actor_of(request)):
        icon, sentence = sentence_of(notice.kind, notice.detail)
        number, address = place_of(notice.kind, notice.case_number, notice.detail)
        said = said_in(notice.detail)
        unread = notice.read_at is None
        lines.append(NoticeLine(icon, sentence, said, notice.case_title, number, notice.made_at, unread, address))
    context = {"section": "notices", "lines": lines, "unread_lines": any(line.unread for line in lines)}
    return render(request, "notices/page.html", context)


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """All of one's notices are read."""
    read_notices(actor_of(request))
    return go(request, reverse("notices"))
