"""The calendar (DMN 1.3 §10.3.4.7 and §10.3.4.8): now, today, and a date's place in year, month and week."""

from datetime import UTC, date, datetime
from typing import Final

from huiqian.feel.functions.registry import built_in
from huiqian.feel.running import Run

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@built_in("now()")
def now(run: Run) -> datetime:
    """The moment of the evaluation, with its zone; the same throughout one evaluation."""
    if run.now is None:
        run.now = datetime.now(UTC)
    return run.now


@built_in("today()")
def today(run: Run) -> date:
    """The date of now()."""
    return now(run).date()


@built_in("day of week(date: date and time|date)")
def day_of_week(_run: Run, day: date) -> str:
    """day of week(date(2019, 9, 17)) = "Tuesday"."""
    return DAYS[day.weekday()]


@built_in("month of year(date: date and time|date)")
def month_of_year(_run: Run, day: date) -> str:
    """month of year(date(2019, 9, 17)) = "September"."""
    return MONTHS[day.month - 1]


@built_in("day of year(date: date and time|date)")
def day_of_year(_run: Run, day: date) -> int:
    """day of year(date(2019, 9, 17)) = 260."""
    return day.timetuple().tm_yday


@built_in("week of year(date: date and time|date)")
def week_of_year(_run: Run, day: date) -> int:
    """The week by ISO 8601: week of year(date(2005, 1, 1)) = 53."""
    return day.isocalendar().week
