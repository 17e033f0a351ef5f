"""Hints about a table: rules that can fit at the same time, rules never reached, cases that no rule covers.

Every column's values are cut into the pieces that its cells tell apart (a number below, at, between, above the ones
that are named; a text that is named, or another one), one value standing for each piece. A rule is then a box of
pieces, and boxes can be intersected and subtracted exactly. Columns with cells that compute something are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from huiqian.feel.compiling.cells import compile_tests
from huiqian.feel.compiling.core import Reads, Scope
from huiqian.feel.dmn.findings import HINT, WARNING, Finding
from huiqian.feel.dmn.model import InputClause, Table
from huiqian.feel.dmn.naming import gather_values, holds
from huiqian.feel.errors import ExpressionError
from huiqian.feel.formatting import literal
from huiqian.feel.parsing import parse
from huiqian.feel.values import NUMBERS, YearsMonths, kind

MOST_RULES: Final = 300
MOST_WORK: Final = 200_000
MOST_FINDINGS: Final = 20
MOST_GAPS: Final = 5
ANOTHER: Final = "…"


@dataclass(frozen=True, slots=True)
class _Axis:
    """A column: a value for each piece, and for each rule the pieces that fit, as bits."""

    label: str
    values: tuple[object, ...]
    fits: tuple[int, ...]

    @property
    def all(self) -> int:
        return (1 << len(self.values)) - 1


class _TooMuch(Exception):
    """The table is too large to be looked through."""


def coverage(key: str, table: Table, names: Sequence[str]) -> Iterator[Finding]:
    """Hints about a table; none where it is too large, or where no column can be judged."""
    if not table.rules or len(table.rules) > MOST_RULES:
        return
    axes = [_axis(table, place, clause, names) for place, clause in enumerate(table.inputs)]
    known = [axis for axis in axes if axis is not None]
    if len(known) < len(axes):
        return
    if table.hit_policy == "U":
        yield from _overlaps(key, known, len(table.rules))
    if table.hit_policy == "F":
        yield from _never(key, known, len(table.rules))
    if table.hit_policy in "UAPF" and not any(clause.default for clause in table.outputs):
        yield from _gaps(key, known, len(table.rules))


def _overlaps(key: str, axes: list[_Axis], count: int) -> Iterator[Finding]:
    found = 0
    for second in range(count):
        for first in range(second):
            shared = [axis.fits[first] & axis.fits[second] for axis in axes]
            if all(shared) and found < MOST_FINDINGS:
                found += 1
                params = {"row": first + 1, "other": second + 1, "example": _example(axes, shared)}
                yield Finding("overlap", WARNING, key, f"rows.{second}", second + 1, params=params)


def _never(key: str, axes: list[_Axis], count: int) -> Iterator[Finding]:
    for row in range(count):
        box = [axis.fits[row] for axis in axes]
        earlier = [[axis.fits[other] for axis in axes] for other in range(row)]
        try:
            left = next(_left(box, earlier, [MOST_WORK]), None)
        except _TooMuch:
            return
        if left is None and all(box):
            yield Finding("never", HINT, key, f"rows.{row}", row + 1, params={"row": row + 1})


def _gaps(key: str, axes: list[_Axis], count: int) -> Iterator[Finding]:
    boxes = [[axis.fits[row] for axis in axes] for row in range(count)]
    found = 0
    try:
        for box in _left([axis.all for axis in axes], boxes, [MOST_WORK]):
            yield Finding("gap", HINT, key, params={"example": _example(axes, box)})
            found += 1
            if found == MOST_GAPS:
                return
    except _TooMuch:
        return


def _left(box: list[int], others: list[list[int]], purse: list[int]) -> Iterator[list[int]]:
    """What of a box no other box covers, as boxes. Raises _TooMuch when the purse is empty."""
    purse[0] -= 1
    if purse[0] < 0:
        raise _TooMuch
    if not all(box):
        return
    if not others:
        yield box
        return
    other, rest = others[0], others[1:]
    if not all(mine & theirs for mine, theirs in zip(box, other, strict=True)):
        yield from _left(box, rest, purse)
        return
    inside = list(box)
    for place, theirs in enumerate(other):
        outside = inside[place] & ~theirs
        if outside:
            yield from _left([*inside[:place], outside, *inside[place + 1 :]], rest, purse)
        inside[place] &= theirs


def _example(axes: list[_Axis], box: list[int]) -> str:
    """A case in a box: "kind = "A", amount = 5"."""
    parts = []
    for axis, pieces in zip(axes, box, strict=True):
        value = axis.values[(pieces & -pieces).bit_length() - 1]
        parts.append(f"{axis.label} = {value if value is ANOTHER else literal(value)}")
    return ", ".join(parts)


def _axis(table: Table, place: int, clause: InputClause, names: Sequence[str]) -> _Axis | None:
    """The column cut into pieces; None where a cell computes something."""
    try:
        trees = [parse(rule.inputs[place].strip() or "-", names, tests=True) for rule in table.rules]
        limits = parse(clause.values, names, tests=True) if clause.values else None
        named: list[object] = []
        for tree in [*trees, *([limits] if limits else [])]:
            if not gather_values(tree, named):
                return None
        tests = [compile_tests(tree, Scope(Reads(), inner=True)) for tree in trees]
        limit = compile_tests(limits, Scope(Reads(), inner=True)) if limits else None
    except ExpressionError:
        return None
    values = [value for value in _pieces(named, clause.type) if limit is None or holds(limit, value)]
    if not values:
        return None
    fits = tuple(sum(1 << at for at, value in enumerate(values) if holds(test, value)) for test in tests)
    return _Axis(clause.label or clause.expression, tuple(values), fits)


def _pieces(named: list[object], declared: str) -> list[object]:
    """One value for each piece: the named ones, and what lies around them. Nulls are left aside."""
    values = [value for value in named if value is not None]
    sorts = {kind(value) for value in values}
    if len(sorts) > 1:
        return []
    sort = next(iter(sorts), declared)
    if sort == "boolean":
        return [True, False]
    if sort == "string" or not values:
        return [*dict.fromkeys(values), ANOTHER]
    ordered: list[Any] = sorted(set(values))
    made: list[object] = [_beside(ordered[0], -1)]
    for first, second in zip(ordered, [*ordered[1:], None], strict=True):
        made.append(first)
        middle = _beside(first, 1) if second is None else _between(first, second)
        if middle is not None:
            made.append(middle)
    return made


def _beside(value: Any, way: int) -> object:
    """A value a little below or above."""
    if isinstance(value, Decimal | YearsMonths):
        return NUMBERS.add(value, Decimal(way)) if isinstance(value, Decimal) else YearsMonths(value.total + way)
    if isinstance(value, timedelta):
        return value + timedelta(hours=way)
    if isinstance(value, time):
        return time.min if way < 0 else time.max
    return value + timedelta(days=way)


def _between(first: Any, second: Any) -> object:
    """A value between two, None where there is none (two days that follow each other)."""
    if isinstance(first, Decimal):
        return NUMBERS.divide(NUMBERS.add(first, second), Decimal(2))
    if isinstance(first, YearsMonths):
        return YearsMonths((first.total + second.total) // 2) if second.total - first.total > 1 else None
    if isinstance(first, timedelta | datetime):
        return first + (second - first) / 2
    if isinstance(first, date):
        return first + timedelta(days=1) if (second - first).days > 1 else None
    return (datetime.combine(date.min, first) + timedelta(microseconds=1)).time()
