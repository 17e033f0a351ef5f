"""Unary tests: a decision table's input cell (DMN 1.3 §7.3.4, grammar rules 13 to 17). The tested value is `?`."""

from collections.abc import Callable
from decimal import Decimal

from huiqian.feel.comparison import in_range, within
from huiqian.feel.compiling.comparisons import VALUE
from huiqian.feel.compiling.core import Node, Reads, Scope, compile_node, parts
from huiqian.feel.compiling.literals import Constant
from huiqian.feel.compiling.ranges import half_open
from huiqian.feel.running import Code, Frame
from huiqian.feel.values import Range

Test = Callable[[Frame, object], bool]


def compile_tests(node: Node, scope: Scope) -> Test:
    """A whole cell: does a value pass it? The frame must bind `?` to the value as well."""
    if node.data == "unary_tests":
        (node,) = parts(node)
    if node.data == "any_value":
        return lambda _frame, _value: True
    if node.data == "negated":
        inner = compile_tests(next(part for part in parts(node) if part.data == "tests"), scope)
        return lambda frame, value: not inner(frame, value)
    tests = [_test(part, scope) for part in parts(node)]
    if len(tests) == 1:
        return tests[0]
    return lambda frame, value: any(test(frame, value) for test in tests)


def _test(node: Node, scope: Scope) -> Test:
    if node.data == "half_open":
        return _against(half_open(node, scope))
    around, scope.free = scope.free, Reads()
    try:
        code = compile_node(node, scope)
        reads = scope.free
    finally:
        scope.free = around
    scope.free.join(reads)
    if VALUE in reads:
        return lambda frame, _value: code(frame) is True
    return _against(code)


def _against(code: Code) -> Test:
    if isinstance(code, Constant):
        return _against_constant(code.value)

    def test(frame: Frame, value: object) -> bool:
        target = code(frame)
        if isinstance(target, bool) and not isinstance(value, bool):
            return target
        return within(value, target, frame.run) is True

    return test


def _against_constant(target: object) -> Test:
    if isinstance(target, Range):
        return _in_constant(target)
    return lambda frame, value: within(value, target, frame.run) is True


def _in_constant(target: Range) -> Test:
    """Numbers between constant ends: the comparison itself, without the way through kinds."""
    low, high = target.low, target.high
    plain = all(end is None or isinstance(end, Decimal) for end in (low, high))

    def test(frame: Frame, value: object) -> bool:
        if plain and type(value) is Decimal:
            above = low is None or (value >= low if target.low_closed else value > low)  # type: ignore[operator]
            return above and (high is None or (value <= high if target.high_closed else value < high))  # type: ignore[operator]
        return in_range(value, target, frame.run) is True

    return test
