"""Processes that begin by themselves: administrators say when, and see what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiqian.base.errors import Invalid, Text
from huiqian.org.queries import roster
from huiqian.process.commands import retry_scheduled, save_schedule, take_up_turn
from huiqian.process.models import Schedule
from huiqian.process.overseeing import ScheduleView, schedule_view
from huiqian.process.overseeing import schedules as all_schedules
from huiqian.process.schedules import words_of
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, go

MOST_VALUES = 20
EMPTY_ROWS = 2


@dataclass(frozen=True, slots=True)
class Value:
    """A line of the values: a field's name, its expression, what is wrong with it."""

    name: str
    text: str
    errors: Sequence[Text] = ()


@require_GET
def schedules(request: HttpRequest) -> HttpResponse:
    """All schedules, with their next and last turns."""
    lines, without = all_schedules(actor_of(request))
    rows = [(line, words_of(line.schedule)) for line in lines]
    return render(request, "schedules/list.html", {"section": "schedules", "rows": rows, "without": without})


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: HttpRequest, code: str) -> HttpResponse:
    """When a process begins by itself: to read and to change."""
    view = schedule_view(actor_of(request), code)
    if request.method != "POST":
        return _page(request, view, _kept(view), _values_kept(view))
    typed = request.POST
    values = _values_typed(request)
    try:
        save_schedule(
            actor_of(request), code, enabled=typed.get("enabled") == "1", rule=typed.get("rule", ""),
            day=_day(typed), month=typed.get("month", "1"), at=typed.get("at", "").strip(),
            starter=typed.get("starter", ""), values={one.name: one.text for one in values},
            based_on=int(typed["based_on"]) if typed.get("based_on", "").isdecimal() else 0,
        )  # fmt: skip
    except Invalid as refusal:
        wrong = refusal.errors
        values = [Value(one.name, one.text, wrong.get(f"values.{one.name.strip()}", ())) for one in values]
        return _page(request, view, {name: str(typed[name]) for name in typed}, values, wrong, 422)
    note(request, _("The schedule is saved."))
    return go(request, reverse("schedule", args=[code]))


@require_POST
def turns(request: HttpRequest, code: str) -> HttpResponse:
    """Take up a turn by hand: the last one that nobody took, or the next one early."""
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        day = date.min
    run = take_up_turn(actor_of(request), code, day)
    if run.case_id is not None:
        note(request, _("The case has begun."))
    else:
        note(request, _("It failed; the reason is shown below."), "warn")
    return go(request, reverse("schedule", args=[code]))


@require_POST
def attempts(request: HttpRequest, run: int) -> HttpResponse:
    """Try a turn again that failed."""
    if retry_scheduled(actor_of(request), run):
        note(request, _("The case has begun."))
    else:
        note(request, _("It failed again; the reason is shown below."), "warn")
    code = Schedule.objects.values_list("definition__code", flat=True).get(runs=run)
    return go(request, reverse("schedule", args=[code]))


def _day(typed: Mapping[str, str]) -> str:
    return typed.get("weekday" if typed.get("rule") == Schedule.Rule.WEEKLY else "day", "").strip()


def _kept(view: ScheduleView) -> dict[str, str]:
    one = view.schedule
    if one is None:
        return {"enabled": "1", "rule": "monthly", "day": "1", "weekday": "1", "month": "1", "at": "09:00"}
    weekday = str(one.day) if one.rule == Schedule.Rule.WEEKLY else "1"
    return {
        "enabled": "1" if one.enabled else "", "rule": one.rule, "day": str(one.day), "weekday": weekday,
        "month": str(one.month), "at": one.at.strftime("%H:%M"), "starter": one.starter,
        "based_on": str(one.revision),
    }  # fmt: skip


def _values_kept(view: ScheduleView) -> list[Value]:
    return [Value(name, text) for name, text in (view.schedule.values if view.schedule else {}).items()]


def _values_typed(request: HttpRequest) -> list[Value]:
    names, texts = request.POST.getlist("name"), request.POST.getlist("text")
    return [Value(n, t) for n, t in zip(names, texts, strict=False) if n.strip() or t.strip()][:MOST_VALUES]


def _page(
    request: HttpRequest,
    view: ScheduleView,
    typed: Mapping[str, str],
    values: Sequence[Value],
    errors: Mapping[str, Sequence[Text]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "section": "schedules",
        "view": view,
        "words": words_of(view.schedule) if view.schedule else "",
        "typed": typed,
        "values": [*values, *([Value("", "")] * EMPTY_ROWS)],
        "errors": errors or {},
        "day_errors": (errors or {}).get("day", ()),
        "weekly": typed.get("rule") == "weekly",
        "rules": [("monthly", _("every month")), ("weekly", _("every week")), ("yearly", _("every year"))],
        "weekdays": [(str(number + 1), name) for number, name in WEEKDAYS.items()],
        "months": [(str(number), name) for number, name in MONTHS.items()],
        "positions": [("", _("who holds the first step's position"))]
        + [(one.code, one.name) for one in roster().positions.values()],
    }
    return render(request, "schedules/page.html", context, status=status)
