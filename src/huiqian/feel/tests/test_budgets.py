"""Hostile expressions stop in time: ExpressionError("budget") or null, never a hang and never a full memory."""

import tracemalloc

import pytest

from huiqian.feel import ExpressionError, compile_expression

STOPPED = [
    "for a in 1..1000, b in 1..1000, c in 1..1000 return a",
    "count(for a in 1..1000000000 return a)",
    "some a in 1..1000000000 satisfies a < 0",
    "every a in 1..1e15 satisfies true",
    "for a in 1..100000, b in 1..100000 return 1",
    "{f: function(x) f(x), r: f(1)}.r",
    "{f: function(x) [f(x), f(x)], r: f(1)}.r",
    "{f: function(x) f(x + 1) + f(x + 2), r: f(1)}.r",
    "for a in 1..200 return for b in 1..200 return for c in 1..200 return 1",
    "{s: for i in 1..40 return if i = 1 then [1] else concatenate(partial[-1], partial[-1]), r: count(s)}.r",
    'count(for i in 1..40 return if i = 1 then "xxxxxxxx" else partial[-1] + partial[-1])',
    "for i in 1..60 return if i = 1 then [1, 2] else [partial[-1], partial[-1]]",
    "for i in 1..5000 return append(partial, i)",
    "sort(for i in 1..90000 return -i, function(a, b) count(for x in 1..100 return x) > a)",
    "sum(for i in 1..20 return count(distinct values(for k in 1..900 return [k])))",
    'for i in 1..40 return if i = 1 then "ab" else replace(partial[-1], ".", "$0$0$0")',
    '{s: for i in 1..9 return if i = 1 then "xx" else partial[-1] + partial[-1], r: for i in 1..9e4 return s[9] + ""}',
    'for i in 1..30 return if i = 1 then "x" else string([partial[-1], partial[-1], partial[-1]])',
    "flatten(for i in 1..1000 return for j in 1..1000 return [j])",
    "for i in 1..20 return if i = 1 then [1] else flatten([partial[-1], partial[-1], partial[-1]])",
    "count(for i in 1..1000 return list contains(for j in 1..2000 return j, 0))",
    "for i in 1..3000 return index of(for j in 1..3000 return j, 1)",
    "for i in 1..40 return if i = 1 then {a: 1} else {a: partial[-1], b: partial[-1], c: string(partial)}",
]


@pytest.mark.parametrize("text", STOPPED)
def test_stopped(text: str) -> None:
    with pytest.raises(ExpressionError) as told:
        compile_expression(text).evaluate({})
    assert told.value.code == "budget"
    assert told.value.text("zh")


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..5000 return append(partial, i)",
        "{s: for i in 1..40 return if i = 1 then [1] else concatenate(partial[-1], partial[-1]), r: s}.r",
        'for i in 1..40 return if i = 1 then "xxxxxxxx" else partial[-1] + partial[-1]',
    ],
)
def test_stopped_before_the_memory_is_full(text: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(ExpressionError):
            compile_expression(text).evaluate({})
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 100_000_000


NULL_OR_SMALL = [
    "10 ** 10 ** 10 ** 10",
    "10 ** 1000000000",
    "2 ** 2 ** 100",
    "1e6144 * 10",
    "1e6000 * 1e6000 * 1e6000",
    "decimal(1, 1000000000)",
    "decimal(1e6000, 6000)",
    "floor(1e6144, 6000)",
    'substring("a", 1e6000)',
    "sublist([1], 1, 1e6000)",
    "[1][1e6000]",
    "modulo(1e6144, 7)",
    "exp(1e6000)",
    "log(1e6144)",
    "sqrt(1e6144)",
    '@"P1D" * 1e6000',
    '@"P1Y" * 1e6000',
    "date(1e6000, 1, 1)",
    "time(1, 1, 1e-6000)",
    "odd(1e6144)",
    "string(1e6144)",
    'number("1e999999")',
    'number("1e99999999999")',
    "1e-6143 / 1e6144",
    "round up(1e-6143, 6000)",
    'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")',
    'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "(a|aa)+b")',
    'replace("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "(a*)*b", "")',
    'matches("x", "((((a{50}){50}){50}){50})")',
    'matches("x", "a{1000000000}")',
    'split("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "(.*)(.*)(.*)(.*)(.*)x")',
    "log(1e-6143)",
    "stddev([1e6144, -1e6144])",
    "sum([1e6144, 9e6144])",
    "product([1e6000, 1e6000])",
    "mean([9e6144, 9e6144])",
    "1.0000000000000000000000000000000001 ** 1e34",
    "0.5 ** 1e30",
    "(-1) ** 1e33",
]


@pytest.mark.parametrize("text", NULL_OR_SMALL)
def test_great_numbers_and_hard_patterns(text: str) -> None:
    try:
        found = compile_expression(text).evaluate({})
    except ExpressionError as error:
        assert error.code == "budget"  # noqa: PT017
    else:
        assert len(repr(found)) < 20_000


def test_big_values_from_outside() -> None:
    with pytest.raises(ExpressionError) as told:
        compile_expression("x + 1").evaluate({"x": 10**10_000})
    assert told.value.code == "budget"
    with pytest.raises(ExpressionError):
        compile_expression("append(x, 1)").evaluate({"x": list(range(2_000_000))})
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]
    with pytest.raises(ExpressionError):
        compile_expression("string(x)").evaluate({"x": nested})


def test_a_list_that_holds_itself() -> None:
    knot: list[object] = []
    knot.append(knot)
    for text in ("x", "flatten(x)", "string(x)", "x = x", "count(x)", "distinct values(x)"):
        try:
            compile_expression(text).evaluate({"x": knot})
        except ExpressionError as error:
            assert error.code == "budget"  # noqa: PT017


def test_ordinary_sizes_are_within_the_budget() -> None:
    rows = [{"price": 1.5, "quantity": place} for place in range(2_000)]
    assert compile_expression("sum(for r in rows return r.price * r.quantity)").evaluate({"rows": rows}) == 2_998_500
    assert compile_expression("count(rows[price * quantity > 100])").evaluate({"rows": rows}) == 1_933
    assert compile_expression("count(for x in 1..50000 return x)").evaluate({}) == 50_000
    running = "(for r in rows return r.quantity + (if partial[1] != null then partial[-1] else 0))[-1]"
    assert compile_expression(running).evaluate({"rows": rows}) == 1_999_000


def test_one_evaluation_does_not_pay_for_another() -> None:
    counted = compile_expression("count(for x in 1..30000 return x)")
    assert [counted.evaluate({}) for _ in range(5)] == [30_000] * 5


def test_warnings_do_not_pile_up() -> None:
    from huiqian.feel import Warning

    warnings: list[Warning] = []
    compile_expression("for x in 1..10000 return missing").evaluate({}, warnings=warnings)
    assert 0 < len(warnings) <= 50
