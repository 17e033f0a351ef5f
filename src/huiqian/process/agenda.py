"""The marketing calendar over all cases that the reader may read, and what gets in the way of what they plan."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.org.queries import roster
from huiqian.org.rules import Roster
from huiqian.process.access import visible_cases
from huiqian.process.content import content_of
from huiqian.process.models import Instance, Occasion, Schedule
from huiqian.process.occasions import HAPPENINGS, Clash, Slot, clash_of, slot_of
from huiqian.process.schedules import rhythm_of

# What was given up takes no time.
GIVEN_UP = (Instance.Status.WITHDRAWN, Instance.Status.TERMINATED)


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A time in the calendar: of a case, or of a process that begins by itself (`case_number` is empty)."""

    kind: str
    first: date
    last: date
    time: str
    title: str
    text: str
    place: str
    people: tuple[str, ...]
    process_code: str
    process_name: str
    case_number: str = ""
    status: str = ""
    row: int = 0


def agenda(actor: Actor, first: date, last: date) -> tuple[AgendaLine, ...]:
    """What the cases that somebody may read say of these days. 1 query, along the days, whatever else there is."""
    names = names_of(roster())
    return tuple(_line(row, names) for row in _visible(actor, first, last))


def turns(first: date, last: date) -> tuple[AgendaLine, ...]:
    """When processes begin by themselves in these days, as everybody may know; a turn on a rest day is due on the next
    day that is worked. 1 query.
    """
    calendar, lines = roster().calendar, []
    for one in Schedule.objects.filter(enabled=True).select_related("definition"):
        rhythm, day = rhythm_of(one), first
        while (moment := rhythm.after(datetime.combine(day, time(), COMPANY_ZONE) - timedelta(seconds=1))) and (
            day := moment.astimezone(COMPANY_ZONE).date()
        ) <= last:
            lines.append(
                AgendaLine(
                    kind="cutoff", first=day, last=calendar.next_workday(day), time=f"{one.at:%H:%M}",
                    title=one.definition.name, text="", place="", people=(), process_code=one.definition.code,
                    process_name=one.definition.name,
                )
            )  # fmt: skip
            day += timedelta(days=1)
    return tuple(lines)


def clashes(actor: Actor, slots: Sequence[Slot], case_number: str = "") -> list[tuple[Slot, AgendaLine, Clash]]:
    """What gets in the way of happenings that somebody plans: others at the same time and place, or with the same
    people, in cases that they may read; not those of the case itself. 1 query, none without happenings.
    """
    mine = [slot for slot in slots if slot.kind in HAPPENINGS]
    if not mine:
        return []
    names = names_of(roster())
    others = _visible(actor, min(slot.first for slot in mine), max(slot.last for slot in mine), HAPPENINGS)
    found = [
        (slot, other, clash)
        for other in others.exclude(instance__number=case_number)
        for slot in mine
        if (clash := clash_of(slot, slot_of(other), names)) is not None
    ]
    return [(slot, _line(other, names), clash) for slot, other, clash in found]


def _visible(actor: Actor, first: date, last: date, kinds: Collection[str] = ()) -> QuerySet[Occasion]:
    found = Occasion.objects.filter(last__gte=first, first__lte=last, instance__in=visible_cases(actor))
    if kinds:
        found = found.filter(kind__in=kinds)
    return (
        found.exclude(instance__status__in=GIVEN_UP)
        .select_related("instance")
        .only("kind", "row", "first", "last", "time", "text", "place", "people", "instance__number", "instance__title",
              "instance__status", "instance__version_id")
        .order_by("first", "-last", "instance_id", "row")
    )  # fmt: skip


def names_of(snapshot: Roster) -> Mapping[str, str]:
    """People's names by login."""
    return {person.login: person.name for person in snapshot.people.values()}


def _line(row: Occasion, names: Mapping[str, str]) -> AgendaLine:
    content = content_of(row.instance.version_id)
    return AgendaLine(
        kind=row.kind, first=row.first, last=row.last, time=row.time, title=row.instance.title, text=row.text,
        place=row.place, people=tuple(names.get(one, one) for one in row.people), process_code=content.code,
        process_name=content.name, case_number=row.instance.number, status=row.instance.status, row=row.row,
    )  # fmt: skip
