"""Dates, times and durations: read from text (DMN 1.3 §10.3.4.1), written as text, and counted with."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from huiqian.feel.values import YearsMonths

_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TIME: Final = re.compile(
    r"(\d{2}):(\d{2}):(\d{2})(\.\d+)?(?:(Z|z)|([+-]\d{2}):(\d{2})(?::(\d{2}))?|@([A-Za-z][\w+-]*(?:/[\w+-]+)*))?",
    re.ASCII,
)
_DAYS: Final = re.compile(
    r"(-)?P(?=\d|T)(?:(\d{1,18})D)?(?:T(?=\d)(?:(\d{1,18})H)?(?:(\d{1,18})M)?(?:(\d{1,18})(\.\d{1,20})?S)?)?", re.ASCII
)
_MONTHS: Final = re.compile(r"(-)?P(?=\d)(?:(\d{1,12})Y)?(?:(\d{1,12})M)?", re.ASCII)
ZERO: Final = timedelta()
DAY: Final = timedelta(days=1)
MOST_MONTHS: Final = 12 * 10**9

Temporal = date | time | datetime | timedelta | YearsMonths


def read_date(text: str) -> date | None:
    """A date like 2026-03-01, None where the text is none. Years 1 to 9999."""
    found = _DATE.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """A time like 10:15:00, 10:15:00.5, 10:15:00Z, 10:15:00+08:00 or 10:15:00@Asia/Shanghai."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    try:
        zone = _zone_of(found)
        return time(int(found[1]), int(found[2]), int(found[3]), _micros(found[4]), zone)
    except ValueError:
        return None


def _micros(fraction: str | None) -> int:
    return int((fraction[1:] + "000000")[:6]) if fraction else 0


def _zone_of(found: re.Match[str]) -> tzinfo | None:
    if found[5]:
        return UTC
    if found[6]:
        return offset_zone(_seconds(found))
    return named_zone(found[9]) if found[9] else None


def _seconds(found: re.Match[str]) -> int:
    minutes, seconds = int(found[7]), int(found[8] or 0)
    if minutes > 59 or seconds > 59:
        raise ValueError
    size = abs(int(found[6])) * 3600 + minutes * 60 + seconds
    return -size if found[6][0] == "-" else size


def offset_zone(seconds: int) -> tzinfo:
    """A zone at a fixed distance from UTC, at most 14 hours. Raises ValueError."""
    if abs(seconds) > 14 * 3600:
        raise ValueError(seconds)
    return timezone(timedelta(seconds=seconds)) if seconds else UTC


@lru_cache(maxsize=256)
def named_zone(name: str) -> tzinfo:
    """A zone of the IANA data base. Raises ValueError where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:
        raise ValueError(name) from error


def read_date_time(text: str) -> datetime | None:
    """A date and time like 2026-03-01T10:15:00+08:00; a date alone is its midnight, 24:00:00 the next one's."""
    day, sign, clock = text.partition("T")
    on = read_date(day)
    if on is None or not sign:
        return None if on is None else datetime.combine(on, time())
    ends_day = clock.startswith("24:00:00")
    at = read_time("00:00:00" + clock[8:] if ends_day else clock)
    if at is None:
        return None
    try:
        return datetime.combine(on + DAY if ends_day else on, at)
    except OverflowError:
        return None


def read_duration(text: str) -> timedelta | YearsMonths | None:
    """P1DT2H30M, -PT5S and the like are timedeltas; P1Y6M, P3M are years and months."""
    months = _MONTHS.fullmatch(text)
    if months:
        total = int(months[2] or 0) * 12 + int(months[3] or 0)
        return YearsMonths(-total if months[1] else total) if total <= MOST_MONTHS else None
    days = _DAYS.fullmatch(text)
    if days is None:
        return None
    try:
        whole, hours, minutes, seconds = (int(part or 0) for part in days.groups()[1:5])
        size = timedelta(whole, seconds, _micros(days[6]), 0, minutes, hours)
        return -size if days[1] else size
    except OverflowError:
        return None


def read_temporal(text: str) -> Temporal | None:
    """What an @"…" literal says: a duration, a time, a date and time, or a date."""
    if text.lstrip("-").startswith("P"):
        return read_duration(text)
    return read_date_time(text) if "T" in text else read_date(text) or read_time(text)


def written(value: Temporal) -> str:
    """The text of the standard for a date, time or duration; reading it gives the value back."""
    if isinstance(value, datetime):
        return f"{value.date().isoformat()}T{_time_text(value.time())}{_zone_text(value.tzinfo, value)}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _time_text(value) + _zone_text(value.tzinfo, None)
    return _months_text(value) if isinstance(value, YearsMonths) else _days_text(value)


def _time_text(value: time) -> str:
    text = value.replace(tzinfo=None).isoformat("microseconds")
    return text.rstrip("0").rstrip(".") if "." in text and value.microsecond else text[:8]


def _zone_text(zone: tzinfo | None, at: datetime | None) -> str:
    if zone is None:
        return ""
    name = getattr(zone, "key", None)
    if name and name != "UTC":
        return f"@{name}"
    offset = zone.utcoffset(at)
    if not offset:
        return "Z"
    size = int(abs(offset.total_seconds()))
    seconds = f":{size % 60:02}" if size % 60 else ""
    return f"{'-' if offset < ZERO else '+'}{size // 3600:02}:{size // 60 % 60:02}{seconds}"


def _months_text(value: YearsMonths) -> str:
    size = abs(value.total)
    years, months = divmod(size, 12)
    parts = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return f"{'-' if value.total < 0 else ''}P{parts or '0M'}"


def _days_text(value: timedelta) -> str:
    size = abs(value)
    hours, rest = divmod(size.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    fraction = f".{size.microseconds:06}".rstrip("0") if size.microseconds else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{fraction}S" if seconds or fraction else ""
    parts = (f"{size.days}D" if size.days else "") + (f"T{clock}" if clock else "")
    return f"{'-' if value < ZERO else ''}P{parts or 'T0S'}"


def add_months(value: date, months: int) -> date:
    """The same day so many months on, or the month's last day where it has none such. Raises ValueError."""
    total = value.year * 12 + value.month - 1 + months
    year, month = divmod(total, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return value.replace(year=year, month=month + 1, day=min(value.day, monthrange(year, month + 1)[1]))


def add_duration(value: date, duration: timedelta) -> date:
    """A date or date and time so much later; in real time, whatever the clocks of its zone do meanwhile."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return value + duration
        return (value.astimezone(UTC) + duration).astimezone(value.tzinfo)
    return (datetime.combine(value, time()) + duration).date()


def add_to_time(value: time, duration: timedelta) -> time:
    """A time so much later, around midnight."""
    moved = datetime.combine(date(2000, 1, 2), value.replace(tzinfo=None)) + timedelta(seconds=duration.seconds)
    return (moved + timedelta(microseconds=duration.microseconds)).time().replace(tzinfo=value.tzinfo)


def time_offset(value: time | datetime) -> timedelta | None:
    """The distance from UTC; a time in a named zone has it as of 1 January 2000, None where there is no zone."""
    if isinstance(value, datetime) or value.tzinfo is None:
        return value.utcoffset()
    return value.tzinfo.utcoffset(datetime(2000, 1, 1))  # noqa: DTZ001 — asked of the zone itself


def since_midnight(value: time) -> timedelta:
    """A time as a duration since midnight, in UTC where it has a zone."""
    clock = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    return clock - (time_offset(value) or ZERO)


def moment(value: date) -> datetime:
    """A date as its midnight; a date and time as it is."""
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def difference(left: date, right: date) -> timedelta | None:
    """left - right in real time; a date's midnight is taken in UTC where the other has a zone (DMN 1.3 table 45).

    None where one date and time has a zone and the other has none.
    """
    first, second = moment(left), moment(right)
    if (first.tzinfo is None) != (second.tzinfo is None):
        if isinstance(left, datetime) and isinstance(right, datetime):
            return None
        first = first if first.tzinfo else first.replace(tzinfo=UTC)
        second = second if second.tzinfo else second.replace(tzinfo=UTC)
    if first.tzinfo is not None:
        first, second = first.astimezone(UTC), second.astimezone(UTC)
    return first - second


def months_between(start: date, end: date) -> YearsMonths:
    """The whole months from start to end, negative where end is earlier."""
    first, last = moment(start), moment(end)
    if last < first:
        return YearsMonths(-months_between(end, start).total)
    months = (last.year - first.year) * 12 + last.month - first.month
    ends_short = (last.day, last.time()) < (first.day, first.time())
    return YearsMonths(months - (1 if ends_short else 0))
