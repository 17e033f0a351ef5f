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


def _sentence(notice: Notice) -> tuple[str, str]:
    ended = {
        "completed": _("The case is completed."),
        "withdrawn": _("The case was withdrawn."),
        "terminated": _("The case was terminated."),
    }
    if behalf := notice.detail.get("behalf"):
        return "user-share", _("For %(name)s, who is away: a task is waiting for you.") % {"name": behalf}
    return {
        "task_decided": ("user-check", _("Your deputy decided for you.")),
        "task_opened": ("inbox", _("A task is waiting for you.")),
        "task_handed_over": ("user-share", _("A task was handed over.")),
        "task_urged": ("bell-ringing", _("Somebody asks you to decide soon.")),
        "task_overdue": ("alert-triangle", _("A task of yours is overdue.")),
        "case_returned": ("arrow-back-up", _("The case was returned.")),
        "case_commented": ("message", _("Somebody commented on the case.")),
        "incident_raised": ("alert-circle", _("The case cannot go on; an administrator looks after it.")),
        "case_ended": ("flag", ended.get(str(notice.detail.get("how")), _("The case has ended."))),
    }.get(notice.kind, ("bell", notice.kind))


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """One's newest notices."""
    lines = []
    for notice in notify.notices(actor_of(request)):
        icon, sentence = _sentence(notice)
        said = str(notice.detail.get("opinion") or notice.detail.get("text") or notice.detail.get("reason") or "")
        lines.append(
            NoticeLine(
                icon, sentence, said, notice.case_title, notice.case_number, notice.made_at, notice.read_at is None
            )
        )
    context = {"section": "notices", "lines": lines, "unread_lines": any(line.unread for line in lines)}
    return render(request, "notices/page.html", context)


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """All of one's notices are read."""
    read_notices(actor_of(request))
    return go(request, reverse("notices"))
