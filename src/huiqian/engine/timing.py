"""ISO 8601 durations, dates and cycles, as timers of a diagram say them (BPMN 2.0.2 §10.5.5).

These are clock time. Deadlines in working time are counted by whoever opens the task, with the company's calendar.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_DURATION = re.compile(
    r"(?P<sign>-)?P(?=\d|T\d)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,5})M)?(?:(?P<weeks>\d{1,5})W)?(?:(?P<days>\d{1,6})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,7})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,9}(?:\.\d{1,6})?)S)?)?"
)
_CYCLE = re.compile(r"R(?P<times>\d{0,6})/(?P<rest>.+)")


@dataclass(frozen=True, slots=True)
class Duration:
    """Months, and what has a fixed length."""

    months: int
    rest: timedelta

    def after(self, start: datetime) -> datetime:
        """The moment this long after `start`; the last day of a shorter month where its day is missing."""
        month = start.year * 12 + start.month - 1 + self.months
        year, month = divmod(month, 12)
        day = min(start.day, calendar.monthrange(year, month + 1)[1])
        return start.replace(year=year, month=month + 1, day=day) + self.rest

    @property
    def positive(self) -> bool:
        """Whether it leads forward at all."""
        return self.months > 0 or self.rest > timedelta(0)


@dataclass(frozen=True, slots=True)
class Cycle:
    """Repetitions: `times` is None without end; the first at `start`, or one `every` after now."""

    times: int | None
    every: Duration
    start: datetime | None = None

    def first(self, now: datetime) -> datetime:
        """When it fires first."""
        return self.start if self.start is not None else self.every.after(now)


def read_duration(text: str) -> Duration | None:
    """An ISO 8601 duration, or None where `text` is none."""
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        return None
    part = {name: float(value) for name, value in found.groupdict().items() if value and name != "sign"}
    sign = -1 if found["sign"] else 1
    rest = timedelta(
        weeks=part.get("weeks", 0), days=part.get("days", 0), hours=part.get("hours", 0),
        minutes=part.get("minutes", 0), seconds=part.get("seconds", 0),
    )  # fmt: skip
    return Duration(sign * int(part.get("years", 0) * 12 + part.get("months", 0)), sign * rest)


def is_duration(text: str) -> bool:
    """Whether `text` is a duration that leads forward."""
    read = read_duration(text)
    return read is not None and read.positive


def read_date(text: str, now: datetime | None = None) -> datetime | None:
    """An ISO 8601 date or date and time; where it names no zone it is in that of `now`."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if moment.tzinfo is None and now is not None:
        return moment.replace(tzinfo=now.tzinfo)
    return moment


def read_cycle(text: str, now: datetime | None = None) -> Cycle | None:
    """An ISO 8601 repetition (R3/PT1H, R/2026-01-01T09:00:00+08:00/P1D), or None where `text` is none."""
    found = _CYCLE.fullmatch(text.strip())
    if found is None:
        return None
    start, _, length = found["rest"].rpartition("/")
    every, begin = read_duration(length), read_date(start, now) if start else None
    if every is None or not every.positive or (start and begin is None):
        return None
    return Cycle(int(found["times"]) if found["times"] else None, every, begin)


def moment_of(value: object, now: datetime) -> datetime | None:
    """When a timer is due whose expression gave `value`: a duration, a date, a date and time, or the text of one."""
    if isinstance(value, str):
        duration = read_duration(value)
        return duration.after(now) if duration is not None else read_date(value, now)
    if isinstance(value, timedelta):
        return now + value
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=now.tzinfo)
    if isinstance(value, date):
        return datetime.combine(value, time(), now.tzinfo)
    months = getattr(value, "months", None)  # FEEL's years and months duration
    return Duration(int(months), timedelta(0)).after(now) if months is not None else None
