"""for, some, every (DMN 1.3 §10.3.2.14), and functions (§10.3.2.13)."""

import pytest

from huiqian.feel.tests.asking import Decimal, check, reasons

LOOPS = [
    ("for x in [1, 2, 3] return x * 2", [2, 4, 6]),
    ("for x in [] return x", []),
    ("for x in 1..3 return x", [1, 2, 3]),
    ("for x in 3..1 return x", [3, 2, 1]),
    ("for x in 2..2 return x", [2]),
    ("for x in -1..1 return x", [-1, 0, 1]),
    ("for x in [1..3] return x", [1, 2, 3]),
    ("for x in (1..4) return x", [2, 3]),
    ("for x in 5 return x", [5]),
    ("for x in [1, 2], y in [10, 20] return x + y", [11, 21, 12, 22]),
    ("for x in [[1, 2], [3]], y in x return y", [1, 2, 3]),
    ("for x in 1..3, y in 1..x return y", [1, 1, 2, 1, 2, 3]),
    ("for row in rows return row.quantity", [4, 1, 2]),
    ("for 行 in rows return 行.item", ["差旅费", "礼品", "印刷"]),
    ("sum(for r in rows[price != null] return r.price * r.quantity)", Decimal("149.9")),
    ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", [1, 1, 2, 6, 24]),
    ("for x in numbers return for y in numbers return x * y", [[1, 2, 3], [2, 4, 6], [3, 6, 9]]),
    ("for the row in rows return the row.quantity", [4, 1, 2]),
    ("count(for x in 1..100 return x)", 100),
    ('for d in [@"2026-02-27"..@"2026-03-01"] return d.day', [27, 28, 1]),
    ('for d in @"2026-03-01"..@"2026-02-28" return d.day', [1, 28]),
    ('for d in (@"2026-02-27"..@"2026-03-01") return d.day', [28]),
    ("for i in 1..3 return partial", [[], [[]], [[], [[]]]]),
    ("for x in [1, null] return x", [1, None]),
    ("for amount in [1] return amount", [1]),
]
QUANTIFIED = [
    ("some x in [1, 2, 3] satisfies x > 2", True),
    ("some x in [1, 2, 3] satisfies x > 3", False),
    ("every x in [1, 2, 3] satisfies x > 0", True),
    ("every x in [1, 2, 3] satisfies x > 1", False),
    ("some x in [] satisfies true", False),
    ("every x in [] satisfies false", True),
    ("some x in [1, 2], y in [2, 3] satisfies x = y", True),
    ("every x in [1, 2], y in [2, 3] satisfies x < y", False),
    ("some x in 1..3 satisfies x = 2", True),
    ("every x in rows satisfies x.quantity > 0", True),
    ("some x in [null, true] satisfies x", True),
    ("some x in [null, false] satisfies x", None),
    ("every x in [null, false] satisfies x", False),
    ("every x in [null, true] satisfies x", None),
    ("every r in rows satisfies r.price > 1", None),
]


@pytest.mark.parametrize(("text", "expected"), LOOPS + QUANTIFIED)
def test_loop(text: str, expected: object) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    "text", ['for x in 1.."a" return x', "for x in 1.5..2 return x", 'for x in ["a".."c"] return x']
)
def test_what_cannot_be_gone_through_is_null_with_a_reason(text: str) -> None:
    check(text, None)
    assert reasons(text)


FUNCTIONS = [
    ("(function(x) x + 1)(2)", 3),
    ("(function() 5)()", 5),
    ("{f: function(x, y) x - y, r: f(5, 3)}.r", 2),
    ("{f: function(x, y) x - y, r: f(y: 5, x: 3)}.r", -2),
    ("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(5)}.r", 120),
    ("{k: 10, f: function(x) x * k, r: f(2)}.r", 20),
    ("{f: function(x: number) x, r: f(1)}.r", 1),
    ('{f: function(x: number) x, r: f("a")}.r', None),
    ("{f: function(x) x, r: f()}.r", None),
    ("{f: function(x) x, r: f(1, 2)}.r", None),
    ("missing(1)", None),
    ("amount(1)", None),
    ("{twice: function(f, x) f(f(x)), r: twice(function(x) x * 3, 2)}.r", 18),
    ("sort([3, 1, 2], function(x, y) x > y)", [3, 2, 1]),
    ("{add: function(a) function(b) a + b, r: add(1)(2)}.r", 3),
    ("{sum: function(a) 42, r: sum([1])}.r", 42),
    ('string length(string: "abc")', 3),
    ('substring(start position: 2, string: "abc")', "bc"),
    ('substring(string: "abc")', None),
    ('substring(text: "abc", start position: 1)', None),
    ('substring("abc")', None),
    ('substring("abc", 1, 2, 3)', None),
]


@pytest.mark.parametrize(("text", "expected"), FUNCTIONS)
def test_function(text: str, expected: object) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("missing(1)", "unknown_name"),
        ("amount(1)", "not_a_function"),
        ('substring("abc")', "arguments"),
        ("substring(1, 2)", "argument"),
        ('substring(text: "abc", start position: 1)', "arguments"),
        ("floor(null)", "argument"),
    ],
)
def test_why_a_call_is_null(text: str, code: str) -> None:
    assert reasons(text)[-1] == code or code in reasons(text)
