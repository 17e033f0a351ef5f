"""The parts of dates, times, durations and ranges that a path reaches: `d.year` (DMN 1.3 table 65)."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from huiqian.feel.running import Run
from huiqian.feel.temporal import time_offset
from huiqian.feel.values import kind, number_of

Place = tuple[int, int]


def property_of(value: object, name: str, run: Run, place: Place = (0, 0)) -> object:
    """A part of the value; null with a warning where it has no such part."""
    found = _PARTS.get((kind(value), name))
    if found is None:
        return run.warn("no_entry", place, name=name, kind=kind(value))
    part = found(value)
    return number_of(part) if type(part) is int else part


def _seconds(length: timedelta) -> int:
    """Whole seconds, towards zero."""
    whole = abs(length) // timedelta(seconds=1)
    return -whole if length < timedelta(0) else whole


def _signed(length: timedelta, divisor: int, cycle: int) -> int:
    seconds = _seconds(length)
    part = abs(seconds) // divisor % cycle
    return -part if seconds < 0 else part


def _second(at: datetime | time) -> Decimal:
    """With its fraction, without useless zeros."""
    return Decimal(f"{at.second}.{at.microsecond:06}".rstrip("0").rstrip(".")) if at.microsecond else Decimal(at.second)


def _zone(at: datetime | time) -> str | None:
    return getattr(at.tzinfo, "key", None)


_DAY: Final[dict[str, Callable[[Any], object]]] = {
    "year": lambda d: d.year, "month": lambda d: d.month, "day": lambda d: d.day, "weekday": date.isoweekday,
}  # fmt: skip
_CLOCK: Final[dict[str, Callable[[Any], object]]] = {
    "hour": lambda t: t.hour, "minute": lambda t: t.minute, "second": _second, "time offset": time_offset,
    "timezone": _zone,
}  # fmt: skip
_BY_KIND: Final[dict[str, dict[str, Callable[[Any], object]]]] = {
    "date": _DAY,
    "time": _CLOCK,
    "date and time": {**_DAY, **_CLOCK},
    "days and time duration": {
        "days": lambda d: _signed(d, 86_400, 10**12),
        "hours": lambda d: _signed(d, 3600, 24),
        "minutes": lambda d: _signed(d, 60, 60),
        "seconds": lambda d: _signed(d, 1, 60),
    },
    "years and months duration": {"years": lambda d: d.years, "months": lambda d: d.months},
    "range": {
        "start": lambda r: r.low,
        "end": lambda r: r.high,
        "start included": lambda r: r.low_closed,
        "end included": lambda r: r.high_closed,
    },
}
_PARTS: Final = {(sort, name): read for sort, parts in _BY_KIND.items() for name, read in parts.items()}
PARTS_WITH_SPACES: Final = tuple(sorted({name for _, name in _PARTS if " " in name}, key=len, reverse=True))
