"""Signed plans become rows of the registers: sales plans by month, production plans by month and product."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base.errors import Incident, Invalid, Text
from huiqian.documents.models import Document
from huiqian.marketing.access import lock_register
from huiqian.marketing.effects.entries import note
from huiqian.marketing.events import ProductionPlanRegistered, SalesPlanRegistered
from huiqian.marketing.models import Customer, Product, ProductionLine, SalesLine, SalesMonth
from huiqian.marketing.rules.prices import month_of
from huiqian.process.members import SEPARATOR, Readable, contexts
from huiqian.process.run import Case

CENT = Decimal("0.01")


def require_open_month(case: Case, element: str, answers: Mapping[str, Any]) -> None:
    """Before a plan goes on: Invalid, at plan_month, where the month's plan is signed already."""
    month = month_of({**case.answers, **answers}.get("plan_month"))
    form = case.content.form_of(element)
    path = "plan_month" if form is not None and "plan_month" in form.by_name else ""
    if month is None:
        raise Invalid({path: [_("Choose the month that is planned.")]})
    signed = SalesMonth.objects.filter(month=month).exclude(case_number=case.number).first()
    if signed:
        raise Invalid({path: [_signed(signed)]})


def _signed(signed: SalesMonth) -> Text:
    return format_lazy(
        _("The plan of {month} was signed in {number} already. A signed month is not planned again."),
        month=f"{signed.month:%Y-%m}", number=signed.case_number,
    )  # fmt: skip


def register_sales_plan(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Service step of SC-004: every member's lines of the signed plan become rows of the month `plan_month`.

    Inputs: `lines`, the name of the members' table ("lines"); `document`, the key of the members' document;
    `members`, the logins of those whose plans were signed (without it, all). The case
    keeps `registered_lines` and `registered_amount`. Incident where the month is signed by another case, or a line
    names what no register has.
    """
    lock_register("sales")
    month = month_of(case.data.get("plan_month"))
    if month is None:
        raise Incident("no-month", _("The case does not say which month is planned."))
    signed = SalesMonth.objects.filter(month=month).first()
    if signed:
        raise Incident("month-signed", _signed(signed))
    documents = dict(Document.objects.filter(dossier_id=case.id).values_list("key", "number"))
    table, key = str(inputs.get("lines") or "lines"), str(inputs.get("document") or "")
    logins = {person.login: person.id for person in case.roster.people.values()}
    customers, products = ids_of(Customer), ids_of(Product)
    lines = []
    signed_for = inputs.get("members")
    for login, row in member_rows(case, table):
        if isinstance(signed_for, list) and login not in signed_for:
            continue
        lines.append(
            SalesLine(
                month=month, manager_id=logins[login], customer_id=find_entry(customers, row.get("customer")),
                product_id=find_entry(products, row.get("product")), quantity=number_in(row, "quantity"),
                price=number_in(row, "price"), amount=line_amount(row), payment_due=day_in(row.get("payment_date")),
                note=str(row.get("note") or "")[:200], case_number=case.number,
                document_number=documents.get(f"{key}{SEPARATOR}{login}") or documents.get(key, ""),
            )
        )  # fmt: skip
    SalesMonth.objects.create(
        month=month, case_number=case.number, signed_at=case.now, document_number=documents.get("summary", "")
    )
    SalesLine.objects.bulk_create(lines, batch_size=500)
    total = sum((line.amount for line in lines), Decimal(0))
    note(case.actor, "sales", SalesPlanRegistered(month=month, case=case.number, lines=len(lines), amount=total))
    return {"registered_lines": Decimal(len(lines)), "registered_amount": total}


def member_rows(case: Readable, table: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Every member's rows, with the member's login, in the order of the members."""
    for member in contexts(case):
        if isinstance(member, Mapping):
            rows = member.get(table)
            for row in rows if isinstance(rows, list) else []:
                if isinstance(row, Mapping):
                    yield str(member.get("member", "")), row


def ids_of(kind: type[Customer] | type[Product]) -> dict[str, int]:
    """The register's entries, code → id. 1 query."""
    return dict(kind._default_manager.values_list("code", "pk"))


def find_entry(ids: Mapping[str, int], code: object) -> int:
    """The id under a code; an Incident where the register has no such entry."""
    found = ids.get(str(code))
    if found is None:
        raise Incident("not-in-register", format_lazy(_("“{code}” is not in the register."), code=str(code)))
    return found


def number_in(row: Mapping[str, object], name: str) -> Decimal:
    """A cell as a number; 0 where nothing stands there."""
    value = row.get(name)
    return value if isinstance(value, Decimal) else Decimal(str(value or 0))


def line_amount(row: Mapping[str, object]) -> Decimal:
    """The line's amount; where the form does not compute it, quantity times price."""
    if row.get("amount") is not None:
        return number_in(row, "amount")
    return (number_in(row, "quantity") * number_in(row, "price")).quantize(CENT)


def day_in(value: object) -> date | None:
    """A cell as a day, if it is one."""
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def add_to_production_year(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Service step of SC-004: the signed 月份生产计划 becomes the month's part of the year's.

    Inputs: `lines`, the name of the table ("production_lines": product, sold, stock, quantity, note); `document`, the
    plan's key. Incident where the month is there already or a product is not in the register.
    """
    lock_register("sales")
    month = month_of(case.data.get("plan_month"))
    if month is None:
        raise Incident("no-month", _("The case does not say which month is planned."))
    there = ProductionLine.objects.filter(month=month).first()
    if there:
        sentence = _("The production plan of {month} was signed in {number} already.")
        raise Incident("month-signed", format_lazy(sentence, month=f"{month:%Y-%m}", number=there.case_number))
    rows = case.variables().get(str(inputs.get("lines") or "production_lines"))
    number = Document.objects.filter(dossier_id=case.id, key=str(inputs.get("document") or "")).values_list("number")
    document, products = next((one for (one,) in number), ""), ids_of(Product)
    lines = [
        ProductionLine(
            month=month, product_id=find_entry(products, row.get("product")), sold=number_in(row, "sold"),
            stock=number_in(row, "stock"), quantity=number_in(row, "quantity"), note=str(row.get("note") or "")[:200],
            case_number=case.number, document_number=document, signed_at=case.now,
        )
        for row in (rows if isinstance(rows, list) else [])
    ]  # fmt: skip
    if len({line.product_id for line in lines}) < len(lines):
        raise Incident("product-twice", _("A product stands in the production plan twice."))
    ProductionLine.objects.bulk_create(lines)
    note(case.actor, "sales", ProductionPlanRegistered(month=month, case=case.number, products=len(lines)))
    return {}
