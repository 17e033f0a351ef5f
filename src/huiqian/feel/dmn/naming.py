"""The values that a cell names, where it does nothing but name some."""

from typing import Final

from lark import Token, Tree

from huiqian.feel.compiling.cells import Test
from huiqian.feel.compiling.comparisons import VALUE
from huiqian.feel.compiling.core import Reads, Scope, compile_node
from huiqian.feel.running import Frame, Run

_LITERALS: Final = frozenset({"number", "string", "true", "false", "null", "at", "negation"})
_PARTS: Final = frozenset({"tests", "half_open", "range", "negated", "any_value", "unary_tests", "group", "list"})
_MAKERS: Final = frozenset({"date", "time", "date and time", "duration"})


def gather_values(node: object, named: list[object]) -> bool:
    """Collect the values that a cell names; False where it does more than naming."""
    if not isinstance(node, Tree):
        return True
    if node.data in _LITERALS or _is_made(node):
        value = compile_node(node, Scope(Reads()))(Frame({}, None, Run(None, None)))
        named.append(value)
        return node.data != "negation" or value is not None
    return node.data in _PARTS and all(gather_values(child, named) for child in node.children)


def _is_made(node: Tree[Token]) -> bool:
    """date("2026-01-01") and its like, of literals only."""
    if node.data != "call" or not isinstance(node.children[0], Tree) or node.children[0].data != "name":
        return False
    arguments = [child for child in node.children[1:] if isinstance(child, Tree)]
    literal_only = all(
        isinstance(child, Tree) and child.data in _LITERALS for argument in arguments for child in argument.children
    )
    return str(node.children[0].children[0]) in _MAKERS and literal_only


def holds(test: Test, value: object) -> bool:
    """Does a value pass a cell that reads nothing but the value?"""
    run = Run(None, None)
    return test(Frame({VALUE: value}, None, run), value)
