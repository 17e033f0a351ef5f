"""The plans of a case merged into one table: every line beside last month's, and sums by whom, what and for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from huiqian.base.actors import Actor
from huiqian.documents.rules.workbooks import write_sheet
from huiqian.marketing.access import visible_sales
from huiqian.marketing.effects.plans import missing_planners, plan_lines
from huiqian.marketing.effects.prices import customer_names, product_names
from huiqian.marketing.models import SalesLine
from huiqian.marketing.queries.sales import registered_lines
from huiqian.marketing.rules.columns import MERGED_COLUMNS
from huiqian.marketing.rules.merging import ZERO, Line, Merged, merge, month_before
from huiqian.marketing.rules.prices import month_of
from huiqian.process.members import Readable


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A planned line beside the same manager's plan and actuals of last month for that customer and product."""

    line: Line
    manager: str
    customer: str
    product: str
    before_amount: Decimal
    before_actual: Decimal

    @property
    def difference(self) -> Decimal:
        """How much more than last month's plan, in yuan."""
        return self.line.amount - self.before_amount


@dataclass(frozen=True, slots=True)
class MergedCase:
    """The plans handed in so far: each line, the sums, names by code and login, who is still to (re)draft."""

    month: date | None
    lines: Sequence[PlannedLine]
    sums: Merged
    names: Mapping[str, str]
    counts: Mapping[str, int]
    below: Mapping[str, int]
    missing: frozenset[str]

    @property
    def plans(self) -> int:
        """How many people's plans are in it."""
        return len(self.counts)

    @property
    def below_floor(self) -> int:
        """How many lines are planned under their floor price."""
        return sum(self.below.values())


def merged_case(case: Readable) -> MergedCase:
    """A case's plans merged, whoever has handed in so far. 4 queries beside the organisation's."""
    month = month_of(case.data.get("plan_month"))
    now = plan_lines(case)
    then = registered_lines(month_before(month)) if month else []
    people = {person.login: person.name for person in case.roster.people.values()}
    customers, products = customer_names(case), product_names(case)
    last: dict[tuple[str, str, str], tuple[Decimal, Decimal]] = {}
    for line in then:
        plan, actual = last.get(line.key, (ZERO, ZERO))
        last[line.key] = (plan + line.amount, actual + (line.actual_amount or ZERO))
    counts: dict[str, int] = {}
    below: dict[str, int] = {}
    for line in now:
        counts[line.manager] = counts.get(line.manager, 0) + 1
        below[line.manager] = below.get(line.manager, 0) + line.below_floor
    lines = [
        PlannedLine(
            line, people.get(line.manager, line.manager), customers.get(line.customer, line.customer),
            products.get(line.product, line.product), *last.get(line.key, (ZERO, ZERO)),
        )
        for line in now
    ]  # fmt: skip
    return MergedCase(
        month, lines, merge(now, then), {**products, **customers, **people}, counts, below,
        frozenset(missing_planners(case)),
    )  # fmt: skip


def merged_sheet(merged: MergedCase, title: str, *, english: bool = False) -> bytes:
    """The merged plans as a workbook, a line a row."""
    rows = [
        [one.manager, one.line.number, one.customer, one.product, one.line.quantity, one.line.price,
         one.line.floor_price, one.line.amount, one.line.payment_due, one.before_amount, one.difference,
         one.before_actual, one.line.note]
        for one in merged.lines
    ]  # fmt: skip
    return write_sheet(title, MERGED_COLUMNS, rows, english=english)


def own_month(actor: Actor, month: date) -> QuerySet[SalesLine]:
    """What somebody planned and sold in a month, largest first. 1 query."""
    planned = Q(quantity__gt=0) | Q(actual_quantity__gt=0)
    return visible_sales(actor).filter(planned, month=month, manager_id=actor.id).order_by("-amount", "id")
