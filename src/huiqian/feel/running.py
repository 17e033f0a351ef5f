"""One evaluation: what it may still spend, what it warned of, and the names in scope."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from huiqian.feel.errors import ExpressionError, Warning

T = TypeVar("T")
STEPS: Final = 400_000
MOST_ITEMS: Final = 100_000
MOST_CHARACTERS: Final = 200_000
DEEPEST_CALL: Final = 60
MOST_WARNINGS: Final = 50


class Run:
    """The purse and the notebook of one evaluation. `steps` count down; below zero the evaluation stops."""

    __slots__ = ("depth", "now", "steps", "warnings")

    def __init__(self, now: datetime | None, warnings: list[Warning] | None) -> None:
        self.steps = STEPS
        self.depth = 0
        self.now = now
        self.warnings = warnings

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
