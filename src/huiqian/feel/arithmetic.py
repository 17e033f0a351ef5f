"""+ - * / ** on numbers, texts, dates, times and durations (DMN 1.3 tables 45 and 46)."""

import decimal
from collections.abc import Callable
from datetime import time, timedelta
from decimal import Decimal
from typing import Any, Final

from huiqian.feel.running import MOST_CHARACTERS, Run
from huiqian.feel.temporal import add_duration, add_months, add_to_time, difference, since_midnight
from huiqian.feel.values import NUMBERS, YearsMonths, kind

Place = tuple[int, int]
_MICROSECOND: Final = timedelta(microseconds=1)


def calculate(sign: str, x: Any, y: Any, run: Run, place: Place = (0, 0)) -> object:
    """x sign y; null with a warning where that is not defined, not finite or out of range."""
    action = _ACTIONS.get((sign, kind(x), kind(y)))
    if action is None:
        return run.warn("operands", place, left=kind(x), operator=sign, right=kind(y))
    try:
        if action is _raise_to:
            run.spend(20 if y == y.to_integral_value() else 300)
        elif action is _join:
            run.hold(len(x) + len(y), MOST_CHARACTERS)
        result = action(x, y)
    except (decimal.DivisionByZero, ZeroDivisionError):
        return run.warn("division", place)
    except decimal.InvalidOperation:
        return run.warn("division" if sign == "/" else "overflow", place)
    except (decimal.Overflow, OverflowError, ValueError):
        return run.warn("overflow", place)
    if isinstance(result, Decimal) and not result.is_finite():
        return run.warn("division", place)
    if result is None:
        run.warn("operands", place, left=kind(x), operator=sign, right=kind(y))
    return result


def negate(x: object, run: Run, place: Place = (0, 0)) -> object:
    """-x of a number or a duration; null with a warning otherwise."""
    if isinstance(x, Decimal):
        return NUMBERS.minus(x)
    if isinstance(x, timedelta):
        return -x
    if isinstance(x, YearsMonths):
        return YearsMonths(-x.total)
    return run.warn("operands", place, left="", operator="-", right=kind(x))


def _join(x: str, y: str) -> str:
    return x + y


def _time_difference(x: time, y: time) -> timedelta | None:
    return since_midnight(x) - since_midnight(y) if (x.tzinfo is None) == (y.tzinfo is None) else None


def _scaled(length: timedelta, factor: Decimal) -> timedelta:
    return _micros_to_length(NUMBERS.multiply(Decimal(length // _MICROSECOND), factor))


def _divided(length: timedelta, divisor: Decimal) -> timedelta:
    return _micros_to_length(NUMBERS.divide(Decimal(length // _MICROSECOND), divisor))


def _micros_to_length(micros: Decimal) -> timedelta:
    if abs(micros) > Decimal("1e20"):
        raise OverflowError
    return timedelta(microseconds=int(micros.to_integral_value(decimal.ROUND_HALF_EVEN)))


def _months(total: Decimal) -> YearsMonths:
    if abs(total) > Decimal("1e12"):
        raise OverflowError
    return YearsMonths(int(total))


def _ratio(x: Decimal, y: Decimal) -> Decimal:
    return NUMBERS.divide(x, y)


def _raise_to(x: Decimal, y: Decimal) -> Decimal:
    return Decimal(1) if not y and not x else NUMBERS.power(x, y)


_N, _S, _D, _T, _DT = "number", "string", "date", "time", "date and time"
_L, _YM = "days and time duration", "years and months duration"

_ACTIONS: Final[dict[tuple[str, str, str], Callable[[Any, Any], object]]] = {
    ("+", _N, _N): NUMBERS.add, ("-", _N, _N): NUMBERS.subtract, ("*", _N, _N): NUMBERS.multiply,
    ("/", _N, _N): NUMBERS.divide, ("**", _N, _N): _raise_to,
    ("+", _S, _S): _join,
    ("+", _L, _L): lambda x, y: x + y, ("-", _L, _L): lambda x, y: x - y,
    ("*", _L, _N): _scaled, ("*", _N, _L): lambda x, y: _scaled(y, x), ("/", _L, _N): _divided,
    ("/", _L, _L): lambda x, y: _ratio(Decimal(x // _MICROSECOND), Decimal(y // _MICROSECOND)),
    ("+", _YM, _YM): lambda x, y: YearsMonths(x.total + y.total),
    ("-", _YM, _YM): lambda x, y: YearsMonths(x.total - y.total),
    ("*", _YM, _N): lambda x, y: _months(NUMBERS.multiply(Decimal(x.total), y)),
    ("*", _N, _YM): lambda x, y: _months(NUMBERS.multiply(Decimal(y.total), x)),
    ("/", _YM, _N): lambda x, y: _months(NUMBERS.divide(Decimal(x.total), y)),
    ("/", _YM, _YM): lambda x, y: _ratio(Decimal(x.total), Decimal(y.total)),
    ("+", _D, _YM): lambda x, y: add_months(x, y.total), ("+", _YM, _D): lambda x, y: add_months(y, x.total),
    ("-", _D, _YM): lambda x, y: add_months(x, -y.total),
    ("+", _DT, _YM): lambda x, y: add_months(x, y.total), ("+", _YM, _DT): lambda x, y: add_months(y, x.total),
    ("-", _DT, _YM): lambda x, y: add_months(x, -y.total),
    ("+", _D, _L): add_duration, ("+", _L, _D): lambda x, y: add_duration(y, x),
    ("-", _D, _L): lambda x, y: add_duration(x, -y),
    ("+", _DT, _L): add_duration, ("+", _L, _DT): lambda x, y: add_duration(y, x),
    ("-", _DT, _L): lambda x, y: add_duration(x, -y),
    ("+", _T, _L): add_to_time, ("+", _L, _T): lambda x, y: add_to_time(y, x),
    ("-", _T, _L): lambda x, y: add_to_time(x, -y),
    ("-", _D, _D): difference, ("-", _T, _T): _time_difference, ("-", _DT, _DT): difference,
    ("-", _DT, _D): difference, ("-", _D, _DT): difference,
}  # fmt: skip
