"""Sums, products, powers and negation."""

from decimal import Decimal, DecimalException
from typing import Any, Final

from lark import Token

from huiqian.feel.arithmetic import calculate, negate
from huiqian.feel.compiling.core import Node, Place, Scope, compile_node, compiles, parts, place_of
from huiqian.feel.compiling.literals import Constant
from huiqian.feel.running import Code, Frame
from huiqian.feel.values import NUMBERS

_QUICK: Final[dict[str, Any]] = {
    "+": NUMBERS.add, "-": NUMBERS.subtract, "*": NUMBERS.multiply, "/": NUMBERS.divide,
}  # fmt: skip


@compiles("sum", "product")
def _chain(node: Node, scope: Scope) -> Code:
    signs = [child for child in node.children if isinstance(child, Token)]
    first, *rest = (compile_node(part, scope) for part in parts(node))
    for sign, right in zip(signs, rest, strict=True):
        first = _quick(str(sign), first, right, (sign.line or 0, sign.column or 0))
    return first


@compiles("power")
def _power(node: Node, scope: Scope) -> Code:
    first, *rest = (compile_node(part, scope) for part in parts(node))
    for right in rest:
        first = _general("**", first, right, place_of(node))
    return first


def _quick(sign: str, left: Code, right: Code, place: Place) -> Code:
    """Two numbers are the common case; everything else goes the long way."""
    action = _QUICK[sign]

    def run(frame: Frame) -> object:
        x, y = left(frame), right(frame)
        if type(x) is Decimal and type(y) is Decimal:
            try:
                return action(x, y)
            except DecimalException:
                pass
        return calculate(sign, x, y, frame.run, place)

    return run


def _general(sign: str, left: Code, right: Code, place: Place) -> Code:
    return lambda frame: calculate(sign, left(frame), right(frame), frame.run, place)


@compiles("negation")
def _negation(node: Node, scope: Scope) -> Code:
    (inner,) = parts(node)
    code, place = compile_node(inner, scope), place_of(node)
    if isinstance(code, Constant) and isinstance(code.value, Decimal):
        return Constant(NUMBERS.minus(code.value))
    return lambda frame: negate(code(frame), frame.run, place)
