"""Compile an expression once, evaluate it as often as wanted."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from huiqian.feel.compiling import Reads, Scope, compile_node
from huiqian.feel.errors import ExpressionError, Warning
from huiqian.feel.parsing import parse
from huiqian.feel.running import Code, Frame, Run
from huiqian.feel.values import enter


class Expression:
    """A compiled expression. It has no state: any number of threads may evaluate it at the same time."""

    __slots__ = ("_code", "names", "text")

    def __init__(self, text: str, names: frozenset[str], code: Code) -> None:
        self.text = text
        self.names = names
        self._code = code

    def evaluate(
        self,
        variables: Mapping[str, object],
        *,
        now: datetime | None = None,
        warnings: list[Warning] | None = None,
    ) -> object:
        """The value under these variables. What cannot be computed is null, with a reason in `warnings`.

        `now` is what now() and today() tell. Raises ExpressionError ("budget") where it needs too much.
        """
        run = Run(now, warnings)
        try:
            return settled(self._code(Frame(variables, None, run)), run)
        except (RecursionError, MemoryError):
            raise ExpressionError("budget") from None

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


def settled(value: object, run: Run) -> object:
    """A result that may be handed out: whatever it holds is counted, so that nobody has to write out a giant."""
    if isinstance(value, list | dict):
        return _copied(value, run)
    return value


def _copied(value: object, run: Run) -> object:
    run.spend(3)
    value = enter(value)
    if isinstance(value, list):
        return [_copied(item, run) for item in value]
    if isinstance(value, Mapping):
        return {key: _copied(item, run) for key, item in value.items()}
    return value


@lru_cache(maxsize=4096)
def _compiled(text: str, names: frozenset[str]) -> Expression:
    free = Reads()
    try:
        code = compile_node(parse(text, sorted(names)), Scope(free))
    except RecursionError:
        raise ExpressionError("too_deep", most=100) from None
    return Expression(text, frozenset(free), code)


def compile_expression(text: str, names: Iterable[str] = ()) -> Expression:
    """Compile an expression; `names` are known names that may have spaces or signs in them ("unit price").

    Raises ExpressionError with line, column and what was expected. The last 4,096 are remembered.
    """
    return _compiled(text, frozenset(names))
