"""Intervals: [1..5], (1..5], ]1..5[, and the half-open ones of tests: < 5."""

from lark import Token

from huiqian.feel.comparison import compare
from huiqian.feel.compiling.core import Node, Scope, compile_node, compiles, parts, place_of
from huiqian.feel.compiling.literals import Constant
from huiqian.feel.running import Code, Frame, Run
from huiqian.feel.values import Range, Unequal, kind


@compiles("range")
def _range(node: Node, scope: Scope) -> Code:
    low, high = (compile_node(part, scope) for part in parts(node))
    brackets = [child.type for child in node.children if isinstance(child, Token)]
    closed = brackets[0] == "LSQB", brackets[-1] == "RSQB"
    place = place_of(node)

    def build(frame: Frame) -> Range | None:
        first, last = low(frame), high(frame)
        ordered = compare("<=", first, last, Run(None, None))
        if ordered is None:
            return frame.run.warn("range", place, left=kind(first), right=kind(last))
        return Range(first, last, *closed)

    return _folded(build, low, high)


def half_open(node: Node, scope: Scope) -> Code:
    """A comparison without a left side: `< 5` and its like as a range, `= 5` as the value, `!= 5` as all but it."""
    sign = next(str(child) for child in node.children if isinstance(child, Token))
    (inner,) = parts(node)
    end = compile_node(inner, scope)
    if sign == "=":
        return end
    if sign == "!=":
        return lambda frame: Unequal(end(frame))

    def build(frame: Frame) -> Range | None:
        limit = end(frame)
        if limit is None:
            return None
        return Range(None, limit, False, sign == "<=") if sign[0] == "<" else Range(limit, None, sign == ">=", False)

    return _folded(build, end)


def _folded(build: Code, *ends: Code) -> Code:
    """A range between literals is made once."""
    if all(isinstance(end, Constant) for end in ends):
        made = build(Frame({}, None, Run(None, None)))
        if made is not None:
            return Constant(made)
    return build
