"""string and number (DMN 1.3 §10.3.4.1), contexts (§10.3.4.10)."""

import pytest

from huiqian.feel.tests.asking import Decimal, check

CASES = [
    ('string(duration("PT10000H"))', "P416DT16H"),
    ('string({"{": 1, ":": 2, ",": 3})', '{"{": 1, ":": 2, ",": 3}'),
    ("string(1.1)", "1.1"),
    ("string(1.10)", "1.10"),
    ("string(1e3)", "1000"),
    ("string(-0.5)", "-0.5"),
    ("string(null)", None),
    ('string("a")', "a"),
    ("string(true)", "true"),
    ('string(@"2026-03-01")', "2026-03-01"),
    ('string(@"P1DT2H")', "P1DT2H"),
    ('string(@"P14M")', "P1Y2M"),
    ('string(@"10:15:00+08:00")', "10:15:00+08:00"),
    ('string(@"2026-03-01T10:15:00Z")', "2026-03-01T10:15:00Z"),
    ('string(@"10:15:00.50")', "10:15:00.5"),
    ('string([1, "a", null])', '[1, "a", null]'),
    ("string({a: 1})", "{a: 1}"),
    ('string({a: "b"})', '{a: "b"}'),
    ("string([])", "[]"),
    ("string({})", "{}"),
    ('string(@"-P1D")', "-P1D"),
    ('string(@"PT0S")', "PT0S"),
    ('string(@"P0M")', "P0M"),
    ('"共" + string(count(rows)) + "行"', "共3行"),
    ("string(1/3)", "0.3333333333333333333333333333333333"),
    ('number("1234")', "1234"),
    ('number("1.5")', "1.5"),
    ('number("-1.5")', "-1.5"),
    ('number("1 000,0", " ", ",")', "1000.0"),
    ('number("1,000.5", ",", ".")', "1000.5"),
    ('number("1.000,5", ".", ",")', "1000.5"),
    ('number("1,5", null, ",")', "1.5"),
    ('number("1,000", ",", null)', "1000"),
    ('number("1e3")', "1000"),
    ('number(from: "1", grouping separator: ",", decimal separator: ".")', "1"),
    ('get value({a: 1}, "a")', "1"),
    ('get value({a: 1}, "b")', None),
    ('get value(null, "a")', None),
    ('get value({"a b": 2}, "a b")', "2"),
    ("get value({a: 1}, null)", None),
]
NULLS = [
    'number("x")',
    'number("")',
    "number(null)",
    'number("1,5", ",", ",")',
    'number("1x5", "x", ".")',
    'number("1 2")',
    'number("１２")',
    'number("1_000")',
    'number("NaN")',
    'number("Infinity")',
    'number("1.5", null, ",")',
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_function(text: str, expected: str | None) -> None:
    numeric = text.startswith(("number", "get value")) and expected is not None
    check(text, Decimal(str(expected)) if numeric else expected)


@pytest.mark.parametrize("text", NULLS)
def test_no_number(text: str) -> None:
    check(text, None)


CONTEXTS = [
    ('get entries({a: 1, b: "x"})', [{"key": "a", "value": 1}, {"key": "b", "value": "x"}]),
    ("get entries({})", []),
    ("get entries(null)", None),
    ("get entries(customer.address)", [{"key": "city", "value": "上海"}]),
    ('context([{key: "a", value: 1}])', {"a": 1}),
    ('context([{key: "a", value: 1}, {key: "a", value: 2}])', None),
    ("context([])", {}),
    ("context([{key: 1, value: 1}])", None),
    ('context put({a: 1}, "b", 2)', {"a": 1, "b": 2}),
    ('context put({a: 1}, "a", 2)', {"a": 2}),
    ('context put({a: {b: 1}}, ["a", "b"], 2)', {"a": {"b": 2}}),
    ("context merge([{a: 1}, {b: 2}])", {"a": 1, "b": 2}),
    ("context merge([{a: 1}, {a: 2}])", {"a": 2}),
]


@pytest.mark.parametrize(("text", "expected"), CONTEXTS)
def test_contexts(text: str, expected: object) -> None:
    check(text, expected)
