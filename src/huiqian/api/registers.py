"""Registers: customers, products and price lists, to read."""

from datetime import date
from decimal import Decimal

from django.http import HttpRequest
from ninja import Router, Schema

from huiqian.api.bearer import actor_of
from huiqian.marketing import queries as registers
from huiqian.marketing.access import customer_for, product_for, rights_of
from huiqian.marketing.models import Customer as CustomerRow
from huiqian.marketing.models import PriceLine as PriceRow
from huiqian.marketing.models import PriceList as PriceListRow
from huiqian.marketing.models import Product as ProductRow

customers, products, price_lists = Router(), Router(), Router()
MOST = 100


class Customer(Schema):
    """A customer; `account_manager` is a login."""

    code: str
    name: str
    kind: str
    region: str
    address: str
    contact: str
    phone: str
    email: str
    account_manager: str
    active: bool


class CustomerPage(Schema):
    """Up to 100 customers in the order of the alphabet; `next` is the next page's number, null on the last one."""

    items: list[Customer]
    next: int | None


class Product(Schema):
    """A product. `unit_cost` (CNY) is null for whoever may not see it."""

    code: str
    name: str
    specification: str
    unit: str
    category: str
    unit_cost: Decimal | None
    active: bool


class ProductPage(Schema):
    """Up to 100 products; `next` is the next page's number, null on the last one."""

    items: list[Product]
    next: int | None


class Price(Schema):
    """A product's prices (CNY) from a day (inclusive) until a day (exclusive; null while none follows).

    `floor_price` is null for whoever may not see it; discounts are in percent.
    """

    product: str
    since: date
    until: date | None
    list_price: Decimal
    project_price: Decimal
    dealer_price: Decimal
    floor_price: Decimal | None
    discount_manager: Decimal
    discount_director: Decimal


class PriceListLine(Schema):
    """A price list."""

    number: str
    title: str
    effective_from: date
    case: str
    predecessor: str | None


class PriceList(PriceListLine):
    """A price list with its prices."""

    prices: list[Price]


def _customer(row: CustomerRow) -> Customer:
    return Customer(
        code=row.code, name=row.name, kind=row.kind, region=row.region, address=row.address, contact=row.contact,
        phone=row.phone, email=row.email, account_manager=row.owner.login if row.owner else "", active=row.active,
    )  # fmt: skip


def _product(row: ProductRow, inner: bool) -> Product:
    return Product(
        code=row.code, name=row.name, specification=row.spec, unit=row.unit, category=row.category,
        unit_cost=row.cost if inner else None, active=row.active,
    )  # fmt: skip


def _price(row: PriceRow, inner: bool) -> Price:
    return Price(
        product=row.product.code, since=row.since, until=row.until, list_price=row.list_price,
        project_price=row.project_price, dealer_price=row.dealer_price,
        floor_price=row.floor_price if inner else None, discount_manager=row.discount_manager,
        discount_director=row.discount_director,
    )  # fmt: skip


def _line(row: PriceListRow) -> dict[str, object]:
    return {
        "number": row.number, "title": row.title, "effective_from": row.effective_from, "case": row.case_number,
        "predecessor": row.predecessor.number if row.predecessor else None,
    }  # fmt: skip


def _start(page: int) -> int:
    return (min(max(page, 1), 10_000) - 1) * MOST


@customers.get("", response=CustomerPage, summary="Customers")
def list_customers(request: HttpRequest, search: str = "", state: str = "open", page: int = 1) -> CustomerPage:
    """Customers in use, or `state=closed`, `state=all`."""
    start = _start(page)
    rows = list(registers.customers(actor_of(request), search=search, state=state)[start : start + MOST + 1])
    return CustomerPage(items=[_customer(row) for row in rows[:MOST]], next=page + 1 if len(rows) > MOST else None)


@customers.get("/{code}", response=Customer, summary="One customer")
def get_customer(request: HttpRequest, code: str) -> Customer:
    """A customer by its code."""
    return _customer(customer_for(actor_of(request), code))


@products.get("", response=ProductPage, summary="Products")
def list_products(request: HttpRequest, search: str = "", state: str = "open", page: int = 1) -> ProductPage:
    """Products in use, or `state=closed`, `state=all`."""
    actor, start = actor_of(request), _start(page)
    inner = rights_of(actor).inner_prices
    rows = list(registers.products(actor, search=search, state=state)[start : start + MOST + 1])
    return ProductPage(items=[_product(row, inner) for row in rows[:MOST]], next=page + 1 if len(rows) > MOST else None)


@products.get("/{code}", response=Product, summary="One product")
def get_product(request: HttpRequest, code: str) -> Product:
    """A product by its code."""
    actor = actor_of(request)
    return _product(product_for(actor, code), rights_of(actor).inner_prices)


@price_lists.get("", response=list[PriceListLine], summary="Price lists")
def list_price_lists(request: HttpRequest) -> list[PriceListLine]:
    """All price lists, the newest first."""
    rows = registers.price_lists(actor_of(request)).select_related("predecessor")
    return [PriceListLine(**_line(row)) for row in rows]  # type: ignore[arg-type]


@price_lists.get("/{number}", response=PriceList, summary="One price list")
def get_price_list(request: HttpRequest, number: str) -> PriceList:
    """A price list by its number, with every price and the days it is in force."""
    actor = actor_of(request)
    row, lines = registers.price_list(actor, number)
    inner = rights_of(actor).inner_prices
    return PriceList(**_line(row), prices=[_price(line, inner) for line in lines])  # type: ignore[arg-type]
