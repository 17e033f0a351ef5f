"""if, for, some, every, and functions written in an expression."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from lark import Token, Tree

from huiqian.feel.comparison import compare
from huiqian.feel.compiling.core import Node, Scope, check_once, compile_node, compiles, parts, place_of, weight
from huiqian.feel.errors import ExpressionError
from huiqian.feel.running import DEEPEST_CALL, MOST_ITEMS, Code, Frame, Run
from huiqian.feel.types import Type, is_of, type_of
from huiqian.feel.values import Function, Range, enter, kind

Source = Callable[[Frame], Sequence[object] | None]


@compiles("if")
def _if(node: Node, scope: Scope) -> Code:
    condition, yes, no = (compile_node(part, scope) for part in parts(node))
    place = place_of(node)

    def run(frame: Frame) -> object:
        value = condition(frame)
        if value is True:
            return yes(frame)
        if value is not False and value is not None:
            frame.run.warn("not_boolean", place, operator="if", kind=kind(value))
        return no(frame)

    return run


@compiles("for")
def _for(node: Node, scope: Scope) -> Code:
    *iterations, body = parts(node)
    rounds, inside = _rounds(iterations, scope, "partial")
    code, cost = compile_node(body, inside), weight(body)
    looks_back, keeps = _looks_back(body)

    def run(frame: Frame) -> list[object] | None:
        results: list[object] = []
        for inner in rounds(frame):
            if inner is None:
                return None
            inner.run.spend(cost + (len(results) if keeps else 0))
            if len(results) >= MOST_ITEMS:
                raise ExpressionError("budget")
            so_far = {"partial": list(results) if keeps else results}
            results.append(code(Frame(so_far, inner, inner.run) if looks_back else inner))
        return results

    return run


def _looks_back(body: Node) -> tuple[bool, bool]:
    """Does the body read `partial`, and may it keep the list? Not where it only picks items: `partial[-1]`.

    What may be kept is copied in every round, so that no list comes to hold itself.
    """
    reads = sum(str(token) == "partial" for token in body.scan_values(lambda child: isinstance(child, Token)))
    bases = (node.children[0] for node in body.iter_subtrees() if node.data == "filter")
    picks = sum(isinstance(base, Tree) and base.data == "name" and base.children[0] == "partial" for base in bases)
    return reads > 0, reads > picks


@compiles("some", "every")
def _quantified(node: Node, scope: Scope) -> Code:
    *iterations, body = parts(node)
    rounds, inside = _rounds(iterations, scope)
    code, cost = compile_node(body, inside), weight(body)
    decisive = node.data == "some"

    def run(frame: Frame) -> bool | None:
        unknown = False
        for inner in rounds(frame):
            if inner is None:
                return None
            inner.run.spend(cost)
            value = code(inner)
            if value is decisive:
                return decisive
            unknown = unknown or not isinstance(value, bool)
        return None if unknown else not decisive

    return run


Rounds = Callable[[Frame], Iterator[Frame | None]]


def _rounds(iterations: list[Node], scope: Scope, *extra: str) -> tuple[Rounds, Scope]:
    """All combinations of the iterations' values, each as a frame; None where one cannot be gone through."""
    names: list[str] = []
    sources: list[Source] = []
    inside = scope.within(*extra)
    for iteration in iterations:
        sources.append(_source(iteration, inside))
        names.append(str(iteration.children[0]))
        inside = inside.within(names[-1])

    def go(frame: Frame, level: int, values: dict[str, object]) -> Iterator[Frame | None]:
        here = Frame(values, frame, frame.run)
        items = sources[level](here)
        if items is None:
            yield None
            return
        for item in items:
            frame.run.spend(1)
            chosen = {**values, names[level]: item}
            if level + 1 < len(sources):
                yield from go(frame, level + 1, chosen)
            else:
                yield Frame(chosen, frame, frame.run)

    return lambda frame: go(frame, 0, {}), inside


def _source(iteration: Node, scope: Scope) -> Source:
    codes = [compile_node(part, scope) for part in parts(iteration)]
    place = place_of(iteration)

    def items(frame: Frame) -> Sequence[object] | None:
        values = [code(frame) for code in codes]
        found = _counted(values[0], values[1], frame.run) if len(values) == 2 else _listed(values[0], frame.run)
        if found is None:
            frame.run.warn("iteration", place, kind=kind(values[0]))
        return found

    return items


def _listed(value: object, run: Run) -> Sequence[object] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, Range):
        numbers = _counted(value.low, value.high, run)
        return numbers and numbers[not value.low_closed : len(numbers) - (not value.high_closed)]
    return None if value is None else [value]


def _counted(low: object, high: object, run: Run) -> Sequence[object] | None:
    """Whole numbers or days from one to the other, downwards too."""
    if type(low) is date and type(high) is date:
        first = Decimal(low.toordinal())
        days = _counted(first, Decimal(high.toordinal()), run) or ()
        return [date.fromordinal(int(day)) for day in days if isinstance(day, Decimal)]
    if not (_whole(low) and _whole(high)):
        return None
    assert isinstance(low, Decimal)
    assert isinstance(high, Decimal)
    step = 1 if compare("<=", low, high, run) else -1
    size = abs(high - low) + 1
    if size > MOST_ITEMS:
        raise ExpressionError("budget")
    run.hold(int(size))
    return [Decimal(number) for number in range(int(low), int(high) + step, step)]


def _whole(value: object) -> bool:
    return isinstance(value, Decimal) and abs(value) < 10**18 and value == value.to_integral_value()


@compiles("function")
def _function(node: Node, scope: Scope) -> Code:
    for child in node.children:
        if isinstance(child, Token) and child.type == "EXTERNAL":
            raise ExpressionError("no_external", child.line or 0, child.column or 0)
    *declared, body = parts(node)
    names = tuple(str(parameter.children[0]) for parameter in declared)
    check_once(declared)
    types = [_parameter_type(parameter) for parameter in declared]
    code = compile_node(body, scope.within(*names))
    return lambda frame: closure("function", names, types, code, frame, weight(body))


def _parameter_type(parameter: Node) -> Type | None:
    return type_of(str(parameter.children[1])) if len(parameter.children) > 1 else None


def closure(
    name: str, names: tuple[str, ...], types: Sequence[Type | None], code: Code, frame: Frame, cost: int
) -> Function:
    """A function whose body sees the frame it was written in. Wrong arguments give null, with a warning."""

    def call(run: Run, values: Sequence[object]) -> object:
        if len(values) != len(names):
            return run.warn("arguments", name=name)
        entered = [enter(value) for value in values]
        for value, parameter, wanted in zip(entered, names, types, strict=True):
            if wanted is not None and value is not None and not is_of(value, wanted):
                return run.warn("argument", name=name, parameter=parameter, wanted=wanted.name, kind=kind(value))
        run.spend(cost)
        run.depth += 1
        if run.depth > DEEPEST_CALL:
            raise ExpressionError("budget")
        try:
            return code(Frame(dict(zip(names, entered, strict=True)), frame, run))
        finally:
            run.depth -= 1

    return Function(name, names, call)
