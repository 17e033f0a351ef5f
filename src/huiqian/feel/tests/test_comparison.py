"""=, !=, <, between, in, instance of (DMN 1.3 tables 42, 43 and 49)."""

import pytest

from huiqian.feel.tests.asking import check, reasons

ORDERED = [  # each less than the next
    ("1", "2"),
    ("-1", "0"),
    ("1.5", "1.50001"),
    ('"a"', '"b"'),
    ('"A"', '"a"'),
    ('"a"', '"aa"'),
    ('@"2026-01-01"', '@"2026-01-02"'),
    ('@"10:00:00"', '@"10:00:01"'),
    ('@"10:00:00+08:00"', '@"10:00:00Z"'),
    ('@"2026-01-01T00:00:00"', '@"2026-01-01T00:00:01"'),
    ('@"2026-01-01T10:00:00+08:00"', '@"2026-01-01T10:00:00Z"'),
    ('@"P1D"', '@"PT25H"'),
    ('@"P11M"', '@"P1Y"'),
    ('@"-P1D"', '@"P0D"'),
]
SIGNS = [
    ("<", True, False, False),
    ("<=", True, True, False),
    (">", False, False, True),
    (">=", False, True, True),
    ("=", False, True, False),
    ("!=", True, False, True),
]


@pytest.mark.parametrize(("less", "more"), ORDERED)
@pytest.mark.parametrize(("sign", "below", "same", "above"), SIGNS)
def test_order(less: str, more: str, sign: str, below: bool, same: bool, above: bool) -> None:
    check(f"{less} {sign} {more}", below)
    check(f"{less} {sign} {less}", same)
    check(f"{more} {sign} {less}", above)


EQUAL = [
    ("1 = 1.0", True),
    ("1 = 2", False),
    ("null = null", True),
    ("null != null", False),
    ("1 = null", False),
    ("null = 1", False),
    ("1 != null", True),
    ("true = true", True),
    ("true != false", True),
    ("[1, 2] = [1, 2]", True),
    ("[1, 2] = [2, 1]", False),
    ("[] = []", True),
    ("[1] = [1, 2]", False),
    ("{a: 1} = {a: 1}", True),
    ("{a: 1, b: 2} = {b: 2, a: 1}", True),
    ("{a: 1} = {a: 2}", False),
    ("{a: 1} = {b: 1}", False),
    ("{} = {}", True),
    ("[1..2] = [1..2]", True),
    ("[1..2] = [1..2)", False),
    ("[null] = [null]", True),
    ("{a: [1, {b: 2}]} = {a: [1, {b: 2}]}", True),
    ('@"10:00:00" = @"10:00:00Z"', False),
    ('@"10:00:00+08:00" = @"02:00:00Z"', True),
    ('@"P1D" = @"PT24H"', True),
    ('@"P12M" = @"P1Y"', True),
    ('@"2026-01-01T10:00:00+08:00" = @"2026-01-01T02:00:00Z"', True),
    ('@"2026-01-01T10:00:00" = @"2026-01-01T10:00:00Z"', False),
    ("nothing = null", True),
    ('部门 = "市场部"', True),
    ("numbers = [1, 2, 3]", True),
    ("[1, [2]] != [1, [3]]", True),
]


@pytest.mark.parametrize(("text", "expected"), EQUAL)
def test_equality(text: str, expected: bool) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    "text",
    [
        '1 = "1"',
        'true = "true"',
        "1 = true",
        '@"2026-01-01" = "2026-01-01"',
        "{} = []",
        '@"P1D" = @"P1M"',
        '1 < "2"',
        "true < false",
        "[1] < [2]",
        "{} < {}",
        '@"10:00:00" < @"10:00:00Z"',
        '@"2026-01-01" < @"10:00:00"',
        '@"P1D" < @"P1M"',
        '1 != "1"',
        "[1..2] < [2..3]",
    ],
)
def test_what_cannot_be_compared_is_null_with_a_reason(text: str) -> None:
    check(text, None)
    assert reasons(text) == ["operands"]


@pytest.mark.parametrize(
    "text",
    [
        "1 < null",
        "null >= 1",
        "null < null",
        "nothing > 3",
        "1 between null and 3",
        "null in [1..3]",
        "null between 1 and 2",
    ],
)
def test_order_with_null_is_null(text: str) -> None:
    check(text, None)


BETWEEN = [
    ("1 between 1 and 3", True),
    ("3 between 1 and 3", True),
    ("2 between 1 and 3", True),
    ("0 between 1 and 3", False),
    ("4 between 1 and 3", False),
    ("2 between 3 and 1", False),
    ('"b" between "a" and "c"', True),
    ('day between @"2026-01-01" and @"2026-12-31"', True),
    ("1 between 0 and 2 and true", True),
    ("1 between 0 and 2 and false", False),
    ("1 + 1 between 1 + 0 and 1 * 3", True),
    ('1 between "a" and 2', None),
]


@pytest.mark.parametrize(("text", "expected"), BETWEEN)
def test_between(text: str, expected: object) -> None:
    check(text, expected)


IN = [
    ("1 in [1..3]", True),
    ("3 in [1..3]", True),
    ("1 in (1..3)", False),
    ("3 in (1..3)", False),
    ("2 in (1..3)", True),
    ("1 in ]1..3]", False),
    ("3 in [1..3[", False),
    ("1 in [1..3[", True),
    ("3 in ]1..3]", True),
    ("0 in [1..3]", False),
    ("1 in < 2", True),
    ("2 in < 2", False),
    ("2 in <= 2", True),
    ("3 in > 2", True),
    ("2 in >= 2", True),
    ("1 in (< 2, > 5)", True),
    ("6 in (< 2, > 5)", True),
    ("3 in (< 2, > 5)", False),
    ("1 in (1, 2)", True),
    ("3 in (1, 2)", False),
    ("1 in [1, 2]", True),
    ("3 in [1, 2]", False),
    ("1 in 1", True),
    ("1 in 2", False),
    ('"a" in "a"', True),
    ("1 in ([0..2], 7)", True),
    ("7 in ([0..2], 7)", True),
    ("5 in ([0..2], 7)", False),
    ('部门 in ("市场部", "销售部")', True),
    ("2 in numbers", True),
    ("9 in numbers", False),
    ("5 in [[1..3], [5..6]]", True),
    ('day in [@"2026-03-01"..@"2026-03-31"]', True),
    ('day in > @"2026-12-31"', False),
    ("null in [1, null]", True),
    ("null in (null)", True),
    ('"x" in []', False),
    ('@"10:00:00" in [@"09:00:00"..@"12:00:00"]', True),
    ("not(1 in [2..3])", True),
    ("[1] in [[1], [2]]", True),
    ("[1, 2, 3] in [[1, 2, 3, 4], [1, 2, 3]]", True),
    ("[1, 2, 3] in ([[1, 2, 3, 4]], [[1, 2, 3]])", True),
    ("[1, 2, 3] in ([1, 2, 3, 4], [1, 2, 3])", True),
    ("[1, 2, 3] in [1, 2, 3]", True),
    ("[1, 2] in [1, 2, 3]", False),
    ('{a: "x"} in [{b: "y"}, {a: "x"}]', True),
    ("amount in [1000..2000)", True),
]


@pytest.mark.parametrize(("text", "expected"), IN)
def test_in(text: str, expected: bool) -> None:
    check(text, expected)


@pytest.mark.parametrize("text", ['"a" in [1..3]', "true in < 3"])
def test_in_a_range_of_another_kind_is_null(text: str) -> None:
    check(text, None)


TYPES = [
    ("1", "number"),
    ('"a"', "string"),
    ("true", "boolean"),
    ('@"2026-01-01"', "date"),
    ('@"10:00:00"', "time"),
    ('@"2026-01-01T10:00:00"', "date and time"),
    ('@"P1D"', "days and time duration"),
    ('@"P1M"', "years and months duration"),
    ("[1]", "list<number>"),
    ('["a"]', "list<string>"),
    ("{a: 1}", "context<a: number>"),
    ("[1..2]", "range<number>"),
    ("{a: 1, b: 2}", "context<a: number>"),
    ("[[1]]", "list<list<number>>"),
    ("[1, null]", "list<number>"),
]


@pytest.mark.parametrize(("text", "type_name"), TYPES)
@pytest.mark.parametrize("other", [type_name for _, type_name in TYPES])
def test_instance_of(text: str, type_name: str, other: str) -> None:
    alike = {frozenset({"[1]", "list<number>"}), frozenset({"[1, null]", "list<number>"})}
    expected = other == type_name or frozenset({text, other}) in alike
    check(f"{text} instance of {other}", expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 instance of Any", True),
        ("null instance of Any", False),
        ("null instance of number", False),
        ("null instance of Null", True),
        ("[] instance of list<number>", True),
        ("[1] instance of list", True),
        ("{} instance of context", True),
        ('[1, "a"] instance of list<number>', False),
        ("(function(x) x) instance of function", True),
        ("1 instance of number and true", True),
        ("not(1 instance of string)", True),
    ],
)
def test_instance_of_wide_types(text: str, expected: bool) -> None:
    check(text, expected)
