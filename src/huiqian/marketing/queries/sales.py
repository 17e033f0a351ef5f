"""Sales plans with actuals, and production plans, by month."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from huiqian.base.actors import Actor
from huiqian.marketing.access import visible_production, visible_sales
from huiqian.marketing.models import Product, ProductionLine, SalesLine, SalesMonth
from huiqian.marketing.rules.merging import Line, Merged, merge, month_before


def sales_lines(actor: Actor, month: date, manager: int | None = None) -> QuerySet[SalesLine]:
    """A month's lines with manager, customer and product, one manager's or all. 1 query."""
    found = visible_sales(actor).filter(month=month)
    return found.filter(manager_id=manager) if manager is not None else found


def registered_lines(month: date) -> list[Line]:
    """A month's signed lines as merging reads them. 1 query."""
    return [
        Line(*row)
        for row in SalesLine.objects.filter(month=month).values_list(
            "manager__login", "customer__code", "product__code", "quantity", "amount", "actual_quantity",
            "actual_amount", "actual_payment",
        )
    ]  # fmt: skip


def merged_month(month: date) -> Merged:
    """A month's signed plans merged, beside the month before. 2 queries."""
    return merge(registered_lines(month), registered_lines(month_before(month)))


def signed_month(month: date) -> SalesMonth | None:
    """By which case the month's plan was signed, if it was. 1 query."""
    return SalesMonth.objects.filter(month=month).first()


def planned_months(actor: Actor) -> list[date]:
    """The months that have lines, newest first. 1 query."""
    return list(visible_sales(actor).order_by("-month").values_list("month", flat=True).distinct())


def production_month(actor: Actor, month: date) -> QuerySet[ProductionLine]:
    """A month's production plan. 1 query."""
    return visible_production(actor).filter(month=month)


@dataclass(frozen=True, slots=True)
class YearRow:
    """A product's year: twelve months (None: not planned) and their sum."""

    product: Product
    months: Sequence[Decimal | None]
    total: Decimal


def production_year(actor: Actor, year: int) -> tuple[YearRow, ...]:
    """The 年度生产计划: every product's months and their sum, which is all that a year's plan is. 1 query."""
    rows: dict[int, tuple[Product, dict[int, Decimal]]] = {}
    for line in (
        visible_production(actor).filter(month__year=year).order_by("product__category", "product__sort_key", "month")
    ):
        rows.setdefault(line.product_id, (line.product, {}))[1][line.month.month] = line.quantity
    return tuple(
        YearRow(product, [months.get(number) for number in range(1, 13)], sum(months.values(), Decimal(0)))
        for product, months in rows.values()
    )


def production_years(actor: Actor) -> list[int]:
    """The years that have a production plan, newest first. 1 query."""
    return sorted({day.year for day in visible_production(actor).dates("month", "year")}, reverse=True)


def month_sums(months: Collection[date]) -> Mapping[date, tuple[Decimal | None, Decimal | None]]:
    """What was planned to be sold in each of the months and what was (None: nobody reported yet), in yuan. 1 query."""
    lines = SalesLine.objects.filter(month__in=months).values("month").order_by("month")
    sums = lines.annotate(planned=Sum("amount"), sold=Sum("actual_amount"))
    return {row["month"]: (row["planned"], row["sold"]) for row in sums}
