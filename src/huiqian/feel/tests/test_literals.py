"""Literals, names and comments."""

import pytest

from huiqian.feel import Range, literal
from huiqian.feel.tests.asking import (
    UTC,
    Decimal,
    check,
    date,
    datetime,
    days,
    months,
    refusal,
    time,
    timedelta,
    timezone,
    value,
)

NUMBERS = [
    ("0", "0"),
    ("1", "1"),
    ("007", "7"),
    ("1.50", "1.50"),
    (".5", "0.5"),
    ("-3", "-3"),
    ("- 3", "-3"),
    ("--3", "3"),
    ("1e3", "1000"),
    ("1E+3", "1000"),
    ("25e-2", "0.25"),
    ("9999999999999999999999999999999999", "9" * 34),
    ("12345678901234567890123456789012345", "12345678901234567890123456789012340"),
    ("0.1 + 0.2", "0.3"),
    ("1e6144", "1e6144"),
    ("1e-6143", "1e-6143"),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_number(text: str, expected: str) -> None:
    check(text, Decimal(expected))


TEXTS = [
    ('""', ""),
    ('"a"', "a"),
    ('"会签"', "会签"),
    (r'"a\"b"', 'a"b'),
    (r'"a\\b"', "a\\b"),
    (r'"a\nb\tc\rd"', "a\nb\tc\rd"),
    (r'"\u4f1a"', "会"),
    (r'"\U01F600"', "😀"),
    (r'"\uD83D\uDE00"', "😀"),
    (r'"it\'s"', "it's"),
    ('"// no comment"', "// no comment"),
    ('"/* nor this */"', "/* nor this */"),
    ('"😀"', "😀"),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_text(text: str, expected: str) -> None:
    check(text, expected)


@pytest.mark.parametrize(("text", "expected"), [("true", True), ("false", False), ("null", None)])
def test_constant(text: str, expected: object) -> None:
    check(text, expected)


MOMENTS = [
    ('@"2026-02-28"', date(2026, 2, 28)),
    ('@"2024-02-29"', date(2024, 2, 29)),
    ('@"0001-01-01"', date(1, 1, 1)),
    ('@"10:15:00"', time(10, 15)),
    ('@"10:15:00.25"', time(10, 15, 0, 250_000)),
    ('@"10:15:00Z"', time(10, 15, tzinfo=UTC)),
    ('@"10:15:00+08:00"', time(10, 15, tzinfo=timezone(timedelta(hours=8)))),
    ('@"10:15:00-03:30"', time(10, 15, tzinfo=timezone(-timedelta(hours=3, minutes=30)))),
    ('@"2026-02-28T10:15:00"', datetime(2026, 2, 28, 10, 15)),
    ('@"2026-02-28T10:15:00+08:00"', datetime(2026, 2, 28, 10, 15, tzinfo=timezone(timedelta(hours=8)))),
    ('@"P1D"', days(1)),
    ('@"P1DT2H3M4.5S"', days(1, hours=2, minutes=3, seconds=4.5)),
    ('@"PT36H"', days(1.5)),
    ('@"-PT5S"', days(seconds=-5)),
    ('@"P1Y"', months(12)),
    ('@"P2Y6M"', months(30)),
    ('@"-P3M"', months(-3)),
    ('@"P0M"', months(0)),
]


@pytest.mark.parametrize(("text", "expected"), MOMENTS)
def test_moment(text: str, expected: object) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "x",
        "2026-02-29",
        "2026-13-01",
        "26-01-01",
        "2026-1-1",
        "24:01:00",
        "10:60:00",
        "10:15",
        "10:15:00+15:00",
        "P",
        "PT",
        "P1",
        "1D",
        "P1YT1H",
        "P1Y1D",
        "PT1.5H",
        "2026-01-01T",
        "2026-01-01T10:15",
        "10:15:00@Nowhere/City",
    ],
)
def test_no_moment(inside: str) -> None:
    error = refusal(f'@"{inside}"')
    assert (error.code, error.line, error.column) == ("at_literal", 1, 1)


def test_a_named_zone_knows_its_summer_time() -> None:
    assert value('@"2026-07-01T12:00:00@Europe/Berlin" - @"2026-01-01T12:00:00@Europe/Berlin"') == days(181, hours=-1)


NAMES = [
    ("金额", Decimal("1800.50")),
    ("部门", "市场部"),
    ("amount", 1200),
    ("rate", Decimal("0.1")),
    ("done", True),
    ("nothing", None),
    ("customer.name", "李雷"),
    ("customer.address.city", "上海"),
    ("customer . address\n.city", "上海"),
    ("numbers", [1, 2, 3]),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_name(text: str, expected: object) -> None:
    check(text, expected)


def test_names_with_spaces_and_signs_where_they_are_declared() -> None:
    variables = {"unit price": 3, "net - gross": 4, "total": {"per month": 5}, "价格 (含税)": 6}
    names = ("unit price", "net - gross", "total.per month", "价格 (含税)")
    assert value("unit price + net - gross + total.per month + 价格 (含税)", variables, names) == 18
    assert value("unit   price * 2", variables, names) == 6


def test_a_longer_name_goes_before_a_shorter_one() -> None:
    assert (
        value("net price after tax", {"net price": 1, "net price after tax": 2}, ("net price", "net price after tax"))
        == 2
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a + b", {"a", "b"}),
        ("a.b.c", {"a"}),
        ("for x in xs return x + y", {"xs", "y"}),
        ("count(xs)", {"xs"}),
        ("{a: b, c: a}.c", {"b"}),
        ("function(x) x + y", {"y"}),
        ("some x in xs satisfies x > y", {"xs", "y"}),
        ("1 + 2", set()),
        ("金额 > 限额", {"金额", "限额"}),
        ("if a then b else c", {"a", "b", "c"}),
        ("f(a)", {"f", "a"}),
    ],
)
def test_free_names(text: str, names: set[str]) -> None:
    from huiqian.feel import compile_expression

    assert compile_expression(text).names == names


def test_names_in_a_filter_may_come_from_the_items_or_from_outside() -> None:
    from huiqian.feel import compile_expression

    assert {"rows", "limit"} <= compile_expression("rows[price > limit]").names


@pytest.mark.parametrize(
    "text",
    [
        "1 // one\n + 2",
        "1 /* one */ + 2",
        "/* a\nb */ 1 + 2",
        "1 + 2 // end",
        "1\n+\n2",
        "\t1 + 2\u3000",
        "1/* * / */+ 2",
    ],
)
def test_comments_and_white_space(text: str) -> None:
    check(text, 3)


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        (1, Decimal(1)),
        (0.1, Decimal("0.1")),
        (1e300, Decimal("1E+300")),
        (float("nan"), None),
        (float("inf"), None),
        (Decimal("NaN"), None),
        (Decimal("1.10"), Decimal("1.10")),
        ((1, 2), [1, 2]),
        (True, True),
        ("x", "x"),
        (None, None),
        ([0.1, [0.2]], [Decimal("0.1"), [Decimal("0.2")]]),
        ({"a": 0.1}, {"a": Decimal("0.1")}),
    ],
)
def test_values_from_outside(given: object, seen: object) -> None:
    from huiqian.feel.tests.asking import plain

    assert plain(value("x", {"x": given})) == plain(seen)


def test_a_value_of_an_unknown_kind_is_refused() -> None:
    from huiqian.feel import ExpressionError

    with pytest.raises(ExpressionError) as told:
        value("x", {"x": object()})
    assert told.value.code == "value"


LITERALS = [
    None,
    True,
    False,
    Decimal("1.50"),
    Decimal("-3"),
    Decimal("1E+50"),
    'a"b\\c\n',
    "会签",
    date(2026, 2, 28),
    time(10, 15, 0, 5),
    datetime(2026, 2, 28, 10, 15, tzinfo=UTC),
    days(1, seconds=-1),
    days(-3),
    months(-15),
    [Decimal(1), "x", None],
    {"a b": Decimal(1), "c": {"d": []}},
]


@pytest.mark.parametrize("given", LITERALS, ids=repr)
def test_a_literal_reads_back(given: object) -> None:
    check(literal(given), given)


RANGES = [
    (Range(Decimal(1), Decimal(5)), "[1..5]"),
    (Range(Decimal(1), Decimal(5), False, False), "(1..5)"),
    (Range(None, Decimal(5), False, False), "< 5"),
    (Range(None, Decimal(5), False, True), "<= 5"),
    (Range(Decimal(5), None, False, False), "> 5"),
    (Range(Decimal(5), None, True, False), ">= 5"),
    (Range(date(2026, 1, 1), date(2026, 1, 31), True, False), '[@"2026-01-01"..@"2026-01-31")'),
]


@pytest.mark.parametrize(("given", "text"), RANGES)
def test_a_range_is_written_as_a_test(given: Range, text: str) -> None:
    assert literal(given) == text
    ends = [end for end in (given.low, given.high) if end is not None]
    for end in ends:
        closed = given.low_closed if end == given.low else given.high_closed
        assert value(f"x in {text}", {"x": end}) is closed
