"""What cases read of the months before, and what they report of a month that is over."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from huiqian.base.errors import Incident
from huiqian.marketing.access import lock_register
from huiqian.marketing.effects.entries import note
from huiqian.marketing.effects.sales import CENT, find_entry, ids_of, number_in
from huiqian.marketing.events import ActualsReported
from huiqian.marketing.models import Customer, Product, ProductionLine, SalesLine
from huiqian.marketing.rules.merging import month_before
from huiqian.marketing.rules.prices import month_of
from huiqian.process.members import Readable
from huiqian.process.run import Case

FIELDS = ("actual_quantity", "actual_amount", "actual_payment")


def register_actuals(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Service step of SC-004, inside a member: what the member sold becomes the actuals of their lines of the month.

    Inputs: `lines`, the name of the table ("actuals": customer, product, actual_quantity, actual_amount,
    actual_payment). A sale that nobody had planned gets a line of its own, with nothing planned. The member keeps
    `reported_amount`. Incident where the step stands in no member.
    """
    lock_register("sales")
    month = month_of(case.data.get("plan_month"))
    manager = next((person.id for person in case.roster.people.values() if person.login == case.scope.key), None)
    if month is None or manager is None:
        raise Incident("no-month", _("The case does not say whose sales of which month these are."))
    rows = case.variables().get(str(inputs.get("lines") or "actuals"))
    planned = {
        (line.customer_id, line.product_id): line
        for line in SalesLine.objects.filter(month=month, manager_id=manager).order_by("-id")
    }
    customers, products = ids_of(Customer), ids_of(Product)
    changes: dict[str, object] = {}
    total = Decimal(0)
    for row in rows if isinstance(rows, list) else []:
        key = (find_entry(customers, row.get("customer")), find_entry(products, row.get("product")))
        line = planned.get(key) or _unplanned(case, month, manager, key, row)
        before = [getattr(line, field) for field in FIELDS]
        for field in FIELDS:
            setattr(line, field, number_in(row, field))
        line.reported_by_id, line.reported_at = manager, case.now
        line.save()
        total += number_in(row, "actual_amount")
        changes[str(line.pk)] = {field: [old, getattr(line, field)] for field, old in zip(FIELDS, before, strict=True)}
    if changes:
        note(case.actor, "sales", ActualsReported(month=month, lines=changes))
    return {"reported_amount": total}


def _unplanned(case: Case, month: Any, manager: int, key: tuple[int, int], row: Mapping[str, object]) -> SalesLine:
    quantity, amount = number_in(row, "actual_quantity"), number_in(row, "actual_amount")
    return SalesLine(
        month=month, manager_id=manager, customer_id=key[0], product_id=key[1], quantity=Decimal(0), amount=Decimal(0),
        price=(amount / quantity).quantize(CENT) if quantity else Decimal(0), case_number=case.number,
    )  # fmt: skip


def last_month_amounts(case: Readable) -> dict[str, Decimal]:
    """For expressions: the plans of the month before `plan_month`: "login|customer|product" → yuan. 1 query."""
    month = month_of(case.data.get("plan_month"))
    if month is None:
        return {}
    rows = (
        SalesLine.objects.filter(month=month_before(month))
        .values_list("manager__login", "customer__code", "product__code")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    return {f"{login}|{customer}|{product}": total for login, customer, product, total in rows}


def production_year(case: Readable) -> list[dict[str, object]]:
    """For expressions: `plan_month`'s year added up: {product, month_01 … month_12, year_quantity}. 1 query."""
    month = month_of(case.data.get("plan_month"))
    if month is None:
        return []
    found: dict[str, dict[str, object]] = {}
    lines = ProductionLine.objects.filter(month__year=month.year).order_by("product__category", "product__sort_key")
    for code, day, quantity in lines.values_list("product__code", "month", "quantity"):
        row = found.setdefault(code, {"product": code, "year_quantity": Decimal(0)})
        row[f"month_{day.month:02d}"] = quantity
        row["year_quantity"] = Decimal(str(row["year_quantity"])) + quantity
    return list(found.values())
