"""The stock: items added, changed, closed, deleted; what is put in and taken out by hand."""

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid
from huiqian.marketing.access import check_may, lock_register, stock_item_for_change
from huiqian.marketing.effects import check_not_quoted, move_stock, note, save_stock_card
from huiqian.marketing.events import StockItemClosed, StockItemDeleted, StockItemReopened
from huiqian.marketing.models import StockItem, StockMove
from huiqian.marketing.rules import MoveCard, StockCard, check_move
from huiqian.marketing.rules.rights import STOCK


@command
def save_stock_item(actor: Actor, card: StockCard, *, code: str = "") -> StockItem:
    """Add an item of the stock, or change the one with this code.

    Refusals: NotFound, Forbidden; Invalid for a code or name that is taken or cannot be, by field.
    """
    if code:
        fact = save_stock_card(card, stock_item_for_change(actor, code))
    else:
        check_may(actor, STOCK)
        lock_register("stock")
        fact = save_stock_card(card, None)
    if fact:
        note(actor, "stock", fact)
    return StockItem.objects.get(code=fact.code if fact else code)


@command
def put_into_stock(actor: Actor, code: str, card: MoveCard) -> StockMove:
    """Put something into stock by hand: what lay there when the system began, what was brought back, what was counted.

    Refusals: NotFound, Forbidden; Invalid by field.
    """
    return _move(actor, code, card, StockMove.Kind.RECEIVED)


@command
def take_from_stock(actor: Actor, code: str, card: MoveCard) -> StockMove:
    """Take something out of stock, for somebody and for something; of two at once nobody gets more than is there.

    Refusals: NotFound, Forbidden; Invalid by field, at "quantity" where less lies at the place.
    """
    return _move(actor, code, card, StockMove.Kind.TAKEN)


def _move(actor: Actor, code: str, card: MoveCard, kind: str) -> StockMove:
    item = stock_item_for_change(actor, code)
    quantity, errors = check_move(card, taken=kind == StockMove.Kind.TAKEN)
    if errors:
        raise Invalid(errors)
    return move_stock(actor, item, card, quantity, kind=kind, at=clock.now())


@command
def close_stock_item(actor: Actor, code: str) -> None:
    """No longer keep an item in stock: it cannot be chosen for what comes in; what lies there can still be taken.

    NotFound, Forbidden.
    """
    item = stock_item_for_change(actor, code)
    if item.active:
        item.closed_at = clock.now()
        item.save(update_fields=["closed_at"])
        note(actor, "stock", StockItemClosed(code=code, name=item.name))


@command
def reopen_stock_item(actor: Actor, code: str) -> None:
    """Keep a closed item in stock again. NotFound, Forbidden."""
    item = stock_item_for_change(actor, code)
    if not item.active:
        item.closed_at = None
        item.save(update_fields=["closed_at"])
        note(actor, "stock", StockItemReopened(code=code, name=item.name))


@command
def delete_stock_item(actor: Actor, code: str) -> None:
    """Delete an item that was entered by mistake. NotFound, Forbidden; Quoted where anything of it ever moved."""
    item = stock_item_for_change(actor, code)
    check_not_quoted(code, [StockMove], item_id=item.pk)
    note(actor, "stock", StockItemDeleted(code=code, name=item.name))
    item.delete()
