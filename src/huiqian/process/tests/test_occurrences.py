"""Turns of schedules: month ends, leap years, weeks, the very moment."""

from datetime import date, datetime, time

import pytest

from huiqian.base.clock import COMPANY_ZONE
from huiqian.process.occurrences import Rhythm

NINE = time(9)


def at(*moment: int) -> datetime:
    """A moment in Shanghai."""
    return datetime(*moment, tzinfo=COMPANY_ZONE)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("rhythm", "since", "days"),
    [
        (
            Rhythm("monthly", 31, NINE),
            at(2027, 12, 31, 9),
            [(2028, 1, 31), (2028, 2, 29), (2028, 3, 31), (2028, 4, 30)],
        ),
        (Rhythm("monthly", 26, NINE), at(2026, 11, 26, 8, 59), [(2026, 11, 26), (2026, 12, 26), (2027, 1, 26)]),
        (Rhythm("weekly", 1, NINE), at(2026, 11, 30, 9), [(2026, 12, 7), (2026, 12, 14)]),
        (Rhythm("yearly", 29, NINE, 2), at(2026, 1, 1), [(2026, 2, 28), (2027, 2, 28), (2028, 2, 29)]),
    ],
)
def test_the_days_on_which_it_comes(rhythm: Rhythm, since: datetime, days: list[tuple[int, int, int]]) -> None:
    found = rhythm.coming(since, len(days))
    assert [moment.date() for moment in found] == [date(*day) for day in days]
    assert {moment.time() for moment in found} == {NINE}


def test_of_many_missed_the_latest_are_taken_up() -> None:
    rhythm = Rhythm("monthly", 26, NINE)
    assert rhythm.missed(at(2024, 1, 26, 9), at(2026, 6, 1), 12) == at(2025, 6, 26, 9)
    assert rhythm.missed(at(2026, 5, 26, 9), at(2026, 6, 1), 12) == at(2026, 5, 26, 9)
