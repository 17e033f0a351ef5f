"""The bell: what one should know, newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiqian.notify import queries as notify
from huiqian.notify.commands import read_notices
from huiqian.notify.models import Notice
from huiqian.notify.rules import OF_DEPUTIES, OF_VERSIONS
from huiqian.notify.words import said_in, sentence_of
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


def _place(notice: Notice) -> tuple[str, str]:
    """What a notice is about, and where that is: a case, a process's version, or the days of a deputyship.

    No address for what is not theirs to read any more.
    """
    if notice.kind in OF_DEPUTIES:
        return notice.case_number, reverse("inbox") if notice.detail["to_deputy"] else reverse("account") + "#deputies"
    if notice.detail.get("reads") is False:
        return notice.case_number, ""
    if notice.kind not in OF_VERSIONS:
        return notice.case_number, reverse("case", args=[notice.case_number])
    code, number = notice.case_number, int(notice.detail["version"])
    said = _("%(code)s, version %(number)d") % {"code": code, "number": number}
    return said, reverse("version", args=[code, number])


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """One's newest notices."""
    lines = []
    for notice in notify.notices(actor_of(request)):
        icon, sentence = sentence_of(notice.kind, notice.detail)
        number, address = _place(notice)
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
