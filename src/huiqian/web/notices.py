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
from huiqian.notify.rules import OF_VERSIONS
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


def _sentence(notice: Notice) -> tuple[str, str]:
    ended = {
        "completed": _("The case is completed."),
        "withdrawn": _("The case was withdrawn."),
        "terminated": _("The case was terminated."),
    }
    if behalf := notice.detail.get("behalf"):
        return "user-share", _("For %(name)s, who is away: a task is waiting for you.") % {"name": behalf}
    return {
        "decision_taken_back": ("arrow-back", _("The one before you took their decision back; your task is closed.")),
        "signatory_added": ("user-plus", _("You were asked to sign a step, too.")),
        "signatory_removed": ("x", _("You are no longer asked to sign the step.")),
        "recheck_asked": ("refresh", _("Prices that the case quotes change; please look whether it is still right.")),
        "case_copied": ("send", _("You were copied on the case.")),
        "task_decided": ("user-check", _("Your deputy decided for you.")),
        "task_opened": ("inbox", _("A task is waiting for you.")),
        "task_handed_over": ("user-share", _("A task was handed over.")),
        "task_urged": ("bell-ringing", _("Somebody asks you to decide soon.")),
        "task_overdue": ("alert-triangle", _("A task of yours is overdue.")),
        "case_returned": ("arrow-back-up", _("The case was returned.")),
        "case_commented": ("message", _("Somebody commented on the case.")),
        "incident_raised": ("alert-circle", _("The case cannot go on; an administrator looks after it.")),
        "version_submitted": ("versions", _("A version waits for your opinion in the joint review.")),
        "version_agreed": ("checks", _("All have agreed; the version takes effect on its day.")),
        "version_refused": ("x", _("The version was refused in the joint review.")),
        "version_withdrawn": ("arrow-back", _("The version was withdrawn from its review.")),
        "version_in_effect": ("circle-check", _("A new version is in effect.")),
        "review_overdue": ("alert-triangle", _("A joint review that waits for you is overdue.")),
        "case_ended": ("flag", ended.get(str(notice.detail.get("how")), _("The case has ended."))),
    }.get(notice.kind, ("bell", notice.kind))


def _place(notice: Notice) -> tuple[str, str]:
    """What a notice is about, and where that is: a case, or a process's version."""
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
        icon, sentence = _sentence(notice)
        number, address = _place(notice)
        said = str(
            notice.detail.get("opinion")
            or notice.detail.get("text")
            or notice.detail.get("reason")
            or notice.detail.get("note")
            or ""
        )
        lines.append(
            NoticeLine(icon, sentence, said, notice.case_title, number, notice.made_at, notice.read_at is None, address)
        )
    context = {"section": "notices", "lines": lines, "unread_lines": any(line.unread for line in lines)}
    return render(request, "notices/page.html", context)


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """All of one's notices are read."""
    read_notices(actor_of(request))
    return go(request, reverse("notices"))
