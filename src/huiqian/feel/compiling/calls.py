"""Calls: of built-in functions (found while compiling) and of functions that are values."""

from collections.abc import Sequence

from huiqian.feel.compiling.core import Node, Place, Scope, check_once, compile_node, compiles, parts, place_of
from huiqian.feel.functions import BUILT_INS, Overload, call_by_name, call_by_position
from huiqian.feel.running import Code, Frame, Run
from huiqian.feel.values import Function


@compiles("call")
def _call(node: Node, scope: Scope) -> Code:
    target, *arguments = parts(node)
    place = place_of(node)
    name = str(target.children[0]) if target.data == "name" else ""
    overloads = BUILT_INS.get(name, ()) if name not in scope.bound else ()
    named = bool(arguments) and arguments[0].data == "named"
    codes = _named(arguments[0], scope) if named else _positional(arguments, scope)
    if overloads:
        return _built_in(overloads, codes, place)
    return _of_value(compile_node(target, scope), name or "function", codes, place)


Codes = tuple[tuple[str, ...], tuple[Code, ...]]


def _positional(arguments: list[Node], scope: Scope) -> Codes:
    return (), tuple(compile_node(part, scope) for part in parts(arguments[0])) if arguments else ()


def _named(arguments: Node, scope: Scope) -> Codes:
    names = tuple(str(argument.children[0]) for argument in parts(arguments))
    check_once(parts(arguments))
    return names, tuple(compile_node(argument.children[1], scope) for argument in parts(arguments))


def _built_in(overloads: Sequence[Overload], codes: Codes, place: Place) -> Code:
    names, arguments = codes
    if names:
        return lambda frame: call_by_name(
            overloads, {name: code(frame) for name, code in zip(names, arguments, strict=True)}, frame.run, place
        )
    return lambda frame: call_by_position(overloads, [code(frame) for code in arguments], frame.run, place)


def _of_value(target: Code, name: str, codes: Codes, place: Place) -> Code:
    names, arguments = codes

    def run(frame: Frame) -> object:
        function = target(frame)
        if not isinstance(function, Function):
            return frame.run.warn("not_a_function", place, name=name)
        values = [code(frame) for code in arguments]
        if not names:
            return function.call(frame.run, values)
        return _call_by_name(function, dict(zip(names, values, strict=True)), frame.run, place)

    return run


def _call_by_name(function: Function, values: dict[str, object], run: Run, place: Place) -> object:
    if set(values) != set(function.parameters):
        return run.warn("arguments", place, name=function.name)
    return function.call(run, [values[name] for name in function.parameters])
