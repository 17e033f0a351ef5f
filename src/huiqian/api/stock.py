"""The stock, to read."""

from datetime import datetime
from decimal import Decimal

from django.http import HttpRequest
from ninja import Router, Schema

from huiqian.api.bearer import actor_of
from huiqian.marketing import queries as registers
from huiqian.marketing.access import stock_item_for
from huiqian.marketing.models import StockItem as StockItemRow
from huiqian.marketing.models import StockMove as StockMoveRow

stock = Router()
MOST = 100


class Level(Schema):
    """How much lies at a place."""

    place: str
    quantity: Decimal


class StockItem(Schema):
    """An item of the stock, and where it lies."""

    code: str
    name: str
    unit: str
    quantity: Decimal
    places: list[Level]
    active: bool


class StockPage(Schema):
    """Up to 100 items in the order of the alphabet; `next` is the next page's number, null on the last one."""

    items: list[StockItem]
    next: int | None


class Movement(Schema):
    """What came in ("received") or was taken out ("taken"); `left` lay at the place afterwards."""

    kind: str
    place: str
    quantity: Decimal
    left: Decimal
    recipient: str
    purpose: str
    case: str
    document: str
    by: str
    at: datetime


class StockCard(StockItem):
    """An item with its latest 100 movements, the latest first."""

    movements: list[Movement]


def _item(row: StockItemRow, levels: list[Level]) -> dict[str, object]:
    return {
        "code": row.code, "name": row.name, "unit": row.unit, "active": row.active, "places": levels,
        "quantity": sum((level.quantity for level in levels), Decimal(0)),
    }  # fmt: skip


def _movement(row: StockMoveRow) -> Movement:
    return Movement(
        kind=row.kind, place=row.place, quantity=row.quantity, left=row.left, recipient=row.recipient,
        purpose=row.purpose, case=row.case_number, document=row.document_number, by=row.by_name, at=row.at,
    )  # fmt: skip


@stock.get("", response=StockPage, summary="Stock")
def list_stock(request: HttpRequest, search: str = "", state: str = "open", page: int = 1) -> StockPage:
    """Items in use, or `state=empty` (used up), `state=closed`, `state=all`."""
    start = (min(max(page, 1), 10_000) - 1) * MOST
    rows = list(registers.stock(actor_of(request), search=search, state=state)[start : start + MOST + 1])
    items = [
        StockItem(**_item(row, [Level(place=one.place, quantity=one.quantity) for one in row.lying]))  # type: ignore[arg-type, attr-defined]
        for row in rows[:MOST]
    ]
    return StockPage(items=items, next=page + 1 if len(rows) > MOST else None)


@stock.get("/{code}", response=StockCard, summary="One item of the stock")
def get_stock_item(request: HttpRequest, code: str) -> StockCard:
    """An item by its code."""
    row = stock_item_for(actor_of(request), code)
    levels = [Level(place=one.place, quantity=one.quantity) for one in registers.stock_levels(row.pk)]
    moves = [_movement(one) for one in registers.stock_moves(row.pk)[:MOST]]
    return StockCard(**_item(row, levels), movements=moves)  # type: ignore[arg-type]
