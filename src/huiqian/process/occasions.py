"""What a case's answers say of days and times, for the marketing calendar (`calendar` in process.json). No database.

An entry names answers: `period` (a date range), `from` and `to`, or `day` (the first of these that is answered); with
`rows` all of them are columns of that table, one entry a row. `time`, `text`, `place` and `people` say more.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiqian.process.models import Occasion

MOST_ROWS = 200
# What happens somewhere, with people: two of these at the same time and place, or with the same person, get in each
# other's way.
HAPPENINGS = ("event", "training")


@dataclass(frozen=True, slots=True)
class Slot:
    """A time in the calendar; `row` counts a table's rows, `people` are logins or names."""

    kind: str
    first: date
    last: date
    row: int = 0
    time: str = ""
    text: str = ""
    place: str = ""
    people: tuple[str, ...] = ()


def slots_of(said: Sequence[Mapping[str, Any]], answers: Mapping[str, Any]) -> tuple[Slot, ...]:
    """The times that answers name, as their process says; what is no date, or ends before it begins, is left out."""
    return tuple(slot for entry in said for slot in _slots(entry, answers))


def _slots(entry: Mapping[str, Any], answers: Mapping[str, Any]) -> Iterator[Slot]:
    if "rows" not in entry:
        yield from _slot(entry, answers, 0)
        return
    rows = answers.get(entry["rows"])
    for place, row in enumerate(rows[:MOST_ROWS] if isinstance(rows, list) else ()):
        if isinstance(row, Mapping):
            yield from _slot(entry, row, place)


def _slot(entry: Mapping[str, Any], answers: Mapping[str, Any], row: int) -> Iterator[Slot]:
    days = _days(entry, answers)
    if days is not None and days[0] <= days[1]:
        yield Slot(
            entry["kind"], *days, row, _text(answers, entry, "time", 50), _text(answers, entry, "text", 200),
            _text(answers, entry, "place", 200), tuple(_people(entry.get("people", ()), answers)),
        )  # fmt: skip


def _days(entry: Mapping[str, Any], answers: Mapping[str, Any]) -> tuple[date, date] | None:
    if "day" in entry:
        found = next((day for name in entry["day"] if (day := day_of(answers.get(name)))), None)
        return (found, found) if found else None
    if "period" in entry:
        period = answers.get(entry["period"])
        period = period if isinstance(period, Mapping) else {}
        first, last = day_of(period.get("start")), day_of(period.get("end"))
    else:
        first, last = day_of(answers.get(entry["from"])), day_of(answers.get(entry["to"]))
    first = first or last
    return (first, last or first) if first else None


def day_of(value: object) -> date | None:
    """A day as answers keep it (2026-12-01); None for anything else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _text(answers: Mapping[str, Any], entry: Mapping[str, Any], key: str, most: int) -> str:
    value = answers.get(entry.get(key, ""))
    return " ".join(value.split())[:most] if isinstance(value, str) else ""


def _people(names: Sequence[str], answers: Mapping[str, Any]) -> Iterator[str]:
    for name in names:
        table, _dot, column = name.partition(".")
        rows = answers.get(table)
        cells = [row.get(column) for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else [rows]
        yield from (" ".join(cell.split())[:100] for cell in cells if isinstance(cell, str) and cell.strip())


def occasion_of(case: int, slot: Slot) -> Occasion:
    """A slot as the projection's row."""
    return Occasion(
        instance_id=case, kind=slot.kind, row=slot.row, first=slot.first, last=slot.last, time=slot.time,
        text=slot.text, place=slot.place, people=list(slot.people),
    )  # fmt: skip


def slot_of(row: Occasion) -> Slot:
    """The projection's row as a slot."""
    return Slot(row.kind, row.first, row.last, row.row, row.time, row.text, row.place, tuple(row.people))


@dataclass(frozen=True, slots=True)
class Clash:
    """Two things at the same time: at the same place, or with the same people."""

    same_place: bool
    people: tuple[str, ...]


def clash_of(mine: Slot, other: Slot, names: Mapping[str, str]) -> Clash | None:
    """Whether two happenings get in each other's way; `names` are the people's by login. A place is the same where one
    contains the other: a city and a house in it.
    """
    happen = mine.kind in HAPPENINGS and other.kind in HAPPENINGS
    if not happen or mine.first > other.last or other.first > mine.last:
        return None
    place = same_place(mine.place, other.place)
    people = tuple(sorted(_named(mine.people, names) & _named(other.people, names)))
    return Clash(place, people) if place or people else None


def same_place(one: str, other: str) -> bool:
    """Whether two places are the same as far as words tell."""
    short, long = sorted(("".join(one.split()).lower(), "".join(other.split()).lower()), key=len)
    return len(short) > 1 and short in long


def _named(people: Collection[str], names: Mapping[str, str]) -> set[str]:
    return {names.get(one, one) for one in people}
