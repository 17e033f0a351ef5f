"""One marketing calendar over all processes: what cases say, when price lists take effect, when processes begin."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from huiqian.base.actors import Actor
from huiqian.base.languages import pick
from huiqian.marketing.queries import price_lists
from huiqian.org.queries import roster, special_days
from huiqian.process.agenda import AgendaLine, agenda, turns

KINDS = ("event", "training", "research", "promotion", "material", "cutoff", "prices")
MOST_DAYS = 500


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A time in the calendar; a price list has its number, and no case that the reader may read."""

    line: AgendaLine
    price_list: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day: worked or not, and what it is, where it is not what its weekday says (a holiday, a make-up workday)."""

    day: date
    works: bool
    special: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """An entry in a week: from which to which of its days (1 is Monday), and whether it goes on before and after."""

    entry: CalendarEntry
    begins: int
    days: int
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday with its entries, those that began first on top."""

    days: tuple[Day, ...]
    bars: tuple[Bar, ...] = field(default=())


def calendar_entries(actor: Actor, first: date, last: date) -> tuple[CalendarEntry, ...]:
    """Everything between two days that somebody may read, the earliest first. 3 queries beside the organisation's."""
    lines = agenda(actor, first, last)
    seen = {line.case_number for line in lines if line.kind == "prices"}
    lists = [
        CalendarEntry(
            AgendaLine(
                kind="prices", first=one.effective_from, last=one.effective_from, time="", title=one.title, text="",
                place="", people=(), process_code="", process_name=one.number,
            ),
            one.number,
        )
        for one in price_lists(actor).filter(effective_from__range=(first, last))
        if one.case_number not in seen or not one.case_number
    ]  # fmt: skip
    found = [*(CalendarEntry(line) for line in (*lines, *turns(first, last))), *lists]
    return tuple(sorted(found, key=lambda one: (one.line.first, -one.line.last.toordinal(), one.line.case_number)))


def weeks_of(first: date, last: date, entries: Sequence[CalendarEntry]) -> tuple[Week, ...]:
    """The weeks that hold these days, from Monday to Sunday, each with what happens in it. 1 query."""
    begins = first - timedelta(days=first.weekday())
    ends = last + timedelta(days=6 - last.weekday())
    works, special = roster().calendar.works, {one.day: one for one in special_days(begins, ends)}
    weeks = []
    for offset in range(0, (ends - begins).days + 1, 7):
        monday = begins + timedelta(days=offset)
        days = []
        for day in (monday + timedelta(days=n) for n in range(7)):
            known = special.get(day)
            days.append(Day(day, works(day), known is not None, pick(known.name_zh, known.name_en) if known else ""))
        weeks.append(Week(tuple(days), tuple(_bars(monday, entries))))
    return tuple(weeks)


def _bars(monday: date, entries: Sequence[CalendarEntry]) -> list[Bar]:
    sunday = monday + timedelta(days=6)
    return [
        Bar(
            entry, (max(entry.line.first, monday) - monday).days + 1,
            (min(entry.line.last, sunday) - max(entry.line.first, monday)).days + 1,
            entry.line.first < monday, entry.line.last > sunday,
        )
        for entry in entries
        if entry.line.first <= sunday and entry.line.last >= monday
    ]  # fmt: skip
