"""=, <, in: when values are equal, ordered, and inside a range or a list (DMN 1.3 tables 42 to 44)."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any, Final

from huiqian.feel.running import Run
from huiqian.feel.temporal import since_midnight
from huiqian.feel.values import Range, Unequal, enter, kind

Place = tuple[int, int]
ORDERED: Final = frozenset({
    "number", "string", "date", "time", "date and time", "days and time duration", "years and months duration",
})  # fmt: skip


def equal(x: object, y: object, run: Run, place: Place = (0, 0)) -> bool | None:
    """x = y. null equals only null; values of different kinds give null with a warning."""
    if type(x) is type(y) and type(x) in _PLAIN:
        return x == y
    x, y = enter(x), enter(y)
    if x is None or y is None:
        return x is y
    sort = kind(x)
    if sort != kind(y):
        return run.warn("operands", place, left=sort, operator="=", right=kind(y))
    if sort == "list":
        return _equal_lists(x, y, run)  # type: ignore[arg-type]
    if sort == "context":
        return _equal_contexts(x, y, run)  # type: ignore[arg-type]
    if sort == "range":
        return _equal_ranges(x, y, run)  # type: ignore[arg-type]
    if sort in ("date and time", "time"):
        return bool(_comparable(x) == _comparable(y))
    return bool(x == y)


_PLAIN: Final = frozenset({Decimal, str, bool})


def _equal_lists(x: list[object], y: list[object], run: Run) -> bool:
    run.spend(3 * len(x))
    return len(x) == len(y) and all(equal(a, b, run) is True for a, b in zip(x, y, strict=True))


def _equal_contexts(x: Mapping[str, object], y: Mapping[str, object], run: Run) -> bool:
    run.spend(3 * len(x))
    return x.keys() == y.keys() and all(equal(value, y[key], run) is True for key, value in x.items())


def _equal_ranges(x: Range, y: Range, run: Run) -> bool:
    same_sides = (x.low_closed, x.high_closed) == (y.low_closed, y.high_closed)
    return same_sides and equal(x.low, y.low, run) is True and equal(x.high, y.high, run) is True


def _comparable(value: object) -> Any:
    """Dates with times and times as something that can be compared: with a zone, on UTC's clock."""
    if isinstance(value, datetime):
        return (value.tzinfo is not None, value.replace(tzinfo=None) if value.tzinfo is None else value.astimezone(UTC))
    if isinstance(value, time):
        return (value.tzinfo is not None, since_midnight(value))
    return value


def compare(sign: str, x: object, y: object, run: Run, place: Place = (0, 0)) -> bool | None:
    """x < y and its kin. null with a warning where the two have no order (kinds differ, one has a zone…)."""
    x, y = enter(x), enter(y)
    sort = kind(x)
    if sort != kind(y) or sort not in ORDERED:
        return run.warn("operands", place, left=sort, operator=sign, right=kind(y))
    first, second = _comparable(x), _comparable(y)
    if isinstance(first, tuple) and first[0] != second[0]:
        return run.warn("operands", place, left=sort, operator=sign, right=kind(y))
    return bool(_SIGNS[sign](first, second))


_SIGNS: Final[dict[str, Any]] = {
    "<": lambda x, y: x < y, "<=": lambda x, y: x <= y, ">": lambda x, y: x > y, ">=": lambda x, y: x >= y,
}  # fmt: skip


def within(x: object, target: object, run: Run, place: Place = (0, 0)) -> bool | None:
    """x in target: inside a range, equal to (or inside) an item of a list, or equal to the target itself."""
    if isinstance(target, Unequal):
        same = equal(x, target.value, run, place)
        return None if same is None else not same
    x, target = enter(x), enter(target)
    if isinstance(target, Range):
        return in_range(x, target, run, place)
    if isinstance(target, list):
        return _in_list(x, target, run) or (isinstance(x, list) and equal(x, target, run, place))
    return equal(x, target, run, place)


def _in_list(x: object, items: list[object], run: Run) -> bool:
    run.spend(len(items))
    for item in items:
        if isinstance(item, Range) and not isinstance(x, Range):
            if in_range(x, item, run) is True:
                return True
        elif kind(enter(item)) == kind(x) and equal(x, item, run) is True:
            return True
    return False


def in_range(x: object, target: Range, run: Run, place: Place = (0, 0)) -> bool | None:
    """Is x between the ends of the range? null with a warning where it cannot be compared with them."""
    if isinstance(x, Range):
        return equal(x, target, run, place)
    above = True if target.low is None else compare(">=" if target.low_closed else ">", x, target.low, run, place)
    if above is not True:
        return above
    return True if target.high is None else compare("<=" if target.high_closed else "<", x, target.high, run, place)
