"""Lists (DMN 1.3 §10.3.4.4); positions count from 1, negative ones from the end."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cmp_to_key

from huiqian.feel.comparing import equal, order
from huiqian.feel.functions.signatures import function, refuse
from huiqian.feel.running import Run
from huiqian.feel.values import NUMBERS, Function, number_of

NESTED_MOST = 60


@function("list contains", "list: list", "element: any")
def list_contains(run: Run, items: list[object], element: object) -> bool:
    """list contains([1, 2, 3], 2) = true; null can be an element."""
    run.spend(len(items))
    return any(equal(item, element, run) is True for item in items)


@function("count", "list: list")
def count(_run: Run, items: list[object]) -> Decimal:
    """count([1, 2, 3]) = 3."""
    return number_of(len(items))


@function("min", "list: list")
@function("min", "c…: any")
def least(run: Run, *given: object) -> object:
    """min([1, 2, 3]) = 1, min(1, 2, 3) = 1; null for an empty list."""
    return _furthest(run, given, -1)


@function("max", "list: list")
@function("max", "c…: any")
def greatest(run: Run, *given: object) -> object:
    """max(1, 2, 3) = 3; texts, dates and durations too."""
    return _furthest(run, given, 1)


def _furthest(run: Run, given: tuple[object, ...], sign: int) -> object:
    items = _items(given)
    run.spend(len(items))
    best: object = None
    for place, item in enumerate(items):
        if place == 0:
            best = item if order(item, item) is not None else refuse("list")
            continue
        found = order(item, best)
        if found is None:
            refuse("list")
        best = item if found == sign else best
    return best


def _items(given: tuple[object, ...]) -> list[object]:
    """The items of a call with one list or with many values."""
    return given[0] if len(given) == 1 and type(given[0]) is list else list(given)


@function("sum", "list: numbers")
@function("sum", "n…: number")
def total(run: Run, *given: object) -> Decimal | None:
    """sum([1, 2, 3]) = 6; null for an empty list or one with null in it."""
    numbers = _items(given)
    return _added(run, numbers) if numbers else None


@function("mean", "list: numbers")
@function("mean", "n…: number")
def mean(run: Run, *given: object) -> Decimal | None:
    """mean(1, 2, 3) = 2."""
    numbers = _items(given)
    return NUMBERS.divide(_added(run, numbers), number_of(len(numbers))) if numbers else None


@function("product", "list: numbers")
@function("product", "n…: number")
def product(run: Run, *given: object) -> Decimal | None:
    """product(2, 3, 4) = 24."""
    numbers = _items(given)
    run.spend(len(numbers))
    made = Decimal(1)
    for number in numbers:
        made = NUMBERS.multiply(made, number)  # type: ignore[arg-type]
    return made if numbers else None


@function("median", "list: numbers")
@function("median", "n…: number")
def median(run: Run, *given: object) -> Decimal | None:
    """median(8, 2, 5, 3, 4) = 4; of an even number of items, the mean of the middle two."""
    numbers: list[Decimal] = sorted(_items(given))  # type: ignore[type-var]
    run.spend(len(numbers) * 4)
    if not numbers:
        return None
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return NUMBERS.divide(NUMBERS.add(numbers[middle - 1], numbers[middle]), Decimal(2))


@function("stddev", "list: numbers")
@function("stddev", "n…: number")
def deviation(run: Run, *given: object) -> Decimal | None:
    """The standard deviation of a sample: stddev(2, 4, 7, 5) = 2.081…; null for fewer than two numbers."""
    numbers = _items(given)
    if len(numbers) < 2:
        return None
    middle = NUMBERS.divide(_added(run, numbers), number_of(len(numbers)))
    parts = [NUMBERS.power(NUMBERS.subtract(number, middle), 2) for number in numbers]  # type: ignore[arg-type]
    return NUMBERS.sqrt(NUMBERS.divide(_added(run, parts), number_of(len(numbers) - 1)))


@function("mode", "list: numbers")
@function("mode", "n…: number")
def mode(run: Run, *given: object) -> list[object]:
    """The most frequent numbers, in ascending order: mode([6, 1, 9, 6, 1]) = [1, 6]."""
    numbers: list[Decimal] = sorted(_items(given))  # type: ignore[type-var]
    run.spend(len(numbers) * 4)
    counts: dict[Decimal, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    return [number for number, times in counts.items() if times == most]


def _added(run: Run, numbers: Iterable[object]) -> Decimal:
    made = Decimal(0)
    for number in numbers:
        run.steps -= 1
        made = NUMBERS.add(made, number)  # type: ignore[arg-type]
    run.spend(0)
    return made


@function("all", "list: list")
@function("all", "b…: any")
def every_one(run: Run, *given: object) -> bool | None:
    """all([true, false]) = false; true for an empty list; null where one is null and none false."""
    items = _items(given)
    run.spend(len(items))
    if any(item is False for item in items):
        return False
    return True if all(item is True for item in items) else None


@function("any", "list: list")
@function("any", "b…: any")
def any_one(run: Run, *given: object) -> bool | None:
    """any([true, false]) = true; false for an empty list; null where one is null and none true."""
    items = _items(given)
    run.spend(len(items))
    if any(item is True for item in items):
        return True
    return False if all(item is False for item in items) else None


@function("sublist", "list: list", "start position: integer", "length?: integer")
def sublist(run: Run, items: list[object], start: int, length: int | None = None) -> list[object]:
    """sublist([4, 5, 6], 1, 2) = [4, 5]."""
    first = _place(items, start, "start position")
    if length is not None and not 0 <= length <= len(items) - first:
        refuse("length")
    made = items[first:] if length is None else items[first : first + length]
    run.hold(len(made))
    return made


def _place(items: list[object], position: int, parameter: str) -> int:
    """The Python index of a position. Raises Unfit where there is no such item."""
    place = position - 1 if position > 0 else len(items) + position
    return place if position and 0 <= place < len(items) else refuse(parameter)


@function("append", "list: list", "item…: any")
def append(run: Run, items: list[object], *added: object) -> list[object]:
    """append([1], 2, 3) = [1, 2, 3]."""
    run.hold(len(items) + len(added))
    return [*items, *added]


@function("concatenate", "list…: list")
def concatenate(run: Run, *lists: list[object]) -> list[object]:
    """concatenate([1, 2], [3]) = [1, 2, 3]."""
    run.hold(sum(map(len, lists)))
    return [item for items in lists for item in items]


@function("insert before", "list: list", "position: integer", "newItem: any")
def insert_before(run: Run, items: list[object], position: int, item: object) -> list[object]:
    """insert before([1, 3], 1, 2) = [2, 1, 3]."""
    place = _place(items, position, "position")
    run.hold(len(items) + 1)
    return [*items[:place], item, *items[place:]]


@function("remove", "list: list", "position: integer")
def remove(run: Run, items: list[object], position: int) -> list[object]:
    """remove([1, 2, 3], 2) = [1, 3]."""
    place = _place(items, position, "position")
    run.hold(len(items))
    return [*items[:place], *items[place + 1 :]]


@function("list replace", "list: list", "position: integer", "newItem: any")
def list_replace(run: Run, items: list[object], position: int, item: object) -> list[object]:
    """list replace([2, 4, 7], 3, 6) = [2, 4, 6] (of DMN 1.4)."""
    place = _place(items, position, "position")
    run.hold(len(items))
    return [*items[:place], item, *items[place + 1 :]]


@function("reverse", "list: list")
def reverse(run: Run, items: list[object]) -> list[object]:
    """reverse([1, 2, 3]) = [3, 2, 1]."""
    run.hold(len(items))
    return items[::-1]


@function("index of", "list: list", "match: any")
def index_of(run: Run, items: list[object], match: object) -> list[object]:
    """Every position of an item: index of([1, 2, 3, 2], 2) = [2, 4]."""
    run.spend(len(items))
    return [number_of(place) for place, item in enumerate(items, start=1) if equal(item, match, run) is True]


@function("union", "list…: list")
def union(run: Run, *lists: list[object]) -> list[object]:
    """union([1, 2], [2, 3]) = [1, 2, 3]."""
    return distinct_values(run, concatenate(run, *lists))


@function("distinct values", "list: list")
def distinct_values(run: Run, items: list[object]) -> list[object]:
    """Each value once, where it stood first: distinct values([1, 2, 3, 2, 1]) = [1, 2, 3]."""
    kept: list[object] = []
    seen: set[object] = set()
    others: list[object] = []
    run.hold(len(items))
    for item in items:
        if item is None or type(item) in (Decimal, str):
            if item not in seen:
                seen.add(item)
                kept.append(item)
            continue
        run.spend(len(others))
        if not any(equal(item, other, run) is True for other in others):
            others.append(item)
            kept.append(item)
    return kept


@function("flatten", "list: list")
def flatten(run: Run, items: list[object]) -> list[object]:
    """flatten([[1, 2], [[3]], 4]) = [1, 2, 3, 4]."""
    made: list[object] = []
    _flatten(run, items, made, 0)
    return made


def _flatten(run: Run, items: list[object], made: list[object], depth: int) -> None:
    if depth > NESTED_MOST:
        refuse("list")
    run.spend(len(items))
    for item in items:
        if type(item) is list:
            _flatten(run, item, made, depth + 1)
        else:
            made.append(item)
    run.hold(len(made))


@function("sort", "list: list", "precedes?: function")
def sort(run: Run, items: list[object], precedes: Function | None = None) -> list[object]:
    """sort([3, 1, 2], function(x, y) x < y) = [1, 2, 3]; without a function, ascending. Equal items keep their order."""
    run.hold(len(items))

    def natural(left: object, right: object) -> int:
        run.spend(1)
        found = order(left, right)
        return refuse("list") if found is None else found

    def told(left: object, right: object) -> int:
        if precedes is not None and precedes.call(run, left, right) is True:
            return -1
        return int(precedes is not None and precedes.call(run, right, left) is True)

    return sorted(items, key=cmp_to_key(natural if precedes is None else told))
