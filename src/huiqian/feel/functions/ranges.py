"""How points and ranges lie to each other (DMN 1.3 §10.3.4.9, table 78)."""

# ruff: noqa: D402 — the examples are expressions, not signatures

from huiqian.feel.comparison import compare
from huiqian.feel.functions.registry import built_in, refuse
from huiqian.feel.running import Run
from huiqian.feel.values import Range


def _sign(left: object, right: object) -> int:
    quiet = Run(None, None)
    if compare("<", left, right, quiet):
        return -1
    above = compare(">", left, right, quiet)
    return refuse("range") if above is None else int(above)


def _ends(value: object) -> Range:
    """A range, or a point as the range of only itself. Raises Unfit where an end is open to infinity."""
    span = value if isinstance(value, Range) else Range(value, value)
    if span.low is None or span.high is None:
        refuse("range")
    return span


def _is_before(first: Range, second: Range) -> bool:
    sign = _sign(first.high, second.low)
    return sign < 0 or (sign == 0 and not (first.high_closed and second.low_closed))


@built_in("before(point1: point, point2: point)", "before(range1: point, range2: point)")
def before(_run: Run, first: object, second: object) -> bool:
    """before(1, 10) = true; before([1..5), [5..10]) = true."""
    return _is_before(_ends(first), _ends(second))


@built_in("after(point1: point, point2: point)", "after(range1: point, range2: point)")
def after(_run: Run, first: object, second: object) -> bool:
    """after(10, 5) = true; after([5..10], [1..5)) = true."""
    return _is_before(_ends(second), _ends(first))


@built_in("meets(range1: range, range2: range)")
def meets(_run: Run, first: Range, second: Range) -> bool:
    """The first ends where the second begins, both with that point: meets([1..5], [5..10]) = true."""
    first, second = _ends(first), _ends(second)
    return first.high_closed and second.low_closed and _sign(first.high, second.low) == 0


@built_in("met by(range1: range, range2: range)")
def met_by(run: Run, first: Range, second: Range) -> bool:
    """met by([5..10], [1..5]) = true."""
    return meets(run, second, first)


@built_in("overlaps(range1: range, range2: range)")
def overlaps(_run: Run, first: Range, second: Range) -> bool:
    """Have they a point in common? overlaps([1..5], [3..8]) = true."""
    first, second = _ends(first), _ends(second)
    return not _is_before(first, second) and not _is_before(second, first)


@built_in("overlaps before(range1: range, range2: range)")
def overlaps_before(_run: Run, first: Range, second: Range) -> bool:
    """The first begins earlier and ends inside the second: overlaps before([1..5], [3..8]) = true."""
    first, second = _ends(first), _ends(second)
    return _starts_earlier(first, second) and _touches(first, second) and not _ends_later(first, second)


@built_in("overlaps after(range1: range, range2: range)")
def overlaps_after(_run: Run, first: Range, second: Range) -> bool:
    """The first begins inside the second and ends later: overlaps after([3..8], [1..5]) = true."""
    first, second = _ends(first), _ends(second)
    return _ends_later(first, second) and _touches(second, first) and not _starts_earlier(first, second)


def _starts_earlier(first: Range, second: Range) -> bool:
    sign = _sign(first.low, second.low)
    return sign < 0 or (sign == 0 and first.low_closed and not second.low_closed)


def _ends_later(first: Range, second: Range) -> bool:
    sign = _sign(first.high, second.high)
    return sign > 0 or (sign == 0 and first.high_closed and not second.high_closed)


def _touches(earlier: Range, later: Range) -> bool:
    return not _is_before(earlier, later)


@built_in("finishes(point: point, range: range)", "finishes(range1: range, range2: range)")
def finishes(_run: Run, first: object, second: Range) -> bool:
    """Ends where the second ends: finishes(10, [1..10]) = true; finishes([5..10], [1..10]) = true."""
    inner, outer = _ends(first), _ends(second)
    same_end = inner.high_closed == outer.high_closed and _sign(inner.high, outer.high) == 0
    return same_end and not _starts_earlier(inner, outer)


@built_in("finished by(range: range, point: point)", "finished by(range1: range, range2: range)")
def finished_by(run: Run, first: Range, second: object) -> bool:
    """finished by([1..10], 10) = true."""
    return finishes(run, second, first)


@built_in("includes(range: range, point: point)", "includes(range1: range, range2: range)")
def includes(_run: Run, first: Range, second: object) -> bool:
    """includes([1..10], 5) = true; includes([1..10], [4..6]) = true."""
    outer, inner = _ends(first), _ends(second)
    return not _starts_earlier(inner, outer) and not _ends_later(inner, outer)


@built_in("during(point: point, range: range)", "during(range1: range, range2: range)")
def during(run: Run, first: object, second: Range) -> bool:
    """during(5, [1..10]) = true; during([4..6], [1..10]) = true."""
    return includes(run, second, first)


@built_in("starts(point: point, range: range)", "starts(range1: range, range2: range)")
def starts(_run: Run, first: object, second: Range) -> bool:
    """Begins where the second begins: starts(1, [1..10]) = true; starts([1..5], [1..10]) = true."""
    inner, outer = _ends(first), _ends(second)
    same_start = inner.low_closed == outer.low_closed and _sign(inner.low, outer.low) == 0
    return same_start and not _ends_later(inner, outer)


@built_in("started by(range: range, point: point)", "started by(range1: range, range2: range)")
def started_by(run: Run, first: Range, second: object) -> bool:
    """started by([1..10], 1) = true."""
    return starts(run, second, first)


@built_in("coincides(point1: point, point2: point)", "coincides(range1: range, range2: range)")
def coincides(_run: Run, first: object, second: object) -> bool:
    """coincides(5, 5) = true; coincides([1..5], [1..5]) = true."""
    left, right = _ends(first), _ends(second)
    same_ends = left.low_closed == right.low_closed and left.high_closed == right.high_closed
    return same_ends and _sign(left.low, right.low) == 0 and _sign(left.high, right.high) == 0
