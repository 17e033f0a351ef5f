"""= != < <= > >=, between, in, instance of."""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from lark import Token

from huiqian.feel.comparison import compare, equal, within
from huiqian.feel.compiling.core import Node, Place, Scope, compile_node, compiles, parts, place_of
from huiqian.feel.compiling.literals import Constant
from huiqian.feel.compiling.ranges import half_open
from huiqian.feel.errors import ExpressionError
from huiqian.feel.running import Code, Frame
from huiqian.feel.types import is_of, type_of

VALUE: Final = "?"
_QUICK: Final[dict[str, Any]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


@compiles("compare")
def _compare(node: Node, scope: Scope) -> Code:
    left, right = (compile_node(part, scope) for part in parts(node))
    sign = next(child for child in node.children if isinstance(child, Token))
    return comparing(str(sign), left, right, (sign.line or 0, sign.column or 0))


def comparing(sign: str, left: Code, right: Code, place: Place) -> Code:
    """Two numbers or two texts are the common case; everything else goes the long way."""
    quick = _QUICK[sign]

    def run(frame: Frame) -> object:
        x, y = left(frame), right(frame)
        cls = type(x)
        if cls is type(y) and (cls is Decimal or cls is str):
            return quick(x, y)
        if sign == "=":
            return equal(x, y, frame.run, place)
        if sign == "!=":
            same = equal(x, y, frame.run, place)
            return None if same is None else not same
        return compare(sign, x, y, frame.run, place)

    return run


@compiles("between")
def _between(node: Node, scope: Scope) -> Code:
    value, low, high = (compile_node(part, scope) for part in parts(node))
    place = place_of(node)

    def run(frame: Frame) -> object:
        x = value(frame)
        above = compare(">=", x, low(frame), frame.run, place)
        below = compare("<=", x, high(frame), frame.run, place)
        return False if above is False or below is False else None if above is None or below is None else True

    return run


@compiles("within")
def _within(node: Node, scope: Scope) -> Code:
    left, target = parts(node)
    value, place = compile_node(left, scope), place_of(node)
    if target.data != "group":
        test = _target(target, scope, place)
        return lambda frame: test(value(frame), frame)
    tests = [_target(part, scope, place) for part in parts(tests_of(target))]
    sort, named = _named(target, scope)

    def run(frame: Frame) -> bool | None:
        """True if one test holds, null if none does and one could not be judged."""
        x = value(frame)
        if type(x) is sort:
            return x in named
        results = [test(x, frame) for test in tests]
        return True if True in results else None if None in results else False

    return run


def _named(group: Node, scope: Scope) -> tuple[type | None, frozenset[object]]:
    """The texts or numbers, where a group is nothing but a list of literals of one of these kinds."""
    literals = [part for part in parts(tests_of(group)) if part.data in ("string", "number")]
    if len(literals) < len(parts(tests_of(group))) or len({part.data for part in literals}) > 1:
        return None, frozenset()
    codes = [compile_node(part, scope) for part in literals]
    values = [code.value for code in codes if isinstance(code, Constant)]
    return type(values[0]), frozenset(values)


Target = Callable[[object, Frame], bool | None]


def _target(node: Node, scope: Scope, place: Place) -> Target:
    """What the left side is held against; one that reads `?` is asked whether it is true of the left side."""
    if node.data in ("half_open", "range"):
        return _in_range(half_open(node, scope) if node.data == "half_open" else compile_node(node, scope), place)
    if not any(str(name) == VALUE for name in node.scan_values(lambda child: isinstance(child, Token))):
        code = compile_node(node, scope)
        return lambda x, frame: within(x, code(frame), frame.run, place)
    inside = compile_node(node, scope.within(VALUE))

    def holds(x: object, frame: Frame) -> bool | None:
        said = inside(Frame({VALUE: x}, frame, frame.run))
        return said if isinstance(said, bool) else None

    return holds


def tests_of(group: Node) -> Node:
    """The tests between a group's brackets."""
    return next(part for part in parts(group) if part.data == "tests")


def _in_range(code: Code, place: Place) -> Target:
    """A range that is none (an end is null) leaves the question open."""

    def holds(x: object, frame: Frame) -> bool | None:
        target = code(frame)
        return None if target is None else within(x, target, frame.run, place)

    return holds


@compiles("group")
def _group(node: Node, scope: Scope) -> Code:
    inner = parts(tests_of(node))
    if len(inner) != 1 or inner[0].data == "half_open":
        raise ExpressionError("test_outside", *place_of(inner[-1]))
    return compile_node(inner[0], scope)


@compiles("instance")
def _instance(node: Node, scope: Scope) -> Code:
    (inner,) = parts(node)
    code = compile_node(inner, scope)
    wanted = type_of(next(str(child) for child in node.children if isinstance(child, Token)))
    if wanted is None:
        raise ExpressionError("unknown_type", *place_of(node), found="")
    return lambda frame: is_of(code(frame), wanted)
