"""Literals and names."""

from decimal import Decimal, InvalidOperation, Overflow
from typing import Final

from lark import Token

from huiqian.feel.compiling.core import Node, Place, Scope, compile_node, compiles, place_of
from huiqian.feel.errors import ExpressionError
from huiqian.feel.functions import BUILT_INS, call_by_position
from huiqian.feel.running import Code, Frame, Run
from huiqian.feel.temporal import read_temporal
from huiqian.feel.values import NUMBERS, Function, enter


class Constant:
    """A closure of a literal; tables look into `value` to choose a faster test."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __call__(self, _frame: Frame) -> object:
        """The value, whatever is in scope."""
        return self.value


def token_of(node: Node) -> Token:
    """A node's only token."""
    found = node.children[0]
    assert isinstance(found, Token)
    return found


@compiles("expression")
def _expression(node: Node, scope: Scope) -> Code:
    return compile_node(node.children[0], scope)


@compiles("number")
def _number(node: Node, _scope: Scope) -> Code:
    try:
        return Constant(NUMBERS.create_decimal(Decimal(token_of(node))))
    except (InvalidOperation, Overflow):
        raise ExpressionError("number_size", *place_of(node)) from None


@compiles("string")
def _string(node: Node, _scope: Scope) -> Code:
    return Constant(str(token_of(node)))


@compiles("at")
def _at(node: Node, _scope: Scope) -> Code:
    value = read_temporal(str(token_of(node)))
    if value is None:
        raise ExpressionError("at_literal", *place_of(node), found=f'"{token_of(node)}"')
    return Constant(value)


_WORDS: Final = {"true": True, "false": False, "null": None}


@compiles("true", "false", "null")
def _word(node: Node, _scope: Scope) -> Code:
    return Constant(_WORDS[node.data])


@compiles("name")
def _name(node: Node, scope: Scope) -> Code:
    name, place = str(token_of(node)), place_of(node)
    if name not in scope.bound:
        scope.free.note(name, certain=not scope.filters)
    return _from_frames(name, place) if scope.inner else _from_outside(name, place)


def _from_outside(name: str, place: Place) -> Code:
    def read(frame: Frame) -> object:
        names = frame.names
        if name in names:
            return enter(names[name])
        return _missing(name, place, frame.run)

    return read


def _from_frames(name: str, place: Place) -> Code:
    def read(frame: Frame) -> object:
        at: Frame | None = frame
        while at is not None:
            if name in at.names:
                return enter(at.names[name])
            at = at.parent
        return _missing(name, place, frame.run)

    return read


def _missing(name: str, place: Place, run: Run) -> object:
    overloads = BUILT_INS.get(name)
    if overloads is None:
        return run.warn("unknown_name", place, name=name)
    parameters = tuple(parameter.name for parameter in overloads[0].parameters)
    return Function(name, parameters, lambda inner, values: call_by_position(overloads, values, inner, place))
