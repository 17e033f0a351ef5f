"""Makers of dates, times and durations (DMN 1.3 §10.3.4.1), the calendar (§10.3.4.7, §10.3.4.8)."""

import pytest

from huiqian.feel.tests.asking import NOW, UTC, check, date, datetime, days, months, time, timedelta, timezone

EAST = timezone(timedelta(hours=8))
CASES = [
    ('date("2026-03-01")', date(2026, 3, 1)),
    ("date(2026, 3, 1)", date(2026, 3, 1)),
    ("date(year: 2026, month: 3, day: 1)", date(2026, 3, 1)),
    ('date(@"2026-03-01T10:00:00")', date(2026, 3, 1)),
    ('date(@"2026-03-01")', date(2026, 3, 1)),
    ('date(date and time("2026-03-01T23:59:59+08:00"))', date(2026, 3, 1)),
    ('date(from: "2026-03-01")', date(2026, 3, 1)),
    ('date("2026-02-29")', None),
    ("date(2026, 13, 1)", None),
    ("date(2026, 2, 29)", None),
    ("date(null)", None),
    ('date("x")', None),
    ("date(1)", None),
    ("date(2026.5, 1, 1)", None),
    ('time("10:15:00")', time(10, 15)),
    ('time("10:15:00Z")', time(10, 15, tzinfo=UTC)),
    ('time("10:15:00+08:00")', time(10, 15, tzinfo=EAST)),
    ("time(10, 15, 0)", time(10, 15)),
    ("time(10, 15, 30.5)", time(10, 15, 30, 500_000)),
    ('time(10, 15, 0, duration("PT8H"))', time(10, 15, tzinfo=EAST)),
    ("time(10, 15, 0, null)", time(10, 15)),
    ('time(@"2026-03-01T10:15:00+08:00")', time(10, 15, tzinfo=EAST)),
    ('time(@"2026-03-01")', time(0, 0, tzinfo=UTC)),
    ('time("00:00:00")', time(0)),
    ("time(24, 0, 0)", None),
    ("time(0, 60, 0)", None),
    ("time(0, 0, 60)", None),
    ("time(0, 0, -1)", None),
    ('time("x")', None),
    ("time(null)", None),
    ('time("25:00:00")', None),
    ('time(10, 15, 0, duration("PT20H"))', None),
    ('date and time("2026-03-01T10:15:00")', datetime(2026, 3, 1, 10, 15)),
    ('date and time("2026-03-01T10:15:00+08:00")', datetime(2026, 3, 1, 10, 15, tzinfo=EAST)),
    ('date and time(date("2026-03-01"), time("10:15:00"))', datetime(2026, 3, 1, 10, 15)),
    ('date and time(@"2026-03-01T09:00:00", @"10:15:00Z")', datetime(2026, 3, 1, 10, 15, tzinfo=UTC)),
    ('date and time("2026-03-01")', datetime(2026, 3, 1)),
    ('date and time(from: "2026-03-01T00:00:00")', datetime(2026, 3, 1)),
    ('date and time("2026-03-01T25:00:00")', None),
    ("date and time(null)", None),
    ('date and time("x")', None),
    ('date and time(date: @"2026-03-01", time: @"10:15:00")', datetime(2026, 3, 1, 10, 15)),
    ('duration("P1DT2H")', days(1, hours=2)),
    ('duration("P1Y6M")', months(18)),
    ('duration("-PT5M")', days(minutes=-5)),
    ('duration("PT0S")', days(0)),
    ('duration("x")', None),
    ("duration(null)", None),
    ('duration("P1Y1D")', None),
    ('duration(from: "P1D")', days(1)),
    ('years and months duration(@"2011-12-22", @"2013-08-24")', months(20)),
    ('years and months duration(@"2013-08-24", @"2011-12-22")', months(-20)),
    ('years and months duration(@"2025-01-31", @"2026-03-01")', months(13)),
    ('years and months duration(@"2026-01-01", @"2026-01-01")', months(0)),
    ('years and months duration(from: @"2026-01-15", to: @"2026-02-14")', months(0)),
    ('years and months duration(null, @"2026-01-01")', None),
    ('years and months duration(@"2026-01-15T10:00:00", @"2026-02-15T09:00:00")', months(0)),
    ("now()", NOW),
    ("today()", date(2026, 3, 26)),
    ("now() = now()", True),
    ('today() - @"2026-03-20"', days(6)),
    ("today().month", 3),
    ("now(1)", None),
    ("day of week(date(2019, 9, 17))", "Tuesday"),
    ("day of week(today())", "Thursday"),
    ("day of year(date(2019, 9, 17))", 260),
    ('day of year(@"2024-12-31")', 366),
    ("month of year(date(2019, 9, 17))", "September"),
    ("week of year(date(2019, 9, 17))", 38),
    ("week of year(date(2003, 12, 29))", 1),
    ("week of year(date(2004, 1, 4))", 1),
    ("week of year(date(2005, 1, 1))", 53),
    ("week of year(date(2005, 1, 3))", 1),
    ("day of week(null)", None),
    ('day of week(@"2026-03-26T23:00:00")', "Thursday"),
    ('day of week("2026-03-26")', None),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_function(text: str, expected: object) -> None:
    check(text, expected)


def test_without_a_clock_handed_in_now_is_now() -> None:
    from huiqian.feel import compile_expression

    before = datetime.now(UTC)
    found = compile_expression("now()").evaluate({})
    assert isinstance(found, datetime)
    assert before <= found <= datetime.now(UTC)
