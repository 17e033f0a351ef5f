"""Who may see and change what stands in the registers. Everybody who is signed in reads them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from huiqian.base.actors import Actor
from huiqian.base.errors import Forbidden, NotFound
from huiqian.marketing.models import (
    Customer,
    EventTemplate,
    PriceList,
    Product,
    ProductionLine,
    SalesLine,
    StockItem,
)
from huiqian.marketing.rules.rights import (
    ACTUALS,
    CUSTOMERS,
    EVENT_TEMPLATES,
    INNER_PRICES,
    OWN_ACTUALS,
    OWN_CUSTOMERS,
    PRODUCTS,
    STOCK,
    may,
)
from huiqian.org.queries import positions_of

# Who changes a register queues here, so that what they checked still stands when they write. Any numbers, used once.
LOCKS = {
    "customers": 0x5C01, "products": 0x5C02, "price lists": 0x5C03, "sales": 0x5C04, "stock": 0x5C05,
    "event templates": 0x5C06,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do with the registers today."""

    person: int | None
    positions: Collection[str]
    admin: bool

    def may(self, right: str) -> bool:
        """Whether they have a right of the table (rules.RIGHTS)."""
        return may(right, self.positions, self.admin)

    @property
    def adds_customers(self) -> bool:
        """Whether they may add customers, be it only their own."""
        return self.may(CUSTOMERS) or self.may(OWN_CUSTOMERS)

    @property
    def all_customers(self) -> bool:
        """Whether they may change every customer, give them away and import them."""
        return self.may(CUSTOMERS)

    @property
    def products(self) -> bool:
        """Whether they may change products."""
        return self.may(PRODUCTS)

    @property
    def stock(self) -> bool:
        """Whether they keep the stock."""
        return self.may(STOCK)

    @property
    def event_templates(self) -> bool:
        """Whether they retire event templates."""
        return self.may(EVENT_TEMPLATES)

    @property
    def inner_prices(self) -> bool:
        """Whether they see costs and floor prices."""
        return self.may(INNER_PRICES)

    @property
    def all_actuals(self) -> bool:
        """Whether they report actuals for everybody."""
        return self.may(ACTUALS)

    def changes_customer(self, customer: Customer) -> bool:
        """Whether they may change this customer."""
        return self.may(CUSTOMERS) or (self.may(OWN_CUSTOMERS) and customer.owner_id == self.person)

    def reports_for(self, manager: int) -> bool:
        """Whether they report actuals for this key account manager."""
        return self.may(ACTUALS) or (self.may(OWN_ACTUALS) and manager == self.person)


def rights_of(actor: Actor) -> Rights:
    """What somebody may do today. No query beyond roster()'s."""
    held = positions_of(actor.id) if actor.id is not None else frozenset[str]()
    return Rights(actor.id, held, actor.admin)


def check_may(actor: Actor, right: str) -> None:
    """Forbidden, with whom to ask, where somebody lacks a right."""
    if not rights_of(actor).may(right):
        raise Forbidden(_("This register is not yours to change. Ask whoever keeps it, or an administrator."))


def lock_register(register: str) -> None:
    """Queue behind whoever changes this register, until the transaction ends. 1 query."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCKS[register]])


def visible_customers(actor: Actor) -> QuerySet[Customer]:
    """The customers somebody may read: all, for whoever is signed in."""
    return Customer.objects.select_related("owner") if _signed_in(actor) else Customer.objects.none()


def visible_products(actor: Actor) -> QuerySet[Product]:
    """The products somebody may read: all; their cost is left to whoever shows them (Rights.inner_prices)."""
    return Product.objects.all() if _signed_in(actor) else Product.objects.none()


def visible_price_lists(actor: Actor) -> QuerySet[PriceList]:
    """The price lists somebody may read: all; floor prices are left to whoever shows them."""
    return PriceList.objects.select_related("document") if _signed_in(actor) else PriceList.objects.none()


def visible_stock(actor: Actor) -> QuerySet[StockItem]:
    """The items of the stock somebody may read: all, for whoever is signed in."""
    return StockItem.objects.all() if _signed_in(actor) else StockItem.objects.none()


def visible_event_templates(actor: Actor) -> QuerySet[EventTemplate]:
    """The event templates somebody may read: all, for whoever is signed in."""
    return EventTemplate.objects.all() if _signed_in(actor) else EventTemplate.objects.none()


def _signed_in(actor: Actor) -> bool:
    return actor.id is not None or actor.admin


def customer_for(actor: Actor, code: str) -> Customer:
    """A customer by its code. 1 query; NotFound otherwise."""
    found = visible_customers(actor).filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def product_for(actor: Actor, code: str) -> Product:
    """A product by its code. 1 query; NotFound otherwise."""
    found = visible_products(actor).filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def price_list_for(actor: Actor, number: str) -> PriceList:
    """A price list by its number. 1 query; NotFound otherwise."""
    found = visible_price_lists(actor).filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def stock_item_for(actor: Actor, code: str) -> StockItem:
    """An item of the stock by its code. 1 query; NotFound otherwise."""
    found = visible_stock(actor).filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def event_template_for(actor: Actor, code: str) -> EventTemplate:
    """An event template by its code. 1 query; NotFound otherwise."""
    found = visible_event_templates(actor).select_related("document").filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def stock_item_for_change(actor: Actor, code: str) -> StockItem:
    """An item to change or move, the register locked: NotFound, or Forbidden."""
    check_may(actor, STOCK)
    lock_register("stock")
    return stock_item_for(actor, code)


def customer_for_change(actor: Actor, code: str) -> Customer:
    """A customer to change, the register locked: NotFound, or Forbidden where somebody else looks after it."""
    lock_register("customers")
    found = customer_for(actor, code)
    if not rights_of(actor).changes_customer(found):
        raise Forbidden(_("Only whoever looks after this customer, or the key accounts department, may change it."))
    return found


def product_for_change(actor: Actor, code: str) -> Product:
    """A product to change, the register locked: NotFound, or Forbidden."""
    check_may(actor, PRODUCTS)
    lock_register("products")
    return product_for(actor, code)


def visible_sales(actor: Actor) -> QuerySet[SalesLine]:
    """The plan lines somebody may read: all, for whoever is signed in."""
    lines = SalesLine.objects.select_related("manager", "customer", "product")
    return lines if _signed_in(actor) else lines.none()


def visible_production(actor: Actor) -> QuerySet[ProductionLine]:
    """The production plans somebody may read: all, for whoever is signed in."""
    lines = ProductionLine.objects.select_related("product")
    return lines if _signed_in(actor) else lines.none()
