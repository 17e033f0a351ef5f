"""What the registers do inside somebody's transaction: entries written, and what they are quoted in."""

from collections.abc import Collection, Mapping

from django.db import connection
from django.db.models import Model
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import Invalid, Refusal, Text
from huiqian.base.events import Event
from huiqian.journal.record import record
from huiqian.marketing.access import Rights
from huiqian.marketing.events import CustomerSaved, ProductSaved, StockItemSaved
from huiqian.marketing.models import (
    Customer,
    Entry,
    PriceLine,
    Product,
    ProductionLine,
    SalesLine,
    StockItem,
    StockMove,
)
from huiqian.marketing.rules import (
    CustomerCard,
    ProductCard,
    StockCard,
    check_customer,
    check_product,
    check_stock_item,
    read_amount,
)
from huiqian.org.commands.people import sort_key
from huiqian.org.queries import roster

# What people wrote down in cases and documents: a code stands there as a text of its own.
SAID = """
select case_number from (
    select number as case_number from process_instance where data @? (%s)::jsonpath
    union all select i.number from process_member m join process_instance i on i.dossier_id = m.instance_id
    where m.data @? (%s)::jsonpath
    union all select d.number from documents_version v join documents_document d on d.id = v.document_id
    where v.values @? (%s)::jsonpath
) as said limit 1
"""


class Quoted(Refusal):
    """Something still quotes this entry, so it cannot be deleted."""

    code = "quoted"
    text = _("This is quoted elsewhere and cannot be deleted. Close it instead: it can then no longer be chosen.")


def note(actor: Actor, register: str, *facts: Event) -> None:
    """Write down what happened to a register."""
    record(actor, f"register:{register}", facts)


def next_code(kind: type[Entry], prefix: str) -> str:
    """The next free code: C-013 after C-012. 1 query; the register is locked."""
    codes = kind._default_manager.filter(code__regex=rf"^{prefix}-[0-9]{{1,9}}$").values_list("code", flat=True)
    return f"{prefix}-{max((int(code[len(prefix) + 1 :]) for code in codes), default=0) + 1:03d}"


def save_customer_card(rights: Rights, card: CustomerCard, customer: Customer | None) -> CustomerSaved | None:
    """Add a customer or change one; the fact, or None where nothing changes. Invalid says what is wrong, by field.

    Who only keeps their own customers keeps what they add, and gives none away.
    """
    errors = check_customer(card)
    owner: int | None = None
    if card.owner:
        owner = _owner(card.owner)
        if owner is None:
            errors["owner"] = [_("Choose somebody who holds the position of a key account manager.")]
    if not rights.all_customers:
        owner = rights.person
    _check_taken(Customer, card.code, card.name, customer, errors)
    if errors:
        raise Invalid(errors)
    new = {
        "name": card.name, "kind": card.kind or Customer.Kind.OTHER, "region": card.region, "address": card.address,
        "contact": card.contact, "phone": card.phone, "email": card.email, "owner_id": owner, "note": card.note,
    }  # fmt: skip
    entry = customer or Customer(code=card.code or next_code(Customer, "C"), created_at=clock.now())
    changes = _write(entry, new)
    return CustomerSaved(code=entry.code, name=entry.name, changes=changes) if changes or not customer else None


def _owner(login: str) -> int | None:
    snapshot, today = roster(), clock.today()
    for person in snapshot.people.values():
        if login in (person.login, person.name) and "key_account_manager" in snapshot.positions_of(person.id, today):
            return person.id
    return None


def save_product_card(rights: Rights, card: ProductCard, product: Product | None) -> ProductSaved | None:
    """Add a product or change one; the fact, or None where nothing changes. Invalid says what is wrong, by field."""
    errors = check_product(card)
    _check_taken(Product, card.code, card.name, product, errors)
    if errors:
        raise Invalid(errors)
    new: dict[str, object] = {
        "name": card.name, "spec": card.spec, "unit": card.unit, "category": card.category, "note": card.note,
    }  # fmt: skip
    if rights.inner_prices:
        new["cost"] = read_amount(card.cost)
    entry = product or Product(code=card.code or next_code(Product, "P"), created_at=clock.now())
    changes = _write(entry, new)
    return ProductSaved(code=entry.code, name=entry.name, changes=changes) if changes or not product else None


def save_stock_card(card: StockCard, item: StockItem | None) -> StockItemSaved | None:
    """Add an item of the stock or change one; the fact, or None where nothing changes. Invalid says what is wrong."""
    errors = check_stock_item(card)
    _check_taken(StockItem, card.code, card.name, item, errors)
    if errors:
        raise Invalid(errors)
    entry = item or StockItem(code=card.code or next_code(StockItem, "S"), created_at=clock.now())
    changes = _write(entry, {"name": card.name, "unit": card.unit, "note": card.note})
    return StockItemSaved(code=entry.code, name=entry.name, changes=changes) if changes or not item else None


def _check_taken(kind: type[Entry], code: str, name: str, entry: Model | None, errors: dict[str, list[Text]]) -> None:
    """No two entries bear one code or one name; a code stays what it is."""
    others = kind._default_manager.exclude(pk=entry.pk) if entry else kind._default_manager.all()
    if entry is None and code and others.filter(code=code).exists():
        errors.setdefault("code", []).append(_("This code is taken. Choose another one."))
    taken = others.filter(name=name).values_list("code", flat=True).first() if name else None
    if taken:
        errors.setdefault("name", []).append(format_lazy(_("{code} has this name already."), code=taken))


def _write(entry: Entry, new: Mapping[str, object]) -> dict[str, object]:
    """Save an entry's new values; what changed: field → [old, new]. Nothing is written where nothing changes."""
    added = entry.pk is None
    changes = {field: [getattr(entry, field), value] for field, value in new.items() if getattr(entry, field) != value}
    if added or changes:
        for field, value in new.items():
            setattr(entry, field, value)
        entry.sort_key = sort_key(entry.name)
        entry.save()
    return {} if added else dict(changes)


def check_not_quoted(
    code: str, rows: Collection[type[SalesLine | PriceLine | ProductionLine | StockMove]], **by: int
) -> None:
    """Quoted where a plan, a price, a case or a document names this code. Reads cases and documents once through."""
    for kind in rows:
        if kind._default_manager.filter(**by).exists():
            raise Quoted(
                format_lazy(
                    _("{code} stands in plans, price lists or stock and cannot be deleted. Close it instead."),
                    code=code,
                )
            )
    path = f'$.** ? (@ == "{code}")'
    with connection.cursor() as cursor:
        cursor.execute(SAID, [path, path, path])
        row = cursor.fetchone()
    if row:
        raise Quoted(
            format_lazy(
                _("{code} is quoted in {number} and cannot be deleted. Close it instead."), code=code, number=row[0]
            )
        )
