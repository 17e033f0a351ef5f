"""All plans of a month beside last month's: what the heads see of a case of SC-004, on the page and as Excel."""

import io
from collections.abc import Iterator
from datetime import date

import openpyxl
import pytest
from django.test import Client

from huiqian.base import clock
from huiqian.org.models import Person
from tests.people import answer
from tests.sales import MANAGERS, OPENING, approve, gather, hand_all_in, hand_in, line, open_month, sign
from tests.sales import up_to_the_general_manager as present_all

pytestmark = pytest.mark.usefixtures("company", "november")
DIRECTOR, REVIEWER = "key_account_director", "product_marketing_director"


@pytest.fixture
def november() -> Iterator[None]:
    """The 26th of November, 09:00."""
    with clock.moved_to(OPENING):
        yield


def page(login: str, address: str) -> str:
    """What somebody's browser gets."""
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(Person.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    answer_ = client.get(address)
    assert answer_.status_code == 200
    return answer_.content.decode()


def names(html: str) -> list[str]:
    """The first cell of each row of the merged table, without its pills."""
    rows = html.partition("<tbody>")[2].partition("</tbody>")[0].split("<tr>")[1:]
    leads = [row.partition('class="lead">')[2].replace("</a>", "<") for row in rows]
    return [lead.split(">", 1)[-1].split("<")[0].strip() for lead in leads]


@pytest.fixture
def january() -> str:
    """December is signed; for January three of five have handed in."""
    first = open_month()
    present_all(first)
    approve(first)
    number = open_month(date(2027, 1, 1))
    hand_in(number, MANAGERS[0], line(quantity=40), line("C-009", "KZ-02", 5))
    hand_in(number, MANAGERS[1], line("C-002", quantity=12))
    hand_in(number, MANAGERS[2], line("C-003", quantity=30, price="3900", note="清库存"))
    return number


def test_sums_are_sorted_and_beside_last_month(january: str) -> None:
    people = dict(Person.objects.values_list("login", "name"))
    by_amount = names(page(DIRECTOR, f"/cases/{january}/plans"))
    assert by_amount[:3] == [people[MANAGERS[one]] for one in (0, 2, 1)]
    risen = names(page(DIRECTOR, f"/cases/{january}/plans?sort=-difference"))
    assert risen[0] == people[MANAGERS[0]]
    assert risen[-1] == people[MANAGERS[4]], "who has not handed in falls by all of last month's plan"
    html = page(DIRECTOR, f"/cases/{january}/plans")
    assert "+160,390.00 (+303.8%)" in html
    assert html.count(">未提交<") == 2


def test_lines_are_searched_and_those_under_the_floor_found(january: str) -> None:
    assert len(names(page(DIRECTOR, f"/cases/{january}/plans?by=lines"))) == 4
    assert len(names(page(DIRECTOR, f"/cases/{january}/plans?by=lines&search=KZ-02"))) == 1
    assert len(names(page(DIRECTOR, f"/cases/{january}/plans?by=lines&of={MANAGERS[0]}"))) == 2
    html = page(DIRECTOR, f"/cases/{january}/plans?by=lines&below=1")
    assert len(names(html)) == 1
    assert "底价 3,960.00" in html
    assert "没有符合条件" in page(DIRECTOR, f"/cases/{january}/plans?by=lines&search=无此客户")


def test_the_case_shows_it_to_the_heads_and_ones_own_history_to_who_plans(january: str) -> None:
    assert 'id="sales-merge"' in page(DIRECTOR, f"/cases/{january}")
    for login in (MANAGERS[0], MANAGERS[4]):
        assert 'id="sales-merge"' not in page(login, f"/cases/{january}")
    mine = page(MANAGERS[4], f"/cases/{january}")
    assert "上月计划与实绩" in mine
    assert mine.count('data-fill-row="lines"') == 1
    assert 'data-value-customer="C-005' in mine


def test_the_reviewer_refuses_from_the_table() -> None:
    number = open_month()
    hand_all_in(number)
    gather(number)
    html = page(REVIEWER, f"/cases/{number}")
    assert 'data-table="refusals"' in html
    assert html.count('data-fill-row="refusals"') == 5
    answer(number, REVIEWER, "refuse", "偏高", values={"refusals": [{"manager": MANAGERS[1], "reason": "偏高"}]})
    assert "待重编" in page(DIRECTOR, f"/cases/{number}/plans")
    hand_in(number, MANAGERS[1])
    gather(number)
    sign(number)


def test_excel_has_every_line(january: str) -> None:
    client = Client()
    client.force_login(Person.objects.get(login=DIRECTOR), backend="django.contrib.auth.backends.ModelBackend")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/cases/{january}/plans/sheet").content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == 4
    assert rows[0][1:6] == (1, "苏州恒暖建材有限公司", "吊顶全热交换新风机 350", 40, 5280)
    assert [float(cell) for cell in rows[0][9:11]] == [52800.0, 158400.0]  # type: ignore[arg-type]
