"""Statistics on lists of numbers (DMN 1.3 §10.3.4.4)."""

# ruff: noqa: D402 — the examples are expressions, not signatures

from collections.abc import Iterable
from decimal import Decimal

from huiqian.feel.functions.lists import gathered
from huiqian.feel.functions.registry import built_in
from huiqian.feel.running import Run
from huiqian.feel.values import NUMBERS, enter, number_of


@built_in("product(list: list of numbers)", "product(n*: number)")
def product(run: Run, *given: object) -> Decimal | None:
    """product(2, 3, 4) = 24."""
    numbers = _numbers(given)
    run.spend(len(numbers))
    made = Decimal(1)
    for number in numbers:
        made = NUMBERS.multiply(made, number)
    return made if numbers else None


@built_in("median(list: list of numbers)", "median(n*: number)")
def median(run: Run, *given: object) -> Decimal | None:
    """median(8, 2, 5, 3, 4) = 4; of an even number of items, the mean of the middle two."""
    numbers = sorted(_numbers(given))
    run.spend(len(numbers) * 4)
    if not numbers:
        return None
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return NUMBERS.divide(NUMBERS.add(numbers[middle - 1], numbers[middle]), Decimal(2))


@built_in("stddev(list: list of numbers)", "stddev(n*: number)")
def deviation(run: Run, *given: object) -> Decimal | None:
    """The standard deviation of a sample: stddev(2, 4, 7, 5) = 2.081…; null for fewer than two numbers."""
    numbers = _numbers(given)
    if len(numbers) < 2:
        return None
    middle = NUMBERS.divide(_added(run, numbers), number_of(len(numbers)))
    parts = [NUMBERS.power(NUMBERS.subtract(number, middle), 2) for number in numbers]
    return NUMBERS.sqrt(NUMBERS.divide(_added(run, parts), number_of(len(numbers) - 1)))


@built_in("mode(list: list of numbers)", "mode(n*: number)")
def mode(run: Run, *given: object) -> list[object]:
    """The most frequent numbers, in ascending order: mode([6, 1, 9, 6, 1]) = [1, 6]."""
    numbers = sorted(_numbers(given))
    run.spend(len(numbers) * 4)
    counts: dict[Decimal, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    return [number for number, times in counts.items() if times == most]


def _numbers(given: tuple[object, ...]) -> list[Decimal]:
    """The numbers of a call with one list or with many values; the parameters let only numbers through."""
    entered = (enter(item) for item in gathered(given))
    return [item for item in entered if isinstance(item, Decimal)]


def _added(run: Run, numbers: Iterable[Decimal]) -> Decimal:
    made = Decimal(0)
    for number in numbers:
        run.spend(1)
        made = NUMBERS.add(made, number)
    return made
