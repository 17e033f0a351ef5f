"""Sales plans merged into one table, with the difference to the month before: by manager, customer and product."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """A plan's line as far as merging reads it; amounts in yuan, `number` as it stands in the manager's plan.

    Actuals are None where nobody reported.
    """

    manager: str
    customer: str
    product: str
    quantity: Decimal
    amount: Decimal
    actual_quantity: Decimal | None = None
    actual_amount: Decimal | None = None
    actual_payment: Decimal | None = None
    number: int = 0
    price: Decimal = ZERO
    floor_price: Decimal | None = None
    payment_due: date | None = None
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Who sells what to whom."""
        return self.manager, self.customer, self.product

    @property
    def below_floor(self) -> bool:
        """Whether it is planned under the price list's floor price."""
        return self.floor_price is not None and self.price < self.floor_price


@dataclass(frozen=True, slots=True)
class Sum:
    """One line of the merged table: this month's plan beside last month's plan and actuals."""

    key: str
    quantity: Decimal
    amount: Decimal
    actual_amount: Decimal
    actual_payment: Decimal
    before_amount: Decimal
    before_actual: Decimal
    before_quantity: Decimal = ZERO

    @property
    def difference(self) -> Decimal:
        """How much more than last month's plan, in yuan."""
        return self.amount - self.before_amount

    @property
    def change(self) -> Decimal | None:
        """The same in percent of last month's plan; None where there was none."""
        return (self.difference * 100 / self.before_amount).quantize(Decimal("0.1")) if self.before_amount else None

    @property
    def done(self) -> Decimal | None:
        """How many percent of the plan's amount were sold; None without a plan."""
        return (self.actual_amount * 100 / self.amount).quantize(Decimal("0.1")) if self.amount else None


@dataclass(frozen=True, slots=True)
class Merged:
    """A month's plans merged: largest amounts first."""

    managers: Sequence[Sum]
    customers: Sequence[Sum]
    products: Sequence[Sum]
    total: Sum
    lines: int = 0


def merge(lines: Iterable[Line], before: Iterable[Line] = ()) -> Merged:
    """This month's lines summed up beside those of the month before."""
    now, then = list(lines), list(before)
    return Merged(
        managers=_sums(now, then, lambda line: line.manager),
        customers=_sums(now, then, lambda line: line.customer),
        products=_sums(now, then, lambda line: line.product),
        total=_sum("", now, then),
        lines=len(now),
    )


def _sums(now: list[Line], then: list[Line], key: Callable[[Line], str]) -> Sequence[Sum]:
    groups: defaultdict[str, tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
    for line in now:
        groups[key(line)][0].append(line)
    for line in then:
        groups[key(line)][1].append(line)
    sums = [_sum(name, *both) for name, both in groups.items()]
    return sorted(sums, key=lambda one: (-one.amount, -one.before_amount, one.key))


def _sum(key: str, now: list[Line], then: list[Line]) -> Sum:
    def total(lines: list[Line], part: str) -> Decimal:
        return sum((getattr(line, part) or ZERO for line in lines), ZERO)

    return Sum(
        key, total(now, "quantity"), total(now, "amount"), total(now, "actual_amount"), total(now, "actual_payment"),
        total(then, "amount"), total(then, "actual_amount"), total(then, "quantity"),
    )  # fmt: skip


def month_before(month: date) -> date:
    """The first day of the month before."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def month_after(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + (month.month == 12), month.month % 12 + 1, 1)
