"""Customers and products as lists and as forms look them up."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from huiqian.base.actors import Actor
from huiqian.documents.rules.workbooks import write_sheet
from huiqian.forms.rules import Register
from huiqian.marketing.access import visible_customers, visible_products
from huiqian.marketing.models import Customer, Entry, EventTemplate, Product, SalesLine, StockItem
from huiqian.marketing.rules.columns import ACTUAL_COLUMNS, CUSTOMER_COLUMNS, KINDS, PRODUCT_COLUMNS

E = TypeVar("E", Customer, Product, StockItem, EventTemplate)


def customer_register() -> Register:
    """All customers by their code, in the order of the alphabet. 1 query."""
    return register_of(Customer)


def product_register() -> Register:
    """All products by their code, by category. 1 query."""
    return register_of(Product)


def register_of(kind: type[Entry]) -> Register:
    """A register as forms look it up. 1 query."""
    rows = list(kind._default_manager.values_list("code", "name", "closed_at"))
    return Register(
        open={code: name for code, name, closed in rows if closed is None},
        closed={code: name for code, name, closed in rows if closed is not None},
    )


def customers(
    actor: Actor, *, search: str = "", kind: str = "", owner: str = "", state: str = "open"
) -> QuerySet[Customer]:
    """Customers in the order of the alphabet; `search` looks in names, pinyin, codes, regions, contacts. 1 query."""
    found = stated(visible_customers(actor), state)
    for word in search.split():
        found = found.filter(
            Q(name__icontains=word) | Q(sort_key__icontains=word) | Q(code__icontains=word)
            | Q(region__icontains=word) | Q(contact__icontains=word) | Q(owner__name__icontains=word)
        )  # fmt: skip
    if kind:
        found = found.filter(kind=kind)
    return found.filter(owner__login=owner) if owner else found


def products(actor: Actor, *, search: str = "", category: str = "", state: str = "open") -> QuerySet[Product]:
    """Products by category; `search` looks in names, pinyin, codes and specifications. 1 query."""
    found = stated(visible_products(actor), state)
    for word in search.split():
        found = found.filter(
            Q(name__icontains=word) | Q(sort_key__icontains=word) | Q(code__icontains=word) | Q(spec__icontains=word)
        )
    return found.filter(category=category) if category else found


def stated(found: QuerySet[E], state: str) -> QuerySet[E]:
    """Those in use, the closed ones, or all."""
    if state == "closed":
        return found.filter(closed_at__isnull=False)
    return found if state == "all" else found.filter(closed_at__isnull=True)


def names_of_entries() -> dict[str, str]:
    """What customers and products are called, by code, closed ones too. 2 queries."""
    customers = dict(Customer.objects.values_list("code", "name"))
    return customers | dict(Product.objects.values_list("code", "name"))


def categories() -> list[str]:
    """The categories that products have. 1 query."""
    return list(Product.objects.exclude(category="").order_by("category").values_list("category", flat=True).distinct())


def customers_sheet(found: Iterable[Customer], *, english: bool = False) -> bytes:
    """Customers as a workbook, in the columns that come in again."""
    rows = [
        [c.code, c.name, str(KINDS[c.kind]), c.region, c.address, c.contact, c.phone, c.email,
         c.owner.name if c.owner else "", c.note]
        for c in found
    ]  # fmt: skip
    return write_sheet("Customers" if english else "客户", CUSTOMER_COLUMNS, rows, english=english)


def products_sheet(found: Iterable[Product], *, with_cost: bool, english: bool = False) -> bytes:
    """Products as a workbook; the cost only for whoever may see it."""
    columns = [column for column in PRODUCT_COLUMNS if with_cost or column.name != "cost"]
    rows = [[getattr(one, column.name) for column in columns] for one in found]
    return write_sheet("Products" if english else "产品", columns, rows, english=english)


def actuals_sheet(lines: Iterable[SalesLine], month: date, *, english: bool = False) -> bytes:
    """A month's lines as a workbook, to fill in what was sold and paid."""
    rows = [
        [one.pk, one.manager.name, str(one.customer), str(one.product), one.quantity, one.price, one.amount,
         one.payment_due, one.actual_quantity, one.actual_amount, one.actual_payment]
        for one in lines
    ]  # fmt: skip
    return write_sheet(f"{month:%Y-%m}", ACTUAL_COLUMNS, rows, english=english)
