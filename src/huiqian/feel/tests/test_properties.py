"""Laws that hold whatever is written: no crash on any text, literals read back, decimals as Python counts them."""

import decimal
import operator
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from huiqian.feel import ExpressionError, YearsMonths, compile_expression, literal
from huiqian.feel.tests.asking import VARIABLES, plain, value

CONTEXT = decimal.Context(prec=34, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144)
ZONES = st.one_of(
    st.none(), st.just(UTC), st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e30"), max_value=Decimal("1e30")).map(
    CONTEXT.plus
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    NUMBERS,
    TEXTS,
    st.dates(),
    st.times(timezones=ZONES),
    st.datetimes(timezones=ZONES),
    st.timedeltas(),
    st.integers(-(10**6), 10**6).map(YearsMonths),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(bool), inner, max_size=4),
    max_leaves=8,
)


@given(VALUES)
def test_a_literal_reads_back(given_value: object) -> None:
    assert plain(value(literal(given_value))) == plain(given_value)


@given(VALUES)
def test_a_value_goes_through_unchanged(given_value: object) -> None:
    assert plain(value("x", {"x": given_value})) == plain(given_value)


@given(VALUES)
def test_everything_equals_itself(given_value: object) -> None:
    assert value("x = x", {"x": given_value}) is True
    assert value("x != x", {"x": given_value}) is False
    assert value("x in [x]", {"x": given_value}) is True


@given(VALUES, VALUES)
def test_equality_is_symmetric(left: object, right: object) -> None:
    assert value("x = y", {"x": left, "y": right}) is value("y = x", {"x": left, "y": right})


@given(SCALARS, SCALARS)
def test_order_is_one_of_three(left: object, right: object) -> None:
    found = [value(f"x {sign} y", {"x": left, "y": right}) for sign in ("<", "=", ">")]
    assert found.count(True) <= 1
    if None not in found:
        assert found.count(True) == 1 or isinstance(left, time | datetime)


@given(NUMBERS, NUMBERS, st.sampled_from("+-*/"))
def test_decimal_arithmetic(left: Decimal, right: Decimal, sign: str) -> None:
    assume(sign != "/" or right)
    work = {"+": CONTEXT.add, "-": CONTEXT.subtract, "*": CONTEXT.multiply, "/": CONTEXT.divide}[sign]
    assert value(f"x {sign} y", {"x": left, "y": right}) == work(left, right)


@given(NUMBERS, NUMBERS, NUMBERS)
@example(Decimal("0.1"), Decimal("0.2"), Decimal("0.3"))
def test_written_arithmetic_is_decimal(a: Decimal, b: Decimal, c: Decimal) -> None:
    text = f"({literal(a)} + ({literal(b)})) * ({literal(c)})"
    assert value(text) == CONTEXT.multiply(CONTEXT.add(a, b), c)


@given(NUMBERS, NUMBERS)
def test_decimal_comparison(left: Decimal, right: Decimal) -> None:
    for sign, work in {
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
        "=": operator.eq,
        "!=": operator.ne,
    }.items():
        assert value(f"x {sign} y", {"x": left, "y": right}) is work(left, right)


MODES = {
    "decimal": decimal.ROUND_HALF_EVEN,
    "round up": decimal.ROUND_UP,
    "round down": decimal.ROUND_DOWN,
    "round half up": decimal.ROUND_HALF_UP,
    "round half down": decimal.ROUND_HALF_DOWN,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
}


@given(NUMBERS, st.integers(-30, 30), st.sampled_from(sorted(MODES)))
def test_rounding(number: Decimal, scale: int, name: str) -> None:
    wide = decimal.Context(prec=100, rounding=MODES[name])
    expected = CONTEXT.plus(number.quantize(Decimal(1).scaleb(-scale), context=wide))
    assert value(f"{name}(x, s)", {"x": number, "s": scale}) == expected


@given(st.lists(st.integers(-1000, 1000)))
def test_lists_as_python_counts(numbers: list[int]) -> None:
    given_names = {"x": numbers}
    assert value("count(x)", given_names) == len(numbers)
    assert value("sum(x)", given_names) == (sum(numbers) if numbers else None)
    assert value("min(x)", given_names) == min(numbers, default=None)
    assert value("sort(x, function(a, b) a < b)", given_names) == sorted(numbers)
    assert value("distinct values(x)", given_names) == list(dict.fromkeys(numbers))
    assert value("reverse(reverse(x))", given_names) == numbers
    assert value("x[item > 0]", given_names) == [number for number in numbers if number > 0]
    assert value("for n in x return n * n", given_names) == [number * number for number in numbers]
    assert value("every n in x satisfies n > 0", given_names) is all(number > 0 for number in numbers)


@given(TEXTS, st.integers(-25, 25), st.integers(1, 25))
def test_substring_as_python_cuts(text: str, start: int, length: int) -> None:
    assume(start)
    begin = start - 1 if start > 0 else len(text) + start
    assume(begin >= 0)
    assert value("substring(x, s, n)", {"x": text, "s": start, "n": length}) == text[begin : begin + length]


@given(TEXTS, TEXTS)
def test_texts_as_python_sees_them(text: str, part: str) -> None:
    given_names = {"x": text, "y": part}
    assert value("string length(x + y)", given_names) == len(text) + len(part)
    assert value("contains(x, y)", given_names) is (part in text)
    assert value("starts with(x + y, x)", given_names) is True
    assert value("ends with(x + y, y)", given_names) is True


@given(st.dates(), st.integers(-5000, 5000))
def test_days_added_are_days_taken_away(day: date, count: int) -> None:
    given_names = {"d": day, "n": timedelta(days=count)}
    moved = value("d + n", given_names)
    assert moved is None or value("(d + n) - n", given_names) == day
    assert moved is None or value("(d + n) - d = n", given_names) is True


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_difference_of_moments(first: datetime, second: datetime) -> None:
    assert value("a - b", {"a": first, "b": second}) == first - second
    assert value("b + (a - b) = a", {"a": first, "b": second}) is True


WRITTEN = """
1 2.5 .5 1e3 "a" "会" @"2026-01-01" @"P1D" @"10:00:00" true false null a b amount rows customer 金额 item partial ?
if then else for in return some every satisfies and or not between instance of number list<number> function external
+ - * / ** = != < <= > >= ( ) [ ] { } , : . .. count( sum( substring( date( string( sort( min( matches( // /* */
@ " ' \\ # $ % & ; ~ ` ( ] ) [ ] a: a. [1..2] {a:1} [1,2] (1) x x, x: time date duration( days years P1D 会签
０ ＋ ， “ ” 😀 \u200b not( -
"""
PIECES = st.sampled_from([*WRITTEN.split(), "\n", "for\u3000", "\x00", ""])


def check_refusal(error: ExpressionError) -> None:
    """A refusal has a place and both sentences."""
    assert error.text("en")
    assert error.text("zh")
    assert error.code == "too_long" or error.line >= 1


@settings(max_examples=600)
@given(st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=30))
def test_any_text_is_an_expression_or_is_refused(text: str) -> None:
    try:
        expression = compile_expression(text)
    except ExpressionError as error:
        check_refusal(error)
        return
    try:
        expression.evaluate(VARIABLES, warnings=(warnings := []))
    except ExpressionError as error:
        assert error.code == "budget"  # noqa: PT017
    else:
        assert all(warning.text("en") and warning.text("zh") for warning in warnings)


EXPRESSIONS = st.recursive(
    st.sampled_from(
        [
            "1",
            "2.5",
            "-3",
            '"a"',
            "true",
            "null",
            "[]",
            "[1, 2, null]",
            "{a: 1}",
            "amount",
            "rows",
            "customer",
            "numbers",
            "missing",
            '@"2026-01-31"',
            '@"P1M"',
            '@"PT1H"',
            '@"10:00:00Z"',
            "[1..3]",
            "(function(x) x)",
            "1e6144",
            "1e-6000",
        ]
    ),
    lambda inner: st.one_of(
        st.tuples(
            st.just("("),
            inner,
            st.sampled_from(
                [" + ", " - ", " * ", " / ", " ** ", " = ", " < ", " >= ", " and ", " or ", " in ", " != "]
            ),
            inner,
            st.just(")"),
        ).map("".join),
        st.tuples(
            st.sampled_from(
                [
                    "count",
                    "sum",
                    "not",
                    "string",
                    "min",
                    "max",
                    "flatten",
                    "sort",
                    "number",
                    "date",
                    "floor",
                    "upper case",
                    "reverse",
                    "mean",
                    "abs",
                    "duration",
                    "date and time",
                    "time",
                    "day of week",
                    "stddev",
                    "mode",
                    "all",
                    "union",
                    "get entries",
                    "median",
                    "odd",
                    "split",
                ]
            ),
            st.just("("),
            inner,
            st.just(")"),
        ).map("".join),
        st.tuples(
            st.sampled_from(
                [
                    "substring",
                    "matches",
                    "append",
                    "list contains",
                    "modulo",
                    "decimal",
                    "before",
                    "contains",
                    "sublist",
                    "remove",
                    "index of",
                    "during",
                    "years and months duration",
                    "get value",
                    "is",
                    "split",
                    "insert before",
                ]
            ),
            st.just("("),
            inner,
            st.just(", "),
            inner,
            st.just(")"),
        ).map("".join),
        st.tuples(inner, st.sampled_from([".a", ".year", ".days", "[1]", "[item > 1]", "[-1]", ".price", "(1)"])).map(
            lambda parts: f"({parts[0]}){parts[1]}"
        ),
        st.tuples(inner, inner).map(lambda parts: f"(if {parts[0]} then {parts[1]} else 0)"),
        st.tuples(inner, inner).map(lambda parts: f"(for x in {parts[0]} return {parts[1]})"),
        st.tuples(inner, inner).map(lambda parts: f"(some x in {parts[0]} satisfies x = {parts[1]})"),
        st.tuples(inner, inner).map(lambda parts: f"[{parts[0]}, {parts[1]}]"),
        st.tuples(inner, inner).map(lambda parts: f"({parts[0]} between {parts[1]} and 5)"),
        st.tuples(inner, inner).map(lambda parts: f"{{k: {parts[0]}, m: {parts[1]}}}"),
    ),
    max_leaves=8,
)


@settings(max_examples=300)
@given(EXPRESSIONS)
def test_well_formed_expressions_give_a_value(text: str) -> None:
    expression = compile_expression(text)
    try:
        first = expression.evaluate(VARIABLES)
        again = expression.evaluate(VARIABLES)
    except ExpressionError as error:
        assert error.code == "budget"  # noqa: PT017
        return
    if "function" not in text and "duration" not in text:
        assert plain(first) == plain(again)
