"""What administrators see of processes that run by themselves: schedules with their turns, and open incidents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import NotFound
from huiqian.org.access import check_may_administer
from huiqian.org.queries import roster
from huiqian.process.content import content_of
from huiqian.process.models import Definition, Incident, Schedule, ScheduleRun
from huiqian.process.schedules import open_turns, rhythm_of

MOST_RUNS = 24
FORESEEN = 5


@dataclass(frozen=True, slots=True)
class Turn:
    """A coming turn, and whether its day is worked (weekends, holidays and make-up workdays considered)."""

    at: datetime
    works: bool


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """A schedule in the list, with its next and its last turn."""

    schedule: Schedule
    definition: Definition
    next: Turn | None
    last: ScheduleRun | None


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """A schedule's page; `schedule` is None where the process has none yet."""

    definition: Definition
    schedule: Schedule | None
    turns: tuple[Turn, ...]
    runs: tuple[ScheduleRun, ...]
    starter: str
    # The days whose turns can be taken up by hand.
    open: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """A place where a case cannot go on."""

    id: int
    case_number: str
    case_title: str
    process: str
    step: str
    text: str
    since: datetime


def schedules(actor: Actor) -> tuple[Sequence[ScheduleLine], Sequence[Definition]]:
    """All schedules, and the processes in effect that have none. For administrators. 3 queries."""
    check_may_administer(actor)
    found = Schedule.objects.select_related("definition")
    last = {
        run.schedule_id: run
        for run in ScheduleRun.objects.order_by("schedule_id", "-occurrence")
        .distinct("schedule_id")
        .select_related("case")
    }
    lines = [
        ScheduleLine(one, one.definition, _turn(one.next_at) if one.enabled else None, last.get(one.pk))
        for one in found
    ]
    without = Definition.objects.filter(schedule=None, versions__status="in_effect")
    return lines, list(without)


def schedule_view(actor: Actor, code: str) -> ScheduleView:
    """A process's schedule with its next five turns and its last ones. For administrators. At most 4 queries."""
    check_may_administer(actor)
    definition = Definition.objects.filter(code=code).first()
    if definition is None:
        raise NotFound
    schedule = Schedule.objects.filter(definition=definition).first()
    if schedule is None:
        return ScheduleView(definition, None, (), (), "")
    ahead = rhythm_of(schedule).coming(clock.now(), FORESEEN) if schedule.enabled else []
    runs = schedule.runs.select_related("case")[:MOST_RUNS]
    starter = roster().position_name(schedule.starter) if schedule.starter else ""
    turns = tuple(_turn(moment) for moment in ahead)
    return ScheduleView(definition, schedule, turns, tuple(runs), starter, tuple(open_turns(schedule, clock.now())))


def _turn(moment: datetime) -> Turn:
    day = moment.astimezone(COMPANY_ZONE).date()
    return Turn(moment, roster().calendar.works(day))


def open_incidents(actor: Actor) -> list[IncidentLine]:
    """Where cases cannot go on, the latest first. For administrators. 1 query."""
    check_may_administer(actor)
    found = Incident.objects.filter(solved_at__isnull=True).select_related("instance").order_by("-raised_at", "-pk")
    return [_line(one) for one in found[:200]]


def _line(one: Incident) -> IncidentLine:
    content = content_of(one.instance.version_id)
    known = one.element in content.definition.elements
    step = content.step_name(one.element) if known else one.element
    return IncidentLine(
        id=one.pk, case_number=one.instance.number, case_title=one.instance.title,
        process=f"{content.code} {content.name}", step=step or one.element, text=one.text, since=one.raised_at,
    )  # fmt: skip


def open_incident_count() -> int:
    """How many places there are where a case cannot go on. 1 query."""
    return Incident.objects.filter(solved_at__isnull=True).count()
