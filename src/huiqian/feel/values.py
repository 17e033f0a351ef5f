"""The values of expressions: numbers are Decimals of 34 digits, the rest Python's own types and a few more."""

import decimal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from huiqian.feel.errors import ExpressionError

# DMN 1.3 §10.3.2.3.1: IEEE 754-2008 decimal128, 34 digits, half-even.
NUMBERS = decimal.Context(
    prec=34,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
MOST_BITS = 20_500  # 10**6144 has that many


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A duration in whole months (years and months duration), negative ones too."""

    total: int

    @property
    def years(self) -> int:
        """Whole years, towards zero."""
        return (abs(self.total) // 12) * (1 if self.total >= 0 else -1)

    @property
    def months(self) -> int:
        """The months beside the whole years."""
        return (abs(self.total) % 12) * (1 if self.total >= 0 else -1)


@dataclass(frozen=True, slots=True)
class Range:
    """An interval; an end that is None is open to infinity (as the tests `< 5`, `>= 3` are)."""

    low: object
    high: object
    low_closed: bool = True
    high_closed: bool = True


@dataclass(frozen=True, slots=True)
class Unequal:
    """What the test `!= 5` accepts: everything else. It only stands in tests and is never a result."""

    value: object


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function as a value: one written in an expression, or a built-in handed over by its name."""

    name: str
    parameters: tuple[str, ...]
    call: Callable[..., object]


def kind(value: object) -> str:
    """The FEEL type's name of a value (DMN 1.3 table 38)."""
    found = _KINDS.get(type(value))
    return found if found is not None else _kind_by_base(value)


_KINDS: dict[type, str] = {
    type(None): "null", bool: "boolean", Decimal: "number", int: "number", float: "number", str: "string",
    datetime: "date and time", date: "date", time: "time", timedelta: "days and time duration",
    YearsMonths: "years and months duration", list: "list", tuple: "list", dict: "context", Range: "range",
    Function: "function",
}  # fmt: skip


def _kind_by_base(value: object) -> str:
    if isinstance(value, Mapping):
        return "context"
    for base in (bool, Decimal, int, float, str, datetime, date, time, timedelta, list, tuple):
        if isinstance(value, base):
            return _KINDS[base]
    return type(value).__name__


def enter(value: object) -> object:
    """A value from outside as expressions see it: ints and floats become Decimals, tuples lists, NaN null.

    Raises ExpressionError ("value") for what has no place in the language.
    """
    cls = type(value)
    if cls is Decimal:
        return number_of_decimal(value)  # type: ignore[arg-type]
    if cls in AS_THEY_ARE:
        return value
    if cls is int:
        return number_of(value)  # type: ignore[arg-type]
    if cls is list or cls is dict:
        return value
    return _enter_rarely(value)


AS_THEY_ARE = frozenset({str, bool, type(None), date, datetime, time, timedelta, YearsMonths, Range, Function})


def _enter_rarely(value: object) -> object:
    if isinstance(value, Decimal):
        return number_of_decimal(Decimal(value))
    if isinstance(value, int):
        return number_of(int(value))
    if isinstance(value, float):
        return number_of_decimal(Decimal(repr(value)))
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    if isinstance(value, Mapping):
        return value
    if isinstance(value, str):
        return str(value)
    if kind(value) in _KINDS.values():
        return value
    raise ExpressionError("value", kind=type(value).__name__)


def number_of(value: int) -> Decimal:
    """A whole number as a Decimal of at most 34 digits."""
    if value.bit_length() > MOST_BITS:
        raise ExpressionError("budget")
    return NUMBERS.create_decimal(value)


def number_of_decimal(value: Decimal) -> Decimal | None:
    """A Decimal rounded to 34 digits; None where it is no number or out of range."""
    try:
        return NUMBERS.plus(value) if value.is_finite() else None
    except decimal.DecimalException:
        return None
