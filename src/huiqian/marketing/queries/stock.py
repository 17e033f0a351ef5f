"""The stock as a list, as one item, and as forms look it up."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.documents.rules.workbooks import write_sheet
from huiqian.forms.rules import Register
from huiqian.marketing.access import visible_stock
from huiqian.marketing.models import StockItem, StockLevel, StockMove
from huiqian.marketing.queries.entries import register_of, stated
from huiqian.marketing.rules.columns import MOVE_COLUMNS, STOCK_COLUMNS


def stock_register() -> Register:
    """All items of the stock by their code. 1 query."""
    return register_of(StockItem)


def stock(actor: Actor, *, search: str = "", place: str = "", state: str = "open") -> QuerySet[StockItem]:
    """Items of the stock in the order of the alphabet, each with `total` and where it lies (`lying`, not where nothing
    is left). `search` looks in names, pinyin, codes; `state` "empty": of which nothing is left. 2 queries.
    """
    found = stated(visible_stock(actor), "open" if state == "empty" else state)
    for word in search.split():
        found = found.filter(Q(name__icontains=word) | Q(sort_key__icontains=word) | Q(code__icontains=word))
    if place:
        found = found.filter(levels__place=place, levels__quantity__gt=0)
    lying = StockLevel.objects.filter(item__in=found.values("pk"), quantity__gt=0)
    found = StockItem.objects.filter(pk__in=found.values("pk"))
    found = found.annotate(total=Coalesce(Sum("levels__quantity"), Value(0), output_field=StockLevel.quantity.field))
    found = found.filter(total=0) if state == "empty" else found
    return found.order_by("sort_key", "code").prefetch_related(Prefetch("levels", queryset=lying, to_attr="lying"))


def stock_places() -> list[str]:
    """The places where anything ever lay. 1 query."""
    return list(StockLevel.objects.order_by("place").values_list("place", flat=True).distinct())


def stock_levels(item: int) -> QuerySet[StockLevel]:
    """Where an item lies, and how much of it. 1 query."""
    return StockLevel.objects.filter(item_id=item, quantity__gt=0).order_by("place")


def stock_moves(item: int) -> QuerySet[StockMove]:
    """What came in and was taken out of an item, the latest first. 1 query."""
    return StockMove.objects.filter(item_id=item)


def stock_sheet(found: Iterable[StockItem], *, english: bool = False) -> bytes:
    """The stock as a workbook: a row for each place, one with 0 where nothing is left."""
    rows = [
        [one.code, one.name, one.unit, level.place if level else "", level.quantity if level else 0, one.note]
        for one in found
        for level in (one.lying or [None])  # type: ignore[attr-defined]
    ]
    return write_sheet("Stock" if english else "库存", STOCK_COLUMNS, rows, english=english)


def moves_sheet(moves: Iterable[StockMove], *, english: bool = False) -> bytes:
    """What moved, as a workbook."""
    words = {"received": "in" if english else "入库", "taken": "out" if english else "出库"}
    rows = [
        [f"{one.at.astimezone(COMPANY_ZONE):%Y-%m-%d %H:%M}", words[one.kind], one.place, one.quantity, one.left,
         one.recipient, one.purpose, one.case_number, one.document_number, one.by_name]
        for one in moves
    ]  # fmt: skip
    return write_sheet("Movements" if english else "出入库记录", MOVE_COLUMNS, rows, english=english)
