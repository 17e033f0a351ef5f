"""Functions on numbers (DMN 1.3 table 75; the roundings of 1.4)."""

import decimal
from decimal import Decimal
from typing import Final

from huiqian.feel.functions.registry import NotPossible, built_in
from huiqian.feel.running import Run
from huiqian.feel.values import NUMBERS, YearsMonths

_SCALES: Final = (-6111, 6176)
# The price of functions that take some fifty times as long as a sum.
_DEAR: Final = 60
# Wide enough for what quantize holds on its way back to 34 digits.
_WIDE: Final = decimal.Context(prec=12_400, Emin=-999_999, Emax=999_999, traps=[decimal.InvalidOperation])


def rounded(value: Decimal, scale: int, rounding: str) -> Decimal:
    """The number at so many places after the point (before it, if negative)."""
    if not _SCALES[0] <= scale < _SCALES[1]:
        raise NotPossible("scale")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= scale and scale > 40:
        return value
    result = value.quantize(Decimal((0, (1,), -scale)), rounding, _WIDE)
    return NUMBERS.plus(result)


@built_in("decimal(n: number, scale: integer)")
def decimal_(_run: Run, n: Decimal, scale: int) -> Decimal:
    """n with so many decimal places, halves to the even digit."""
    return rounded(n, scale, decimal.ROUND_HALF_EVEN)


@built_in("floor(n: number, scale?: integer)")
def floor(_run: Run, n: Decimal, scale: int = 0) -> Decimal:
    """The greatest such number not above n."""
    return rounded(n, scale, decimal.ROUND_FLOOR)


@built_in("ceiling(n: number, scale?: integer)")
def ceiling(_run: Run, n: Decimal, scale: int = 0) -> Decimal:
    """The least such number not below n."""
    return rounded(n, scale, decimal.ROUND_CEILING)


@built_in("round up(n: number, scale: integer)")
def round_up(_run: Run, n: Decimal, scale: int) -> Decimal:
    """Away from zero."""
    return rounded(n, scale, decimal.ROUND_UP)


@built_in("round down(n: number, scale: integer)")
def round_down(_run: Run, n: Decimal, scale: int) -> Decimal:
    """Towards zero."""
    return rounded(n, scale, decimal.ROUND_DOWN)


@built_in("round half up(n: number, scale: integer)")
def round_half_up(_run: Run, n: Decimal, scale: int) -> Decimal:
    """To the nearest, halves away from zero."""
    return rounded(n, scale, decimal.ROUND_HALF_UP)


@built_in("round half down(n: number, scale: integer)")
def round_half_down(_run: Run, n: Decimal, scale: int) -> Decimal:
    """To the nearest, halves towards zero."""
    return rounded(n, scale, decimal.ROUND_HALF_DOWN)


@built_in("abs(n: number|duration)")
def abs_(_run: Run, n: Decimal | YearsMonths) -> object:
    """Without its sign; durations too."""
    return (
        YearsMonths(abs(n.total)) if isinstance(n, YearsMonths) else n.copy_abs() if isinstance(n, Decimal) else abs(n)
    )


@built_in("modulo(dividend: number, divisor: number)")
def modulo(run: Run, dividend: Decimal, divisor: Decimal) -> Decimal:
    """What is left over; it has the sign of the divisor."""
    run.spend(_DEAR)
    if not divisor:
        raise NotPossible("divisor")
    wide = decimal.Context(prec=12_400, Emin=-999_999, Emax=999_999)
    left = wide.remainder(dividend, divisor)
    return NUMBERS.plus(NUMBERS.add(left, divisor) if left and (left < 0) != (divisor < 0) else left)


@built_in("sqrt(number: number)")
def sqrt(run: Run, n: Decimal) -> Decimal:
    """The square root."""
    run.spend(_DEAR)
    if n < 0:
        raise NotPossible("number")
    return NUMBERS.sqrt(n)


@built_in("log(number: number)")
def log(run: Run, n: Decimal) -> Decimal:
    """The natural logarithm."""
    run.spend(_DEAR)
    if n <= 0:
        raise NotPossible("number")
    return NUMBERS.ln(n)


@built_in("exp(number: number)")
def exp(run: Run, n: Decimal) -> Decimal:
    """e to the power of n."""
    run.spend(_DEAR)
    return NUMBERS.exp(n)


@built_in("odd(number: number)")
def odd(_run: Run, n: Decimal) -> bool:
    """Is it an odd whole number?"""
    return n == n.to_integral_value() and _WIDE.remainder(n, Decimal(2)) != 0


@built_in("even(number: number)")
def even(_run: Run, n: Decimal) -> bool:
    """Is it an even whole number?"""
    return n == n.to_integral_value() and _WIDE.remainder(n, Decimal(2)) == 0
