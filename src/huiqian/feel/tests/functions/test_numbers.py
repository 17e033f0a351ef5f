"""Functions of numbers (DMN 1.3 §10.3.4.5), and not, is (§10.3.4.2)."""

import decimal

import pytest

from huiqian.feel.tests.asking import Decimal, check, days, months, value

CASES = [
    ("decimal(1/3, 2)", "0.33"),
    ("decimal(1.5, 0)", "2"),
    ("decimal(2.5, 0)", "2"),
    ("decimal(-0.5, 0)", "0"),
    ("decimal(114.45, 1)", "114.4"),
    ("decimal(1234, -2)", "1200"),
    ("decimal(1, 2)", "1.00"),
    ("decimal(1.25, 1.9)", "1.2"),
    ("decimal(1/3, 50)", None),
    ("floor(1.5)", "1"),
    ("floor(-1.5)", "-2"),
    ("floor(-1.56, 1)", "-1.6"),
    ("floor(2)", "2"),
    ("ceiling(1.5)", "2"),
    ("ceiling(-1.5)", "-1"),
    ("ceiling(-1.56, 1)", "-1.5"),
    ("floor(n: 1.9)", "1"),
    ("round up(5.5, 0)", "6"),
    ("round up(-5.5, 0)", "-6"),
    ("round up(1.121, 2)", "1.13"),
    ("round up(-1.126, 2)", "-1.13"),
    ("round down(5.5, 0)", "5"),
    ("round down(-5.5, 0)", "-5"),
    ("round down(1.121, 2)", "1.12"),
    ("round down(-1.126, 2)", "-1.12"),
    ("round half up(5.5, 0)", "6"),
    ("round half up(-5.5, 0)", "-6"),
    ("round half up(1.121, 2)", "1.12"),
    ("round half up(-1.126, 2)", "-1.13"),
    ("round half down(5.5, 0)", "5"),
    ("round half down(-5.5, 0)", "-5"),
    ("round half down(1.126, 2)", "1.13"),
    ("abs(10)", "10"),
    ("abs(-10)", "10"),
    ("abs(0)", "0"),
    ("modulo(12, 5)", "2"),
    ("modulo(-12, 5)", "3"),
    ("modulo(12, -5)", "-3"),
    ("modulo(-12, -5)", "-2"),
    ("modulo(10.1, 4.5)", "1.1"),
    ("modulo(-10.1, 4.5)", "3.4"),
    ("modulo(10, 5)", "0"),
    ("sqrt(16)", "4"),
    ("sqrt(2)", "1.414213562373095048801688724209698"),
    ("sqrt(0)", "0"),
    ("log(1)", "0"),
    ("log(10)", "2.302585092994045684017991454684364"),
    ("exp(0)", "1"),
    ("exp(1)", "2.718281828459045235360287471352662"),
    ("abs(-1234567890123456789012345678901234)", "1234567890123456789012345678901234"),
    ("floor(1234567890123456789012345678901234)", "1234567890123456789012345678901234"),
    ("round half up(1234567890123456789012345678901234, 1)", "1234567890123456789012345678901234"),
]
NULLS = [
    "decimal(null, 1)",
    "decimal(1, null)",
    'floor("1")',
    "floor(null)",
    "sqrt(-1)",
    "log(0)",
    "log(-1)",
    "modulo(1, 0)",
    "exp(1e10)",
    "abs(null)",
    'abs("1")',
    "decimal(1, 7000)",
    "decimal(1, -7000)",
    "round up(null, 1)",
    "odd(null)",
    "modulo(null, 1)",
    "sqrt(null)",
    "exp(null)",
    "log(null)",
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_function(text: str, expected: str | None) -> None:
    if text == "decimal(1/3, 50)":
        # No more digits than 34, however many places are asked for.
        assert value(text) in (None, Decimal(1) / 3, decimal.Context(prec=34).divide(Decimal(1), Decimal(3)))
        return
    check(text, Decimal(str(expected)))


@pytest.mark.parametrize("text", NULLS)
def test_null(text: str) -> None:
    check(text, None)


TRUTHS = [
    ("odd(5)", True),
    ("odd(2)", False),
    ("odd(-3)", True),
    ("odd(0)", False),
    ("even(5)", False),
    ("even(2)", True),
    ("even(0)", True),
    ("even(-2)", True),
    ("odd(1.5)", False),
    ("even(1.5)", False),
    ("not(true)", False),
    ("not(false)", True),
    ("not(null)", None),
    ("not(1)", None),
    ('abs(@"-PT5H")', days(hours=5)),
    ('abs(@"-P3M")', months(3)),
    ("is(1, 1)", True),
    ('is(1, "1")', False),
    ("is(null, null)", True),
    ("is(1, null)", False),
    ('is(@"2026-01-01", @"2026-01-01T00:00:00")', False),
    ('is(@"10:00:00", @"10:00:00Z")', False),
    ("is([1], [1])", True),
]


@pytest.mark.parametrize(("text", "expected"), TRUTHS)
def test_truth(text: str, expected: object) -> None:
    check(text, expected)
