"""From one kind to another (DMN 1.3 §10.3.4.1): string, number, and the makers of dates, times and durations."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from huiqian.feel import temporal
from huiqian.feel.functions.signatures import function, refuse
from huiqian.feel.running import MOST_CHARACTERS, Run
from huiqian.feel.values import NUMBERS, Function, Range, YearsMonths

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,5})?", re.ASCII)


@function("string", "from: any")
def string(run: Run, value: object) -> str | None:
    """string(1.1) = "1.1"; string(null) = null; lists and contexts as expressions would write them."""
    if value is None or isinstance(value, str):
        return value
    return text_of(value, run)


def text_of(value: object, run: Run, depth: int = 0) -> str:
    """A value as an expression would write it; texts inside of lists and contexts in quotation marks."""
    if depth > 60:
        refuse("from")
    if isinstance(value, list):
        return _joined("[", [text_of(item, run, depth + 1) for item in value], "]", run)
    if isinstance(value, Mapping):
        parts = [f"{_key(key)}: {text_of(run.enter(item), run, depth + 1)}" for key, item in value.items()]
        return _joined("{", parts, "}", run)
    if isinstance(value, Range):
        return _range_text(value, run, depth)
    text = _scalar_text(value)
    run.hold(len(text), MOST_CHARACTERS)
    return text


def _joined(opening: str, parts: list[str], closing: str, run: Run) -> str:
    run.hold(sum(len(part) + 2 for part in parts), MOST_CHARACTERS)
    return opening + ", ".join(parts) + closing


def _key(key: str) -> str:
    return key if re.fullmatch(r"[^\W\d]\w*(?: \w+)*", key) else quoted(key)


def _range_text(value: Range, run: Run, depth: int) -> str:
    low, high = (text_of(end, run, depth + 1) for end in (value.low, value.high))
    if value.low is None and value.high is not None:
        return f"{'<=' if value.high_closed else '<'} {high}"
    if value.high is None and value.low is not None:
        return f"{'>=' if value.low_closed else '>'} {low}"
    return f"{'[' if value.low_closed else '('}{low} .. {high}{']' if value.high_closed else ')'}"


def _scalar_text(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Function):
        return f"function({', '.join(value.parameters)})"
    if isinstance(value, date | time | timedelta | YearsMonths):
        return temporal.written(value)
    return str(value)


def number_text(value: Decimal) -> str:
    """A number without an exponent: 1E+3 is 1000; trailing zeros after the point stay (2.50), as they carry meaning."""
    return f"{value:f}" if value else f"{value.copy_abs():f}"


def quoted(text: str) -> str:
    """A text as a literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


@function("number", "from: string", "grouping separator?: null|string", "decimal separator?: null|string")
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


@function("number", "from: number")
def number_again(_run: Run, given: Decimal) -> Decimal:
    """A number stays one."""
    return given


@function("date", "from: string")
def date_from_text(_run: Run, text: str) -> date:
    """date("2026-03-01"); null where the text is no date."""
    return temporal.read_date(text) or refuse("from")


@function("date", "from: date and time|date")
def date_of_moment(_run: Run, moment: date) -> date:
    """The date of a date and time."""
    return moment.date() if isinstance(moment, datetime) else moment


@function("date", "year: integer", "month: integer", "day: integer")
def date_from_parts(_run: Run, year: int, month: int, day: int) -> date:
    """date(2026, 3, 1)."""
    return date(year, month, day)


@function("time", "from: string")
def time_from_text(_run: Run, text: str) -> time:
    """time("10:15:00"), time("10:15:00+08:00"), time("10:15:00@Asia/Shanghai")."""
    return _or_refuse(temporal.read_time(text))


def _or_refuse(found: time | None) -> time:
    # Midnight is a time like any other: only None is refused.
    return refuse("from") if found is None else found


@function("time", "from: time|date and time|date")
def time_of_moment(_run: Run, moment: time | date) -> time:
    """The time of a date and time; of a date, midnight in UTC."""
    if isinstance(moment, time):
        return moment
    return moment.timetz() if isinstance(moment, datetime) else time(tzinfo=UTC)


@function("time", "hour: integer", "minute: integer", "second: number", "offset?: null|days and time duration")
def time_from_parts(_run: Run, hour: int, minute: int, second: Decimal, offset: timedelta | None = None) -> time:
    """time(23, 59, 0), time(23, 59, 0, duration("PT8H"))."""
    if not 0 <= second < 60:
        refuse("second")
    micros = int(second.scaleb(6))
    zone = None if offset is None else temporal.offset_zone(int(offset.total_seconds()))
    return time(hour, minute, micros // 1_000_000, micros % 1_000_000, zone)


@function("date and time", "from: string")
def date_time_from_text(_run: Run, text: str) -> datetime:
    """date and time("2026-03-01T10:15:00+08:00")."""
    return temporal.read_date_time(text) or refuse("from")


@function("date and time", "from: date and time|date")
def date_time_again(_run: Run, moment: date) -> datetime:
    """A date and time stays one; of a date, its midnight."""
    return temporal.moment(moment)


@function("date and time", "date: date and time|date", "time: time")
def date_time_from_parts(_run: Run, day: date, at: time) -> datetime:
    """date and time(date("2026-03-01"), time("10:15:00"))."""
    return datetime.combine(day.date() if isinstance(day, datetime) else day, at)


@function("duration", "from: string")
def duration(_run: Run, text: str) -> timedelta | YearsMonths:
    """duration("P1DT2H"), duration("P1Y6M")."""
    found = temporal.read_duration(text)
    return refuse("from") if found is None else found


@function("duration", "from: duration")
def duration_again(_run: Run, given: timedelta | YearsMonths) -> timedelta | YearsMonths:
    """A duration stays one."""
    return given


@function("years and months duration", "from: date and time|date", "to: date and time|date")
def years_and_months(_run: Run, start: date, end: date) -> YearsMonths:
    """The whole months between two dates: years and months duration(date("2025-01-31"), date("2026-03-01")) = P1Y1M."""
    start, end = (when.replace(tzinfo=None) if isinstance(when, datetime) else when for when in (start, end))
    return temporal.months_between(start, end)
