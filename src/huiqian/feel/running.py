"""One evaluation: what it may still spend, what it warned of, and the names in scope."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from huiqian.feel.errors import ExpressionError, Warning
from huiqian.feel.values import AS_THEY_ARE, enter

T = TypeVar("T")
STEPS: Final = 400_000
MOST_ITEMS: Final = 100_000
MOST_CHARACTERS: Final = 200_000
DEEPEST_CALL: Final = 60
MOST_WARNINGS: Final = 50


class Run:
    """The purse and the notebook of one evaluation. `steps` count down; below zero the evaluation stops."""

    __slots__ = ("depth", "lists", "now", "steps", "warnings")

    def __init__(self, now: datetime | None, warnings: list[Warning] | None) -> None:
        self.steps = STEPS
        self.depth = 0
        self.now = now
        self.warnings = warnings
        # Lists already entered, by identity; the list itself is kept so that its identity is not given away.
        self.lists: dict[int, tuple[object, list[object]]] = {}

    def enter(self, value: object) -> object:
        """A value from outside as expressions see it; a list once per evaluation, contexts as they are read."""
        cls = type(value)
        if cls in AS_THEY_ARE:
            return value
        entered = enter(value)
        return self.enter_list(entered) if type(entered) is list else entered

    def enter_list(self, items: list[object]) -> list[object]:
        """A list whose items have been entered."""
        known = self.lists.get(id(items))
        if known is not None:
            return known[1]
        self.hold(len(items))
        self.depth += 1
        if self.depth > DEEPEST_CALL:
            raise ExpressionError("budget")
        entered = [self.enter(item) for item in items]
        self.depth -= 1
        if all(new is old for new, old in zip(entered, items, strict=True)):
            entered = items
        self.lists[id(items)] = self.lists[id(entered)] = (items, entered)
        return entered

    def spend(self, steps: int) -> None:
        """Pay for work of this size. Raises ExpressionError ("budget")."""
        self.steps -= steps
        if self.steps < 0:
            raise ExpressionError("budget")

    def hold(self, size: int, most: int = MOST_ITEMS) -> None:
        """Pay for a list (or, with MOST_CHARACTERS, a text) of this size before it is made."""
        if size > most:
            raise ExpressionError("budget")
        self.spend(size if most == MOST_ITEMS else size >> 4)

    def warn(self, code: str, place: tuple[int, int] = (0, 0), **params: Any) -> T | None:
        """Note why something is null, and be that null; the first fifty are kept."""
        if self.warnings is not None and len(self.warnings) < MOST_WARNINGS:
            self.warnings.append(Warning(code, *place, **params))
        return None


class Frame:
    """Names in scope: a mapping and the frame around it."""

    __slots__ = ("names", "parent", "run")

    def __init__(self, names: Mapping[str, object], parent: "Frame | None", run: Run) -> None:
        self.names = names
        self.parent = parent
        self.run = run


# A compiled part of an expression.
Code = Callable[[Frame], object]
