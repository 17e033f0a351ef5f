"""What the tests of expressions share: evaluate a text and compare strictly (true is not 1, 1.0 equals 1)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

from huiqian.feel import Expression, ExpressionError, Warning, YearsMonths, compile_expression

NOW = datetime(2026, 3, 26, 9, 30, tzinfo=timezone(timedelta(hours=8)))
VARIABLES: Mapping[str, object] = {
    "金额": Decimal("1800.50"),
    "部门": "市场部",
    "amount": 1200,
    "rate": 0.1,
    "done": True,
    "nothing": None,
    "day": date(2026, 3, 26),
    "customer": {"name": "李雷", "address": {"city": "上海"}, "orders": [{"sum": 10}, {"sum": 32}]},
    "rows": [
        {"item": "差旅费", "price": Decimal("12.5"), "quantity": 4},
        {"item": "礼品", "price": Decimal("99.9"), "quantity": 1},
        {"item": "印刷", "price": None, "quantity": 2},
    ],
    "numbers": [1, 2, 3],
}


def value(text: str, variables: Mapping[str, object] = VARIABLES, names: tuple[str, ...] = ()) -> object:
    """The value of an expression under the variables that all tests know."""
    return compile_expression(text, names).evaluate(variables, now=NOW)


def reasons(text: str, variables: Mapping[str, object] = VARIABLES) -> list[str]:
    """The codes of the warnings of an evaluation."""
    warnings: list[Warning] = []
    compile_expression(text).evaluate(variables, now=NOW, warnings=warnings)
    return [warning.code for warning in warnings]


def refusal(text: str, names: tuple[str, ...] = ()) -> ExpressionError:
    """The error of a text that does not compile."""
    try:
        made: Expression = compile_expression(text, names)
    except ExpressionError as error:
        return error
    raise AssertionError(f"{made} was compiled")


def plain(found: object) -> object:
    """A value that Python's == compares as strictly as the tests want: kinds beside values."""
    if isinstance(found, Mapping):
        return {key: plain(item) for key, item in found.items()}
    if isinstance(found, list | tuple):
        return [plain(item) for item in found]
    if isinstance(found, bool) or found is None:
        return (type(found).__name__, found)
    if isinstance(found, int | Decimal):
        return ("number", Decimal(found))
    if isinstance(found, datetime | time):
        return (type(found).__name__, found.isoformat())
    return (type(found).__name__, found)


def check(text: str, expected: object, names: tuple[str, ...] = ()) -> None:
    """Assert that an expression has this value."""
    assert plain(value(text, names=names)) == plain(expected), text


def months(count: int) -> YearsMonths:
    """A duration in months."""
    return YearsMonths(count)


def days(count: float = 0, **parts: float) -> timedelta:
    """A duration in days and their parts."""
    return timedelta(days=count, **parts)


__all__ = [
    "NOW",
    "UTC",
    "VARIABLES",
    "Decimal",
    "check",
    "date",
    "datetime",
    "days",
    "months",
    "plain",
    "reasons",
    "refusal",
    "time",
    "timedelta",
    "timezone",
    "value",
]
