"""Functions on lists (DMN 1.3 table 74). Positions count from 1, negative ones from the end."""

from decimal import Decimal
from functools import cmp_to_key

from huiqian.feel.arithmetic import calculate
from huiqian.feel.comparison import compare, equal
from huiqian.feel.functions.registry import NotPossible, built_in
from huiqian.feel.running import Run
from huiqian.feel.values import NUMBERS, Function, enter, kind

Items = list[object]


def gathered(items: tuple[object, ...]) -> Items:
    """One list, or the arguments one by one: `sum(1, 2)` is `sum([1, 2])`."""
    return items[0] if len(items) == 1 and isinstance(items[0], list) else list(items)


def same(x: object, y: object, run: Run) -> bool:
    """Equal for the purposes of lists: values of different kinds are simply not."""
    run.spend(3)
    x, y = enter(x), enter(y)
    return kind(x) == kind(y) and equal(x, y, run) is True


@built_in("list contains(list: list, element: any)")
def list_contains(run: Run, items: Items, element: object) -> bool:
    """Is the element in the list?"""
    return any(same(item, element, run) for item in items)


@built_in("count(list: list)")
def count(_run: Run, items: Items) -> int:
    """How many items."""
    return len(items)


@built_in("min(list: list)", "min(c*: any)")
def min_(run: Run, *items: object) -> object:
    """The least item; null for none."""
    return _extreme("<", gathered(items), run)


@built_in("max(list: list)", "max(c*: any)")
def max_(run: Run, *items: object) -> object:
    """The greatest item; null for none."""
    return _extreme(">", gathered(items), run)


def _extreme(sign: str, items: Items, run: Run) -> object:
    run.spend(len(items))
    best = enter(items[0]) if items else None
    for item in items[1:]:
        better = compare(sign, item, best, run)
        if better is None:
            raise NotPossible("list")
        best = enter(item) if better else best
    return best


@built_in("sum(list: list)", "sum(n*: any)")
def sum_(run: Run, *items: object) -> object:
    """All added up: numbers, or durations of one kind; null for none."""
    numbers = gathered(items)
    run.spend(len(numbers))
    if not numbers:
        return None
    total = enter(numbers[0])
    if isinstance(total, str) or (len(numbers) == 1 and not _adds_up(total)):
        raise NotPossible("list")
    for given in numbers[1:]:
        item = enter(given)
        quick = type(total) is Decimal and type(item) is Decimal
        total = NUMBERS.add(total, item) if quick else calculate("+", total, item, run)  # type: ignore[arg-type]
        if total is None:
            return None
    return total


def _adds_up(value: object) -> bool:
    return calculate("+", value, value, Run(None, None)) is not None


@built_in("mean(list: list)", "mean(n*: any)")
def mean(run: Run, *items: object) -> object:
    """The arithmetic mean; null for none."""
    numbers = gathered(items)
    total = sum_(run, numbers)
    return None if total is None else calculate("/", total, Decimal(len(numbers)), run)


@built_in("sublist(list: list, start position: integer, length?: integer)")
def sublist(run: Run, items: Items, start: int, length: int | None = None) -> Items:
    """Part of a list."""
    begin = start - 1 if start > 0 else len(items) + start
    if start == 0 or not 0 <= begin < len(items):
        raise NotPossible("start position")
    if length is not None and not 0 <= length <= len(items) - begin:
        raise NotPossible("length")
    run.hold(len(items))
    return items[begin:] if length is None else items[begin : begin + length]


@built_in("append(list: list, item*: any)")
def append(run: Run, items: Items, *more: object) -> Items:
    """The list with these items at its end."""
    run.hold(len(items) + len(more))
    return [*items, *more]


@built_in("concatenate(list*: list)")
def concatenate(run: Run, *lists: Items) -> Items:
    """One list after the other."""
    run.hold(sum(map(len, lists)))
    return [item for items in lists for item in items]


@built_in("insert before(list: list, position: integer, newItem: any)")
def insert_before(run: Run, items: Items, position: int, new: object) -> Items:
    """The list with one more item before the position."""
    run.hold(len(items) + 1)
    place = _place(items, position)
    return [*items[:place], new, *items[place:]]


@built_in("remove(list: list, position: integer)")
def remove(run: Run, items: Items, position: int) -> Items:
    """The list without the item at the position."""
    run.hold(len(items))
    place = _place(items, position)
    return items[:place] + items[place + 1 :]


@built_in("list replace(list: list, position: integer|function, newItem: any)")
def list_replace(run: Run, items: Items, position: int | Function, new: object) -> Items:
    """The list with another item at the position, or wherever the function says true (DMN 1.4)."""
    run.hold(len(items))
    if isinstance(position, Function):
        return [new if position.call(run, [item, new]) is True else item for item in items]
    place = _place(items, position)
    return [*items[:place], new, *items[place + 1 :]]


def _place(items: Items, position: int) -> int:
    place = position - 1 if position > 0 else len(items) + position
    if position == 0 or not 0 <= place < len(items):
        raise NotPossible("position")
    return place


@built_in("reverse(list: list)")
def reverse(run: Run, items: Items) -> Items:
    """From the last to the first."""
    run.hold(len(items))
    return items[::-1]


@built_in("index of(list: list, match: any)")
def index_of(run: Run, items: Items, match: object) -> Items:
    """All positions of the items that equal the match."""
    return [Decimal(place) for place, item in enumerate(items, start=1) if same(item, match, run)]


@built_in("union(list*: list)")
def union(run: Run, *lists: Items) -> Items:
    """One list after the other, each value once."""
    return distinct_values(run, concatenate(run, *lists))


@built_in("distinct values(list: list)")
def distinct_values(run: Run, items: Items) -> Items:
    """Each value once, where it stands first."""
    kept: Items = []
    seen: set[object] = set()
    others: Items = []
    run.hold(len(items))
    for item in map(enter, items):
        if type(item) in _HASHED:
            if item not in seen:
                seen.add(item)
                kept.append(item)
        elif not any(same(item, other, run) for other in others):
            others.append(item)
            kept.append(item)
    return kept


_HASHED = frozenset({Decimal, str, type(None)})


@built_in("flatten(list: list)")
def flatten(run: Run, items: Items) -> Items:
    """The items of all lists within lists, in one list."""
    flat: Items = []
    for item in map(enter, items):
        run.spend(1)
        inner = flatten(run, item) if isinstance(item, list) else [item]
        run.hold(len(flat) + len(inner))
        flat.extend(inner)
    return flat


@built_in("sort(list: list, precedes?: function)")
def sort(run: Run, items: Items, precedes: Function | None = None) -> Items:
    """Sorted so that precedes(x, y) holds for neighbours; without a function, upwards."""
    run.hold(len(items))

    def before(x: object, y: object) -> bool:
        run.spend(1)
        found = compare("<", x, y, run) if precedes is None else precedes.call(run, [x, y])
        if found is None:
            raise NotPossible("list" if precedes is None else "precedes")
        return found is True

    return sorted(items, key=cmp_to_key(lambda x, y: -1 if before(x, y) else 1 if before(y, x) else 0))


@built_in("partition(list: list, size: integer)")
def partition(run: Run, items: Items, size: int) -> Items:
    """The list cut into lists of this size; the last may be shorter."""
    run.hold(len(items))
    if size < 1:
        raise NotPossible("size")
    return [items[at : at + size] for at in range(0, len(items), size)]
