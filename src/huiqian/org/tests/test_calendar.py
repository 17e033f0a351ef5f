"""Working time in China."""

from datetime import UTC, date, datetime

import pytest

from huiqian.base.actors import SYSTEM
from huiqian.base.clock import COMPANY_ZONE
from huiqian.org.commands import seed_calendar
from huiqian.org.queries import roster
from huiqian.org.rules import Calendar

# 2026: National Day 1–7 October (Thu–Wed), make-up workdays on 20 September (Sun) and 10 October (Sat).
SPECIAL = {date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 9, 20): True, date(2026, 10, 10): True}


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=COMPANY_ZONE)


@pytest.mark.parametrize(
    ("start", "duration", "due"),
    [
        (at(9, 14, 10), "PT2H", at(9, 14, 12)),
        (at(9, 14, 11), "PT2H", at(9, 14, 14)),  # lunch does not count
        (at(9, 14, 10), "P1D", at(9, 15, 10)),
        (at(9, 14, 17), "PT2H", at(9, 15, 10)),
        (at(9, 18, 17), "PT2H", at(9, 20, 10)),  # Friday evening: the Sunday is worked
        (at(9, 12, 11), "P1D", at(9, 15, 9)),  # a Saturday counts from Monday 9:00
        (at(9, 30, 16), "P2D", at(10, 9, 16)),  # over the holiday
        (at(9, 30, 16), "P3D", at(10, 10, 16)),  # the make-up Saturday is worked
        (at(9, 14, 20), "PT1H", at(9, 15, 10)),
        (at(9, 14, 9), "P1W", at(9, 20, 9)),  # five working days, the make-up Sunday among them
    ],
)
def test_deadlines_count_working_time(start: datetime, duration: str, due: datetime) -> None:
    assert Calendar(SPECIAL).due(start, duration) == due


@pytest.mark.parametrize("wrong", ["", "P", "PT", "2D", "P1Y", "P1M", "PT1S"])
def test_other_formats_are_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        Calendar().due(at(9, 14, 9), wrong)


@pytest.mark.parametrize(
    ("said", "due"),
    [
        (date(2026, 9, 18), at(9, 18, 18)),  # a day lasts until its end of work
        (date(2026, 9, 19), at(9, 19, 18)),  # a rest day that somebody chose stays that day
        (date(2026, 9, 11), at(9, 16, 10)),  # a day that is over: the usual time
        (at(9, 15, 11), at(9, 15, 11)),
        ("PT4H", at(9, 14, 15)),
        ("soon", at(9, 16, 10)),
        (None, at(9, 16, 10)),
    ],
)
def test_what_is_said_comes_before_the_usual_time(said: object, due: datetime) -> None:
    assert Calendar(SPECIAL).due_by(at(9, 14, 10), said, "P2D") == due
    assert Calendar(SPECIAL).due_by(at(9, 14, 10), None, "") is None


@pytest.mark.django_db
def test_china_s_calendar_is_seeded_and_kept() -> None:
    seed_calendar(SYSTEM, range(2026, 2027))
    assert seed_calendar(SYSTEM, range(2026, 2027)) == 0
    calendar = roster().calendar
    assert not calendar.works(date(2026, 10, 1))
    assert calendar.next_workday(date(2026, 10, 1)) == date(2026, 10, 8)
    assert calendar.works(date(2026, 10, 10))


@pytest.mark.parametrize(
    ("moment", "began"),
    [
        (at(9, 14, 9), at(9, 14, 9)),
        (at(9, 14, 23, 59), at(9, 14, 9)),
        (at(9, 14, 8, 59), None),
        (at(9, 19, 12), None),  # a Saturday
        (at(9, 20, 12), at(9, 20, 9)),  # the Sunday that is worked
        (at(10, 1, 12), None),
    ],
)
def test_when_the_days_work_began(moment: datetime, began: datetime | None) -> None:
    assert Calendar(SPECIAL).work_began(moment) == began
    assert Calendar(SPECIAL).work_began(moment.astimezone(UTC)) == began
