"""Functions on truth values: not, all, any, is (DMN 1.3 tables 72, 74, 76)."""

from datetime import datetime, time

from huiqian.feel.comparison import equal
from huiqian.feel.functions.lists import gathered
from huiqian.feel.functions.registry import NotPossible, built_in
from huiqian.feel.running import Run
from huiqian.feel.values import kind


@built_in("not(negand: any)")
def not_(_run: Run, value: object) -> bool | None:
    """The opposite; null for anything but true and false."""
    return not value if isinstance(value, bool) else None


@built_in("all(list: list)", "all(b*: any)")
def all_(run: Run, *items: object) -> bool | None:
    """False if one is false, else null if one is no truth value, else true (of none, too)."""
    values = _truths(items, run)
    return False if False in values else None if None in values else True


@built_in("any(list: list)", "any(b*: any)")
def any_(run: Run, *items: object) -> bool | None:
    """True if one is true, else null if one is no truth value, else false (of none, too)."""
    values = _truths(items, run)
    return True if True in values else None if None in values else False


def _truths(items: tuple[object, ...], run: Run) -> list[bool | None]:
    values = gathered(items)
    run.spend(len(values))
    if not all(value is None or isinstance(value, bool) for value in values):
        raise NotPossible("list")
    return [value if isinstance(value, bool) else None for value in values]


@built_in("is(value1: any, value2: any)")
def is_(run: Run, x: object, y: object) -> bool:
    """The very same value: of one kind, equal, and times with the same zone or both without."""
    if kind(x) != kind(y):
        return False
    if isinstance(x, datetime | time) and isinstance(y, datetime | time):
        return x.replace(tzinfo=None) == y.replace(tzinfo=None) and str(x.tzinfo) == str(y.tzinfo)
    return equal(x, y, run) is True
