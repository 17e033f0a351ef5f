"""The stock: who keeps it, what comes in and goes out, and that nobody takes what is not there."""

import io
from decimal import Decimal
from threading import Barrier, Thread

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction

from huiqian.base.errors import Forbidden, Invalid, NotFound, Refusal
from huiqian.journal.models import Entry
from huiqian.marketing.commands import (
    close_stock_item,
    delete_stock_item,
    put_into_stock,
    reopen_stock_item,
    save_stock_item,
    take_from_stock,
)
from huiqian.marketing.effects import Quoted
from huiqian.marketing.models import StockItem, StockLevel, StockMove
from huiqian.marketing.queries import moves_sheet, stock, stock_levels, stock_moves, stock_places, stock_sheet
from huiqian.marketing.rules import MoveCard, StockCard
from tests.people import actor

KEEPER = "administrative_assistant"
LEAFLET = StockCard(name="HX-350 产品彩页", unit="份")


def put(quantity: str = "100", place: str = "库房 A-1", **more: str) -> StockMove:
    """唐小梅 puts leaflets in."""
    return put_into_stock(actor(KEEPER), "S-001", MoveCard(place=place, quantity=quantity, **more))


def take(quantity: str, place: str = "库房 A-1", **more: str) -> StockMove:
    """She hands some out."""
    said = {"recipient": "刘洋", "purpose": "客户拜访", **more}
    return take_from_stock(actor(KEEPER), "S-001", MoveCard(place=place, quantity=quantity, **said))


@pytest.fixture
def leaflet(company: None) -> StockItem:
    return save_stock_item(actor(KEEPER), LEAFLET)


def lying() -> dict[str, Decimal]:
    return dict(StockLevel.objects.values_list("place", "quantity"))


def test_what_comes_in_and_goes_out_is_told_with_what_is_left(leaflet: StockItem) -> None:
    assert (leaflet.code, leaflet.unit) == ("S-001", "份")
    put()
    put("50.5", place="展厅")
    assert take("30").left == Decimal(70)
    assert lying() == {"库房 A-1": Decimal(70), "展厅": Decimal("50.50")}
    moved = StockMove.objects.first()
    assert moved is not None
    assert (moved.kind, moved.recipient, moved.purpose, moved.by_name) == ("taken", "刘洋", "客户拜访", "唐小梅")
    fact = Entry.objects.filter(chain="register:stock", kind="stock_moved").latest("id")
    assert (fact.detail["move"], fact.detail["quantity"], fact.detail["left"]) == ("taken", "30.00", "70.00")


def test_more_than_lies_at_the_place_cannot_be_taken(leaflet: StockItem) -> None:
    put("10")
    put("10", place="展厅")
    with pytest.raises(Invalid) as refused:
        take("10.01")
    assert list(refused.value.errors) == ["quantity"]
    assert "10" in str(refused.value.errors["quantity"][0])
    with pytest.raises(Invalid):
        take("1", place="没有的地方")
    take("10")
    assert [level.place for level in stock_levels(leaflet.pk)] == ["展厅"]
    assert lying()["库房 A-1"] == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"quantity": "0"}, "quantity"), ({"quantity": "-1"}, "quantity"), ({"quantity": "一些"}, "quantity"),
        ({"quantity": ""}, "quantity"), ({"quantity": "1.234"}, "quantity"), ({"place": ""}, "place"),
        ({"recipient": ""}, "recipient"), ({"purpose": ""}, "purpose"), ({"purpose": "长" * 201}, "purpose"),
    ],
)  # fmt: skip
def test_a_taking_that_cannot_be_is_told_at_its_field(leaflet: StockItem, changes: dict[str, str], field: str) -> None:
    put()
    said = {"quantity": "1", "place": "库房 A-1", "recipient": "刘洋", "purpose": "拜访", **changes}
    with pytest.raises(Invalid) as refused:
        take_from_stock(actor(KEEPER), "S-001", MoveCard(**said))
    assert list(refused.value.errors) == [field]
    assert lying() == {"库房 A-1": Decimal(100)}


def test_the_database_holds_it_whoever_writes(leaflet: StockItem) -> None:
    put("5")
    with pytest.raises(IntegrityError, match="stock_is_not_negative"), transaction.atomic():
        StockLevel.objects.update(quantity=-1)
    with pytest.raises(IntegrityError, match="stock_taking_has_a_purpose"), transaction.atomic():
        StockMove.objects.update(kind="taken", purpose="")


def test_only_the_assistant_and_administrators_keep_it_and_everybody_reads(leaflet: StockItem) -> None:
    put()
    for login in ("key_account_director", "general_manager", "marketing_manager"):
        with pytest.raises(Forbidden):
            take_from_stock(
                actor(login), "S-001", MoveCard(place="库房 A-1", quantity="1", recipient="我", purpose="用")
            )
        with pytest.raises(Forbidden):
            save_stock_item(actor(login), StockCard(name="别的", unit="个"))
        assert [one.code for one in stock(actor(login))] == ["S-001"]
    save_stock_item(actor("admin"), StockCard(name="HX-350 彩页（2026 版）", unit="份"), code="S-001")
    with pytest.raises(NotFound):
        close_stock_item(actor(KEEPER), "S-999")


def test_items_are_checked_closed_reopened_and_deleted_only_where_nothing_moved(leaflet: StockItem) -> None:
    for card, field in ((StockCard(name="", unit="份"), "name"), (StockCard(name="旗帜"), "unit"), (LEAFLET, "name")):
        with pytest.raises(Invalid) as refused:
            save_stock_item(actor(KEEPER), card)
        assert list(refused.value.errors) == [field]
    close_stock_item(actor(KEEPER), "S-001")
    assert not list(stock(actor(KEEPER)))
    assert [one.code for one in stock(actor(KEEPER), state="closed")] == ["S-001"]
    reopen_stock_item(actor(KEEPER), "S-001")
    put()
    with pytest.raises(Quoted):
        delete_stock_item(actor(KEEPER), "S-001")
    made = save_stock_item(actor(KEEPER), StockCard(code="FLAG-1", name="旗帜", unit="面"))
    delete_stock_item(actor(KEEPER), made.code)
    assert [one.code for one in stock(actor(KEEPER), state="all")] == ["S-001"]


def test_lists_find_by_name_pinyin_place_and_what_is_used_up(leaflet: StockItem) -> None:
    save_stock_item(actor(KEEPER), StockCard(name="易拉宝展架", unit="个"))
    put("3")
    put("4", place="展厅")
    found = list(stock(actor(KEEPER)))
    assert [(one.name, one.total) for one in found] == [("HX-350 产品彩页", 7), ("易拉宝展架", 0)]  # type: ignore[attr-defined]
    assert [one.name for one in stock(actor(KEEPER), search="yilabao")] == ["易拉宝展架"]
    assert [one.name for one in stock(actor(KEEPER), place="展厅")] == ["HX-350 产品彩页"]
    assert [one.total for one in stock(actor(KEEPER), place="展厅")] == [7]  # type: ignore[attr-defined]
    assert [one.name for one in stock(actor(KEEPER), state="empty")] == ["易拉宝展架"]
    assert stock_places() == ["展厅", "库房 A-1"]


def test_sheets_hold_every_place_and_every_move(leaflet: StockItem) -> None:
    put("3")
    put("4", place="展厅")
    take("1")
    sheet = openpyxl.load_workbook(io.BytesIO(stock_sheet(stock(actor(KEEPER))))).worksheets[0]
    assert [[cell.value for cell in row[:5]] for row in sheet.iter_rows(min_row=2)] == [
        ["S-001", "HX-350 产品彩页", "份", "展厅", 4], ["S-001", "HX-350 产品彩页", "份", "库房 A-1", 2],
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(moves_sheet(stock_moves(leaflet.pk)))).worksheets[0]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["出库", "入库", "入库"]


@pytest.mark.usefixtures("real_company")
def test_of_eight_who_take_at_once_nobody_gets_what_is_not_there() -> None:
    save_stock_item(actor(KEEPER), LEAFLET)
    put("10")
    keeper, start = actor(KEEPER), Barrier(8)
    outcomes: list[str] = []

    def grab() -> None:
        try:
            start.wait()
            take_from_stock(keeper, "S-001", MoveCard(place="库房 A-1", quantity="3", recipient="刘洋", purpose="拜访"))
            outcomes.append("taken")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=grab) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["invalid"] * 5 + ["taken"] * 3
    assert lying() == {"库房 A-1": Decimal(1)}
    assert sorted(StockMove.objects.filter(kind="taken").values_list("left", flat=True)) == [1, 4, 7]
