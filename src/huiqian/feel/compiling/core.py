"""The table of what compiles which rule of the grammar, and what is known while compiling."""

from collections.abc import Callable
from typing import Final

from lark import Token, Tree

from huiqian.feel.errors import ExpressionError
from huiqian.feel.lexer import DEEPEST
from huiqian.feel.running import Code

Node = Tree[Token]
Place = tuple[int, int]
Compiler = Callable[[Node, "Scope"], Code]
_COMPILERS: Final[dict[str, Compiler]] = {}


class Scope:
    """What is known at a place of an expression: `bound` names, and whether frames lie between here and the outside.

    `free` gathers the names that come from outside; all scopes of one expression share it.
    """

    __slots__ = ("bound", "depth", "free", "inner")

    def __init__(
        self, free: set[str], bound: frozenset[str] = frozenset(), *, inner: bool = False, depth: int = 0
    ) -> None:
        self.free = free
        self.bound = bound
        self.inner = inner
        self.depth = depth

    def within(self, *names: str) -> "Scope":
        """The scope inside a construct that binds these names."""
        return Scope(self.free, self.bound | set(names), inner=True, depth=self.depth)


def compiles(*rules: str) -> Callable[[Compiler], Compiler]:
    """Declare what compiles these rules of the grammar."""

    def declare(compiler: Compiler) -> Compiler:
        for rule in rules:
            _COMPILERS[rule] = compiler
        return compiler

    return declare


def compile_node(node: object, scope: Scope) -> Code:
    """The closure that evaluates this part. Raises ExpressionError where the nesting is too deep."""
    assert isinstance(node, Tree)
    scope.depth += 1
    if scope.depth > DEEPEST:
        raise ExpressionError("too_deep", *place_of(node), most=DEEPEST)
    try:
        return _COMPILERS[node.data](node, scope)
    finally:
        scope.depth -= 1


def parts(node: Node) -> list[Node]:
    """The children that are not tokens."""
    return [child for child in node.children if isinstance(child, Tree)]


def place_of(node: Node) -> Place:
    """Line and column where a part begins."""
    return (0, 0) if node.meta.empty else (node.meta.line, node.meta.column)


def weight(node: Node) -> int:
    """What one evaluation of this part costs, in steps: its size."""
    return sum(1 for _ in node.iter_subtrees())
