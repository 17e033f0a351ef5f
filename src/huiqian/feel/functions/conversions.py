"""From one kind to another (DMN 1.3 §10.3.4.1): number, and the makers of dates, times and durations."""

# ruff: noqa: D402 — the examples are expressions, not signatures

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from huiqian.feel import temporal
from huiqian.feel.functions.registry import built_in, refuse
from huiqian.feel.running import Run
from huiqian.feel.values import NUMBERS, YearsMonths

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,5})?", re.ASCII)


@built_in("number(from: string, grouping separator?: string|null, decimal separator?: string|null)")
def number(_run: Run, text: str, grouping: str | None = None, point: str | None = None) -> Decimal:
    """number("1 000,0", " ", ",") = 1000.0; number("1,234.5", ",", ".") = 1234.5."""
    if grouping not in (None, " ", ",", "."):
        refuse("grouping separator")
    if point not in (None, ".", ",") or (point is not None and point == grouping):
        refuse("decimal separator")
    if grouping:
        text = text.replace(grouping, "")
    if point and point != ".":
        text = text.replace(".", "x").replace(point, ".")
    if len(text) > 7000 or not _NUMBER.fullmatch(text):
        refuse("from")
    return NUMBERS.create_decimal(text)


@built_in("number(from: number)")
def number_again(_run: Run, given: Decimal) -> Decimal:
    """A number stays one."""
    return given


@built_in("date(from: string)")
def date_from_text(_run: Run, text: str) -> date:
    """date("2026-03-01"); null where the text is no date."""
    return temporal.read_date(text) or refuse("from")


@built_in("date(from: date and time|date)")
def date_of_moment(_run: Run, moment: date) -> date:
    """The date of a date and time."""
    return moment.date() if isinstance(moment, datetime) else moment


@built_in("date(year: whole number, month: whole number, day: whole number)")
def date_from_parts(_run: Run, year: int, month: int, day: int) -> date:
    """date(2026, 3, 1)."""
    return date(year, month, day)


@built_in("time(from: string)")
def time_from_text(_run: Run, text: str) -> time:
    """time("10:15:00"), time("10:15:00+08:00"), time("10:15:00@Asia/Shanghai")."""
    return _or_refuse(temporal.read_time(text))


def _or_refuse(found: time | None) -> time:
    # Midnight is a time like any other: only None is refused.
    return refuse("from") if found is None else found


@built_in("time(from: time|date and time|date)")
def time_of_moment(_run: Run, moment: time | date) -> time:
    """The time of a date and time; of a date, midnight in UTC."""
    if isinstance(moment, time):
        return moment
    return moment.timetz() if isinstance(moment, datetime) else time(tzinfo=UTC)


@built_in("time(hour: whole number, minute: whole number, second: number, offset?: days and time duration|null)")
def time_from_parts(_run: Run, hour: int, minute: int, second: Decimal, offset: timedelta | None = None) -> time:
    """time(23, 59, 0), time(23, 59, 0, duration("PT8H"))."""
    if not 0 <= second < 60:
        refuse("second")
    micros = int(second.scaleb(6))
    zone = None if offset is None else temporal.offset_zone(int(offset.total_seconds()))
    return time(hour, minute, micros // 1_000_000, micros % 1_000_000, zone)


@built_in("date and time(from: string)")
def date_time_from_text(_run: Run, text: str) -> datetime:
    """date and time("2026-03-01T10:15:00+08:00")."""
    return temporal.read_date_time(text) or refuse("from")


@built_in("date and time(from: date and time|date)")
def date_time_again(_run: Run, moment: date) -> datetime:
    """A date and time stays one; of a date, its midnight."""
    return temporal.moment(moment)


@built_in("date and time(date: date and time|date, time: time)")
def date_time_from_parts(_run: Run, day: date, at: time) -> datetime:
    """date and time(date("2026-03-01"), time("10:15:00"))."""
    return datetime.combine(day.date() if isinstance(day, datetime) else day, at)


@built_in("duration(from: string)")
def duration(_run: Run, text: str) -> timedelta | YearsMonths:
    """duration("P1DT2H"), duration("P1Y6M")."""
    found = temporal.read_duration(text)
    return refuse("from") if found is None else found


@built_in("duration(from: duration)")
def duration_again(_run: Run, given: timedelta | YearsMonths) -> timedelta | YearsMonths:
    """A duration stays one."""
    return given


@built_in("years and months duration(from: date and time|date, to: date and time|date)")
def years_and_months(_run: Run, start: date, end: date) -> YearsMonths:
    """The whole months between two dates: years and months duration(date("2025-01-31"), date("2026-03-01")) = P1Y1M."""
    start, end = (when.replace(tzinfo=None) if isinstance(when, datetime) else when for when in (start, end))
    return temporal.months_between(start, end)
