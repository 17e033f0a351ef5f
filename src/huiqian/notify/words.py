"""What notices say, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huiqian.notify.formats import Said
from huiqian.notify.rules import OF_DEPUTIES, OF_VERSIONS


def sentence_of(kind: str, detail: Mapping[str, Any]) -> tuple[str, str]:
    """A notice's icon, and what happened in a sentence."""
    ended = {
        "completed": _("The case is completed."),
        "withdrawn": _("The case was withdrawn."),
        "terminated": _("The case was terminated."),
    }
    if kind in OF_DEPUTIES:
        return "user-share", _of_deputy(kind, detail)
    if behalf := detail.get("behalf"):
        return "user-share", _("For %(name)s, who is away: a task is waiting for you.") % {"name": behalf}
    return {
        "decision_taken_back": ("arrow-back", _("The one before you took their decision back; your task is closed.")),
        "signatory_added": ("user-plus", _("You were asked to sign a step, too.")),
        "taken_off": ("x", _("You are no longer part of it: a revised plan is without you.")),
        "signatory_removed": ("x", _("You are no longer asked to sign the step.")),
        "recheck_passed_on": ("refresh", _("A price re-check came to you from a colleague.")),
        "recheck_overdue": ("alert-triangle", _("A price re-check that waits for you is overdue.")),
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
        "case_ended": ("flag", ended.get(str(detail.get("how")), _("The case has ended."))),
    }.get(kind, ("bell", kind))


def _of_deputy(kind: str, detail: Mapping[str, Any]) -> str:
    """What either of the two hears: `to_deputy` says which of them."""
    if detail["to_deputy"]:
        if kind == "deputy_appointed":
            return _("You decide for them in these days, while they are away.")
        return _("You no longer decide for them; the deputyship has ended early.")
    if kind == "deputy_appointed":
        return _("They decide for you in these days, while you are away.")
    return _("They no longer decide for you; the deputyship has ended early.")


def said_in(detail: Mapping[str, Any]) -> str:
    """The words somebody gave with what happened; "" for none."""
    return next((str(detail[key]) for key in ("opinion", "text", "reason", "note") if detail.get(key)), "")


def place_of(kind: str, number: str, detail: Mapping[str, Any]) -> tuple[str, str]:
    """What a notice is about, and its address: a case, a process's version, or the days of a deputyship.

    No address for what is not theirs to read any more.
    """
    if detail.get("reads") is False:
        return number, ""
    if kind in OF_VERSIONS:
        version = int(detail["version"])
        said = _("%(code)s, version %(number)d") % {"code": number, "number": version}
        return said, reverse("version", args=[number, version])
    if kind in OF_DEPUTIES:
        return number, reverse("inbox") if detail["to_deputy"] else reverse("account") + "#deputies"
    return number, reverse("case", args=[number])


def kind_names() -> dict[str, str]:
    """What people choose a way for, in words."""
    return {
        "task": _("A task is given to me"), "urged": _("Somebody urges me"),
        "overdue": _("Something of mine is overdue"),
        "returned": _("A case of mine is returned"), "finished": _("A case of mine is finished"),
        "comment": _("Somebody comments on a case of mine"), "copied": _("I am copied on a case"),
        "review": _("Joint review of processes"), "deputy": _("Deputies"), "other": _("Anything else"),
    }  # fmt: skip


def event_names() -> dict[str, str]:
    """What channels are told of, in words."""
    return {
        "case_started": _("A case is started"), "case_returned": _("A case is returned"),
        "task_overdue": _("A task is overdue"), "case_ended": _("A case is finished"),
        "incident_raised": _("A case cannot go on"), "version_in_effect": _("A version is in effect"),
    }  # fmt: skip


def said_of(payload: Mapping[str, Any]) -> Said:
    """What a group reads of an event."""
    link = str(payload.get("link", ""))
    if payload["event"] == "test":
        return Said(_("Huiqian: a test message"), (_("Messages arrive here."),), link, _("Open"))
    ended = {"withdrawn": _("A case is withdrawn"), "terminated": _("A case is terminated")}
    head = ended.get(str(payload.get("how")), event_names()[payload["event"]])
    which = _("%(code)s, version %(number)d") % {"code": payload["process"], "number": payload.get("version", 0)}
    return Said(head, (str(payload["title"]), str(payload.get("case") or which)), link, _("Open"))
