"""+, -, *, / and ** on numbers, texts, dates, times and durations (DMN 1.3 tables 44 to 48)."""

import pytest

from huiqian.feel.tests.asking import (
    UTC,
    Decimal,
    check,
    date,
    datetime,
    days,
    months,
    reasons,
    time,
    timedelta,
    timezone,
)

NUMBERS = [
    ("1 + 2", "3"),
    ("1 - 2", "-1"),
    ("2 * 3", "6"),
    ("7 / 2", "3.5"),
    ("2 ** 10", "1024"),
    ("2 ** -1", "0.5"),
    ("2 ** 0.5 * 2 ** 0.5 < 2.1", True),
    ("1 + 2 * 3", "7"),
    ("(1 + 2) * 3", "9"),
    ("10 - 4 - 3", "3"),
    ("100 / 10 / 2", "5"),
    ("2 * 3 ** 2", "18"),
    ("2 ** 3 ** 2", "64"),
    ("-2 ** 2", "4"),
    ("- (2 ** 2)", "-4"),
    ("1 - -1", "2"),
    ("1--1", "2"),
    ("0 ** 0", "1"),
    ("0.1 + 0.2 = 0.3", True),
    ("1 / 3", "0.3333333333333333333333333333333333"),
    ("2 / 3", "0.6666666666666666666666666666666667"),
    ("1e34 + 1", "1e34"),
    ("9999999999999999999999999999999999 + 1", "1e34"),
    ("1.10 + 2.20", "3.30"),
    ("0.1 * 3", "0.3"),
    ("12345678901234567890 * 98765432109876543210", "1219326311370217952237463801111264000000"),
    ("金额 * 2", "3601"),
    ("amount * rate", "120"),
    ("(-8) ** 3", "-512"),
    ("1e3000 * 1e3000", "1e6000"),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_numbers(text: str, expected: object) -> None:
    check(text, Decimal(expected) if isinstance(expected, str) else expected)


HALF_EVEN = [
    # The 35th digit is exactly a half: the 34th becomes even.
    ("10000000000000000000000000000000005 * 1", "10000000000000000000000000000000000"),
    ("10000000000000000000000000000000015 * 1", "10000000000000000000000000000000020"),
    ("1000000000000000000000000000000001 + 0.5", "1000000000000000000000000000000002"),
    ("1000000000000000000000000000000002 + 0.5", "1000000000000000000000000000000002"),
]


@pytest.mark.parametrize(("text", "expected"), HALF_EVEN)
def test_rounds_half_to_even(text: str, expected: str) -> None:
    check(text, Decimal(expected))


EAST = timezone(timedelta(hours=8))
MOMENTS = [
    ('"会" + "签"', "会签"),
    ('"" + ""', ""),
    ('@"2026-01-31" + @"P1M"', date(2026, 2, 28)),
    ('@"2024-01-31" + @"P1M"', date(2024, 2, 29)),
    ('@"2026-03-31" - @"P1M"', date(2026, 2, 28)),
    ('@"2026-01-01" + @"P1Y2M"', date(2027, 3, 1)),
    ('@"P1M" + @"2026-01-15"', date(2026, 2, 15)),
    ('@"2024-02-29" + @"P1Y"', date(2025, 2, 28)),
    ('@"2026-01-01" + @"P1D"', date(2026, 1, 2)),
    ('@"P1D" + @"2026-02-28"', date(2026, 3, 1)),
    ('@"2026-01-01" - @"P1D"', date(2025, 12, 31)),
    ('@"2026-01-02" - @"2026-01-01"', days(1)),
    ('@"2026-01-01" - @"2026-01-02"', days(-1)),
    ('day - @"2026-03-20"', days(6)),
    ('@"2026-01-01T10:00:00" + @"PT90M"', datetime(2026, 1, 1, 11, 30)),
    ('@"2026-01-01T10:00:00" - @"P1M"', datetime(2025, 12, 1, 10)),
    ('@"2026-01-01T10:00:00Z" - @"2026-01-01T10:00:00+08:00"', days(hours=8)),
    ('@"2026-01-01T10:00:00" - @"2026-01-01T09:59:59.5"', days(seconds=0.5)),
    ('@"2026-01-01T10:00:00+08:00" + @"PT1H"', datetime(2026, 1, 1, 11, tzinfo=EAST)),
    ('@"10:00:00" + @"PT30M"', time(10, 30)),
    ('@"23:30:00" + @"PT1H"', time(0, 30)),
    ('@"00:30:00" - @"PT1H"', time(23, 30)),
    ('@"10:00:00Z" + @"PT1H"', time(11, tzinfo=UTC)),
    ('@"PT1H" + @"10:00:00"', time(11)),
    ('@"10:30:00" - @"10:00:00"', days(minutes=30)),
    ('@"10:00:00+08:00" - @"10:00:00Z"', days(hours=-8)),
    ('@"P1D" + @"PT12H"', days(1.5)),
    ('@"P1D" - @"PT12H"', days(0.5)),
    ('@"P1Y" + @"P2M"', months(14)),
    ('@"P1Y" - @"P14M"', months(-2)),
    ('@"P1D" * 1.5', days(1.5)),
    ('3 * @"PT20M"', days(hours=1)),
    ('@"P1D" / 4', days(hours=6)),
    ('@"P1D" / @"PT6H"', Decimal(4)),
    ('@"P1Y" * 2', months(24)),
    ('0.5 * @"P1Y"', months(6)),
    ('@"P1Y" / 5', months(2)),
    ('@"P1Y" / @"P4M"', Decimal(3)),
    ('-@"P1D"', days(-1)),
    ('-@"P1Y"', months(-12)),
    ('@"P1D" - @"P1D"', days(0)),
    ('@"2026-01-05T00:00:00Z" - @"2026-01-04"', days(1)),
    ('@"2026-01-05" - @"2026-01-04T12:00:00"', days(0.5)),
]


@pytest.mark.parametrize(("text", "expected"), MOMENTS)
def test_moments_and_durations(text: str, expected: object) -> None:
    check(text, expected)


def test_real_time_passes_across_a_change_of_clocks() -> None:
    check('@"2026-03-29T01:30:00@Europe/Berlin" + @"PT1H" = @"2026-03-29T03:30:00+02:00"', True)


UNDEFINED = [
    '1 + "a"',
    '"a" - "b"',
    '"a" * 2',
    "true + 1",
    "[1] + [2, 3]",
    "{} + 1",
    '@"P1D" + @"P1M"',
    '@"2026-01-01" + @"2026-01-01"',
    '@"10:00:00" + @"P1M"',
    '1 - @"P1D"',
    '@"P1D" * @"P1D"',
    '2 / @"P1D"',
    "-true",
    '-"a"',
    '@"10:00:00" - @"10:00:00Z"',
    '@"2026-01-01T10:00:00" - @"2026-01-01T10:00:00Z"',
    '"a" ** 2',
    "(function(x) x) + 1",
]


@pytest.mark.parametrize("text", UNDEFINED)
def test_undefined_is_null_with_a_reason(text: str) -> None:
    check(text, None)
    assert reasons(text) == ["operands"]


@pytest.mark.parametrize(
    "text", ["1 + null", "null - 1", "null * null", "nothing / 2", "2 ** nothing", "-nothing", 'null + "a"']
)
def test_null_stays_null(text: str) -> None:
    check(text, None)


@pytest.mark.parametrize(
    "text", ["1 / 0", "0 / 0", "1 / (1 - 1)", '@"P1D" / 0', '@"P1Y" / 0', '@"P1D" / @"PT0S"', "0 ** -1"]
)
def test_division_by_zero(text: str) -> None:
    check(text, None)
    assert reasons(text) in (["division"], ["overflow"])


@pytest.mark.parametrize(
    "text",
    [
        "1e6000 * 1e6000",
        "10 ** 10000",
        "(-2) ** 0.5",
        '@"9999-12-31" + @"P1D"',
        '@"0001-01-01" - @"P1M"',
        '@"P999999999D" * 1000',
        '@"P900000000Y" * 1000000',
        '@"9999-12-31T23:59:59" + @"PT1S"',
        "2 ** 1e30",
        "-(1e6144 * 10)",
    ],
)
def test_out_of_range_is_null_with_a_reason(text: str) -> None:
    check(text, None)
    assert reasons(text)[:1] == ["overflow"]
