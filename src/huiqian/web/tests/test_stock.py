"""The stock's pages: found, taken from, refused with what was typed kept."""

import pytest
from django.test import Client

from huiqian.marketing.commands import put_into_stock, save_stock_item
from huiqian.marketing.models import StockLevel
from huiqian.marketing.rules import MoveCard, StockCard
from huiqian.org.models import Person
from tests.flows.test_sc006 import BUYER, DESIGNER, ORDER, PURCHASE, RECEIPT, agree, up_to_review
from tests.people import actor, answer

pytestmark = pytest.mark.usefixtures("company")
KEEPER = "administrative_assistant"


def signed_in(login: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def stocked(company: None) -> None:
    save_stock_item(actor(KEEPER), StockCard(name="HX-350 产品彩页", unit="份"))
    put_into_stock(actor(KEEPER), "S-001", MoveCard(place="库房 A-1", quantity="100"))


def test_everybody_reads_and_only_whoever_keeps_it_moves(stocked: None) -> None:
    page = signed_in("key_account_manager_1").get("/stock/S-001").content.decode()
    assert "现存 100 份" in page
    assert "领用出库" not in page
    page = signed_in(KEEPER).get("/stock/S-001").content.decode()
    assert 'value="库房 A-1"' in page, "where it lies in one place only, that place is proposed"
    assert "/stock/S-001/takings" in page


def test_a_taking_is_entered_and_one_too_many_keeps_what_was_typed(stocked: None) -> None:
    client = signed_in(KEEPER)
    said = {"quantity": "101", "place": "库房 A-1", "recipient": "刘洋", "purpose": "客户拜访"}
    answer = client.post("/stock/S-001/takings", said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "该处只有 100 份。" in page
    assert 'value="客户拜访"' in page
    answer = client.post("/stock/S-001/takings", said | {"quantity": "30"}, follow=True)
    assert "已登记，库房 A-1 现有 70 份。" in answer.content.decode()
    assert "刘洋，客户拜访" in " ".join(answer.content.decode().split())
    assert StockLevel.objects.get().quantity == 70


def test_put_in_by_hand_changed_closed_and_not_deleted(stocked: None) -> None:
    client = signed_in(KEEPER)
    client.post("/stock/S-001/receipts", {"quantity": "5", "place": "展厅", "purpose": "展会退回"})
    assert {one.place: one.quantity for one in StockLevel.objects.all()} == {"库房 A-1": 100, "展厅": 5}
    assert client.post("/stock/S-001/receipts", {"quantity": "x", "place": ""}).status_code == 422
    assert client.post("/stock/S-001/deletion").status_code == 409
    assert client.post("/stock/S-001/change", {"name": "", "unit": "份"}).status_code == 422
    assert client.post("/stock/new", {"name": "旗帜", "unit": "面", "code": "flag-1"}).status_code == 303
    assert "FLAG-1" in client.get("/stock?search=qizhi").content.decode()
    client.post("/stock/S-001/state", {"state": "closed"})
    assert "HX-350 产品彩页" not in client.get("/stock").content.decode()
    assert "HX-350 产品彩页" in client.get("/stock?state=closed").content.decode()


def test_a_document_is_linked_only_for_whoever_may_read_it(company: None) -> None:
    number = finish_print_run()
    page = signed_in("administrative_assistant").get("/stock/S-001").content.decode()
    assert f'href="/documents/{number}-05"' in page
    page = signed_in("key_account_manager_1").get("/stock/S-001").content.decode()
    assert f"{number}-05" in page
    assert f'href="/documents/{number}-05"' not in page


def finish_print_run() -> str:
    """A whole case of SC-006; its number."""
    number = up_to_review()
    agree(number)
    answer(number, DESIGNER, "submit", values=PURCHASE)
    answer(number, BUYER, "submit", values=ORDER)
    answer(number, KEEPER, "submit", values=RECEIPT)
    return number


def test_sheets_come_as_downloads(stocked: None) -> None:
    client = signed_in("finance_manager")
    for address in ("/stock/sheet", "/stock/S-001/sheet"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
