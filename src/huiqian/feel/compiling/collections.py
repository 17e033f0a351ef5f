"""Lists, contexts, paths and filters."""

from collections.abc import Mapping
from decimal import Decimal

from huiqian.feel.compiling.core import Node, Place, Scope, check_once, compile_node, compiles, parts, place_of, weight
from huiqian.feel.properties import property_of
from huiqian.feel.running import Code, Frame, Run
from huiqian.feel.values import enter, kind


@compiles("list")
def _list(node: Node, scope: Scope) -> Code:
    codes = [compile_node(part, scope) for part in parts(node)]

    def build(frame: Frame) -> list[object]:
        frame.run.spend(len(codes))
        return [code(frame) for code in codes]

    return build


@compiles("context")
def _context(node: Node, scope: Scope) -> Code:
    entries: dict[str, Code] = {}
    inside = scope.within()
    check_once(parts(node))
    for part in parts(node):
        key = str(part.children[0])
        entries[key] = compile_node(part.children[1], inside)
        inside = inside.within(key)

    def build(frame: Frame) -> dict[str, object]:
        frame.run.spend(len(entries))
        values: dict[str, object] = {}
        inner = Frame(values, frame, frame.run)
        for key, code in entries.items():
            values[key] = code(inner)
        return values

    return build


@compiles("path")
def _path(node: Node, scope: Scope) -> Code:
    source = compile_node(node.children[0], scope)
    name, place = str(node.children[1]), place_of(node)
    return lambda frame: step_into(source(frame), name, frame.run, place)


def step_into(value: object, name: str, run: Run, place: Place) -> object:
    """An entry of a context, a part of a date or duration; of a list, that of every item (DMN 1.3 §10.3.2.6)."""
    if type(value) is dict or isinstance(value, Mapping):
        if name in value:
            return enter(value[name])
        return run.warn("no_entry", place, name=name, kind="context")
    if isinstance(value, list):
        run.hold(len(value))
        return [step_into(item if type(item) is dict else enter(item), name, run, place) for item in value]
    if value is None:
        return None
    return property_of(value, name, run, place)


@compiles("filter")
def _filter(node: Node, scope: Scope) -> Code:
    source_node, condition_node = parts(node)
    source, cost, place = compile_node(source_node, scope), weight(condition_node), place_of(node)
    condition = compile_node(condition_node, scope.within("item", filters=True))
    by_position = _is_position(condition_node)

    def run(frame: Frame) -> object:
        value = source(frame)
        items = value if isinstance(value, list) else [] if value is None else [value]
        if by_position:
            return _at(items, condition(Frame({}, frame, frame.run)), frame.run, place)
        return _chosen(items, condition, frame, cost, place)

    return run


def _is_position(node: Node) -> bool:
    """A number, perhaps with a minus: chosen without looking at the items."""
    return node.data == "number" or (node.data == "negation" and _is_position(parts(node)[0]))


def _at(items: list[object], index: object, run: Run, place: Place) -> object:
    if not isinstance(index, Decimal):
        return run.warn("filter", place, kind=kind(index))
    whole = index == index.to_integral_value()
    if whole and 1 <= abs(index) <= len(items):
        return enter(items[int(index) - 1 if index > 0 else int(index)])
    return run.warn("index", place, index=str(index)[:40])


def _chosen(items: list[object], condition: Code, frame: Frame, cost: int, place: Place) -> object:
    """The items of which the condition is true. A number that is the same for all items is a position."""
    kept: list[object] = []
    for item in items:
        frame.run.spend(cost)
        verdict = condition(_with_item(item, frame))
        if type(verdict) is Decimal:
            return _at(items, verdict, frame.run, place)
        if verdict is True:
            kept.append(item)
        elif verdict is not False and verdict is not None:
            frame.run.warn("filter", place, kind=kind(verdict))
    if not items:
        verdict = condition(Frame({"item": None}, frame, Run(frame.run.now, None)))
        if type(verdict) is Decimal:
            return _at(items, verdict, frame.run, place)
    return kept


def _with_item(item: object, frame: Frame) -> Frame:
    """The item's own entries come first, then `item`, then what lies around."""
    entered = enter(item)
    around = Frame({"item": entered}, frame, frame.run)
    return Frame(entered, around, frame.run) if isinstance(entered, Mapping) else around
