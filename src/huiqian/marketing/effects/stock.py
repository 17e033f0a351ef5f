"""The stock: what comes in from cases and by hand, and what is taken out; never more than is there."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base.actors import Actor
from huiqian.base.errors import Incident, Invalid
from huiqian.documents.models import Document
from huiqian.forms.rules.kinds import grouped
from huiqian.marketing.access import lock_register
from huiqian.marketing.effects.entries import note, save_stock_card
from huiqian.marketing.events import StockMoved
from huiqian.marketing.models import StockItem, StockLevel, StockMove
from huiqian.marketing.rules import MoveCard, StockCard
from huiqian.marketing.rules.cards import tidy
from huiqian.process.run import Case


def move_stock(
    actor: Actor,
    item: StockItem,
    card: MoveCard,
    quantity: Decimal,
    *,
    kind: str,
    at: datetime,
    case_number: str = "",
    document_number: str = "",
) -> StockMove:
    """Put a quantity that was checked into stock, or take it out; the register is locked. Invalid, at "quantity", where
    less lies at the place.
    """
    taken = kind == StockMove.Kind.TAKEN
    level, _made = StockLevel.objects.get_or_create(item=item, place=card.place, defaults={"quantity": Decimal(0)})
    if taken and level.quantity < quantity:
        sentence = _("Only {left} {unit} lie there.")
        raise Invalid({"quantity": [format_lazy(sentence, left=grouped(level.quantity.normalize()), unit=item.unit)]})
    change = -quantity if taken else quantity
    StockLevel.objects.filter(pk=level.pk).update(quantity=F("quantity") + change)
    moved = StockMove.objects.create(
        item=item, kind=kind, place=card.place, quantity=quantity, left=level.quantity + change, at=at,
        recipient=card.recipient, purpose=card.purpose, case_number=case_number, document_number=document_number,
        by_id=actor.id, by_name=actor.name,
    )  # fmt: skip
    fact = StockMoved(
        code=item.code, move=kind, place=card.place, quantity=quantity, left=moved.left, recipient=card.recipient,
        purpose=card.purpose, case=case_number,
    )  # fmt: skip
    note(actor, "stock", fact)
    return moved


def take_into_stock(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Service step: what a case had made comes into stock.

    Inputs: `item` (a code of the register) or, for something new, `name` and `unit`; `quantity`, `place`; `document`
    (key of the case's stock receipt; optional). An item of that name that is there already is added to. The case
    keeps the item's code as `stock_item`. An Incident for no quantity or place, an unknown or a closed item.
    """
    lock_register("stock")
    quantity, place = inputs.get("quantity"), tidy(inputs.get("place"))[:50]
    if not isinstance(quantity, Decimal) or quantity <= 0 or not place:
        raise Incident("no-quantity", _("The case does not say how much of it lies where."))
    item = _item(case, inputs)
    if not item.active:
        raise Incident("stock-closed", format_lazy(_("{code} is closed in the stock register."), code=item.code))
    document = Document.objects.filter(dossier_id=case.id, key=str(inputs.get("document") or "")).first()
    move_stock(
        case.actor, item, MoveCard(place=place, purpose=case.title[:200]), quantity, kind=StockMove.Kind.RECEIVED,
        at=case.now, case_number=case.number, document_number=document.number if document else "",
    )  # fmt: skip
    return {"stock_item": item.code}


def _item(case: Case, inputs: Mapping[str, Any]) -> StockItem:
    code, name = inputs.get("item"), tidy(inputs.get("name"))[:100]
    if code:
        found = StockItem.objects.filter(code=str(code)).first()
        if found is None:
            raise Incident("no-stock-item", format_lazy(_("The stock register has no {code}."), code=str(code)[:32]))
        return found
    known = StockItem.objects.filter(name=name).first()
    if known is not None:
        return known
    fact = save_stock_card(StockCard(name=name, unit=tidy(inputs.get("unit"))[:16]), None)
    assert fact is not None
    note(case.actor, "stock", fact)
    return StockItem.objects.get(code=fact.code)
