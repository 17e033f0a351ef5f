"""Sheets of customers and products come in: all of it or nothing."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import IO, TypeVar

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid
from huiqian.base.events import Event
from huiqian.documents.rules.workbooks import Column
from huiqian.marketing.access import check_may, lock_register, rights_of
from huiqian.marketing.effects import note, save_customer_card, save_product_card
from huiqian.marketing.events import CustomersImported, ProductsImported
from huiqian.marketing.models import Customer, Product
from huiqian.marketing.rules import CustomerCard, ProductCard
from huiqian.marketing.rules.columns import CUSTOMER_COLUMNS, KINDS, PRODUCT_COLUMNS
from huiqian.marketing.rules.rights import CUSTOMERS, PRODUCTS
from huiqian.marketing.rules.sheets import Errors, SheetRow, Unreadable, first_told, read_sheet

Card = TypeVar("Card", CustomerCard, ProductCard)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a sheet brought: new entries, changed ones, and rows that said nothing new."""

    added: int
    changed: int
    unchanged: int


def _read(stream: IO[bytes] | None, size: int, columns: Sequence[Column]) -> list[SheetRow]:
    if stream is None or not size:
        raise Invalid({"": [_("Choose an Excel file first.")]})
    try:
        return read_sheet(stream, size, columns)
    except Unreadable as unreadable:
        raise Invalid(first_told(unreadable.errors)) from None


def _take_in(
    rows: Sequence[SheetRow], kind: type[Card], read: Callable[[SheetRow, Card, Errors], Card],
    old: Callable[[str], tuple[Card, object] | None], save: Callable[[Card, object], Event | None],
) -> tuple[list[Event], Imported]:  # fmt: skip
    """Save row by row; every mistake is told at its cell, and one is enough for nothing to be kept."""
    errors: Errors = {}
    facts: list[Event] = []
    seen: dict[str, str] = {}
    added = 0
    for row in rows:
        code = row.texts.get("code", "").upper()
        wrong: Errors = {}
        for field in ("code", "name"):
            said = code if field == "code" else row.texts.get("name", "")
            if said and f"{field}:{said}" in seen:
                sentence = format_lazy(_("This stands in {cell} already."), cell=seen[f"{field}:{said}"])
                wrong[row.at(field)] = [sentence]
            seen.setdefault(f"{field}:{said}", row.at(field))
        found = old(code) if code else None
        card = read(row, found[0] if found else kind(code=code), wrong)
        if not wrong:
            try:
                fact = save(card, found[1] if found else None)
                facts += [fact] if fact else []
                added += found is None
            except Invalid as refusal:
                wrong = {row.at(field): sentences for field, sentences in refusal.errors.items()}
        errors |= wrong
    if errors:
        raise Invalid(first_told(errors))
    return facts, Imported(added, len(facts) - added, len(rows) - len(facts))


def _over(card: Card, row: SheetRow) -> Card:
    """The card with what the row says; columns that the sheet does not have stay as they are."""
    said = {one.name: row.texts[one.name] for one in fields(card) if one.name in row.texts and one.name != "code"}
    return replace(card, **said)


@command
def import_customers(actor: Actor, stream: IO[bytes] | None, size: int) -> Imported:
    """Take in a sheet of customers: rows with a known code change that customer, others add one. All or nothing.

    Refusals: Forbidden; Invalid with the address of every wrong cell (B7). At most 5,000 rows and 5 MB.
    """
    check_may(actor, CUSTOMERS)
    rows = _read(stream, size, CUSTOMER_COLUMNS)
    lock_register("customers")
    rights = rights_of(actor)
    there = {one.code: one for one in Customer.objects.select_related("owner")}
    kinds = {str(words): code for code, words in KINDS.items()} | {code: code for code in KINDS}

    def old(code: str) -> tuple[CustomerCard, object] | None:
        return (card_of_customer(there[code]), there[code]) if code in there else None

    def read(row: SheetRow, card: CustomerCard, wrong: Errors) -> CustomerCard:
        card = _over(card, row)
        if card.kind and card.kind not in kinds:
            offered = "、".join(str(words) for words in KINDS.values())
            wrong[row.at("kind")] = [format_lazy(_("Write one of: {kinds}."), kinds=offered)]
        return replace(card, kind=kinds.get(card.kind, ""))

    def save(card: CustomerCard, entry: object) -> Event | None:
        return save_customer_card(rights, card, entry if isinstance(entry, Customer) else None)

    facts, imported = _take_in(rows, CustomerCard, read, old, save)
    digest = _digest(stream)
    note(actor, "customers", *facts, CustomersImported(added=imported.added, changed=imported.changed, sha256=digest))
    return imported


@command
def import_products(actor: Actor, stream: IO[bytes] | None, size: int) -> Imported:
    """Take in a sheet of products: rows with a known code change that product, others add one. All or nothing.

    Refusals: Forbidden; Invalid with the address of every wrong cell (B7). At most 5,000 rows and 5 MB.
    """
    check_may(actor, PRODUCTS)
    rows = _read(stream, size, PRODUCT_COLUMNS)
    lock_register("products")
    rights = rights_of(actor)
    there = {one.code: one for one in Product.objects.all()}

    def old(code: str) -> tuple[ProductCard, object] | None:
        return (card_of_product(there[code]), there[code]) if code in there else None

    def save(card: ProductCard, entry: object) -> Event | None:
        return save_product_card(rights, card, entry if isinstance(entry, Product) else None)

    facts, imported = _take_in(rows, ProductCard, lambda row, card, _wrong: _over(card, row), old, save)
    digest = _digest(stream)
    note(actor, "products", *facts, ProductsImported(added=imported.added, changed=imported.changed, sha256=digest))
    return imported


def _digest(stream: IO[bytes] | None) -> str:
    if stream is None:
        return ""
    stream.seek(0)
    return hashlib.sha256(stream.read()).hexdigest()


def card_of_customer(customer: Customer) -> CustomerCard:
    """A customer's card as it stands."""
    return CustomerCard(
        code=customer.code, name=customer.name, kind=customer.kind, region=customer.region, address=customer.address,
        contact=customer.contact, phone=customer.phone, email=customer.email,
        owner=customer.owner.login if customer.owner else "", note=customer.note,
    )  # fmt: skip


def card_of_product(product: Product) -> ProductCard:
    """A product's card as it stands."""
    return ProductCard(
        code=product.code, name=product.name, spec=product.spec, unit=product.unit, category=product.category,
        cost="" if product.cost is None else str(product.cost), note=product.note,
    )  # fmt: skip
