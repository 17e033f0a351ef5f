"""The table of what compiles which rule of the grammar, and what is known while compiling."""

from collections.abc import Callable, Iterable
from typing import Final

from lark import Token, Tree

from huiqian.feel.errors import ExpressionError
from huiqian.feel.lexer import DEEPEST
from huiqian.feel.running import Code

Node = Tree[Token]
Place = tuple[int, int]
Compiler = Callable[[Node, "Scope"], Code]
_COMPILERS: Final[dict[str, Compiler]] = {}


class Reads(set[str]):
    """Names that an expression reads; `certain` without those that may be entries of a filtered list's items."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        super().__init__(names)
        self.certain: set[str] = set(names)

    def note(self, name: str, *, certain: bool) -> None:
        """One more."""
        self.add(name)
        if certain:
            self.certain.add(name)

    def join(self, other: "Reads") -> None:
        """All of another's."""
        self |= other
        self.certain |= other.certain


class Scope:
    """What is known at a place of an expression: `bound` names, and whether frames lie between here and the outside.

    `free` gathers the names that come from outside; all scopes of one expression share it.
    """

    __slots__ = ("bound", "depth", "filters", "free", "inner")

    def __init__(
        self,
        free: Reads,
        bound: frozenset[str] = frozenset(),
        *,
        inner: bool = False,
        depth: int = 0,
        filters: bool = False,
    ) -> None:
        self.free = free
        self.bound = bound
        self.inner = inner
        self.depth = depth
        self.filters = filters

    def within(self, *names: str, filters: bool = False) -> "Scope":
        """The scope inside a construct that binds these names (or, a filter, also those of an item's entries)."""
        bound, filters = self.bound | set(names), filters or self.filters
        return Scope(self.free, bound, inner=True, depth=self.depth, filters=filters)


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


def check_once(named: Iterable[Node]) -> None:
    """Each of these begins with a name that no other has. Raises ExpressionError at the second one."""
    seen: set[str] = set()
    for node in named:
        name = str(node.children[0])
        if name in seen:
            raise ExpressionError("twice", *place_of(node), name=name)
        seen.add(name)
