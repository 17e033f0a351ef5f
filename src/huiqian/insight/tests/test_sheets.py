"""The lists and the board as workbooks: what the pages show, with their filters, for whom the pages are."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import translation

from huiqian.base.errors import Forbidden
from huiqian.documents.queries import archive
from huiqian.documents.queries.sheets import archive_sheet
from huiqian.insight.queries import board, bottleneck
from huiqian.insight.queries.figures.sheets import figures_sheet
from huiqian.org.models import Person
from huiqian.work.queries import inbox
from huiqian.work.queries.sheets import tasks_sheet
from tests.people import SIGNATORIES, actor, answer, approve_up_to_signing, start
from tests.versions import agree, submitted

pytestmark = pytest.mark.usefixtures("company")


def rows_of(content: bytes, sheet: int = 0) -> list[list[Any]]:
    """A sheet's rows below its heads."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in book.worksheets[sheet].iter_rows(min_row=2)]


def archived() -> str:
    """A case of SC-001 that went through."""
    number = start(topic="=HYPERLINK(1) 归档的调研")
    approve_up_to_signing(number)
    for login in SIGNATORIES:
        answer(number, login)
    return number


def test_what_one_did_and_started_is_written_as_the_pages_list_it() -> None:
    first, second = start(topic="第一件市场调研"), start(topic="第二件市场调研")
    answer(first, "product_marketing_director", opinion="可行。")
    me, director = actor("marketing_manager"), actor("product_marketing_director")
    assert [row[0] for row in rows_of(tasks_sheet(me, "started"))] == [
        row.case_number for row in inbox(me, "started").rows
    ]
    assert [row[0] for row in rows_of(tasks_sheet(director, "done"))] == [first]
    assert [row[0] for row in rows_of(tasks_sheet(director, "open"))] == [second]
    done = rows_of(tasks_sheet(director, "done"))[0]
    assert done[1:3] == ["第一件市场调研", "SC-001 市场调研策划流程"]
    assert done[8] == "同意"
    assert rows_of(tasks_sheet(me, "started", search="第二件市场调研"))[0][0] == second
    assert rows_of(tasks_sheet(me, "started", process="SC-009")) == []
    assert rows_of(tasks_sheet(actor("finance_manager"), "done")) == []


def test_more_than_a_page_is_written() -> None:
    numbers = [start(topic=f"第 {n} 件市场调研") for n in range(27)]
    me = actor("marketing_manager")
    assert len(inbox(me, "started").rows) == 25
    assert {row[0] for row in rows_of(tasks_sheet(me, "started"))} == set(numbers)


def test_joint_reviews_are_among_what_one_did() -> None:
    number = agree(submitted()).number
    done = rows_of(tasks_sheet(actor("general_manager"), "done"))
    assert [row[0] for row in done] == [f"SC-001 v{number}"]


def test_the_archive_is_written_with_its_filters() -> None:
    number = archived()
    me = actor("marketing_manager")
    rows = rows_of(archive_sheet(me))
    assert [row[0] for row in rows] == [row.number for row in archive(me).rows] == [f"{number}-01"]
    assert rows[0][2] == "=HYPERLINK(1) 归档的调研"
    assert rows_of(archive_sheet(me, search="没有这样的")) == []
    assert rows_of(archive_sheet(me, process="SC-002")) == []
    assert rows_of(archive_sheet(actor("finance_manager"))) == []


def test_the_board_is_written_a_sheet_a_card() -> None:
    archived()
    boss = actor("general_manager")
    content = figures_sheet(boss, 30, "SC-001")
    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert names == ["关键指标", "各流程办结周期", "各月按时与销售", "SC-001 等待", "各岗位待办量"]
    view, place = board(boss, 30), bottleneck(boss, "SC-001", 30)
    assert rows_of(content)[0] == ["时段（天）", 30, 30]
    assert rows_of(content)[2][1] == view.completed == 1
    assert [row[:2] for row in rows_of(content, 1)] == [["SC-001 市场调研策划流程", 1]]
    assert [row[0] for row in rows_of(content, 2)] == [f"{one.first:%Y-%m}" for one in view.months]
    assert [row[0] for row in rows_of(content, 3)] == [row.step for row in place.rows]
    assert [row[1:] for row in rows_of(content, 4)] == [[load.calm, load.today, load.late] for load in view.loads]
    with translation.override("en"):
        assert openpyxl.load_workbook(io.BytesIO(figures_sheet(boss, 30, ""))).sheetnames[0] == "Key figures"
    with pytest.raises(Forbidden):
        figures_sheet(actor("finance_manager"), 30, "SC-001")


def test_the_doors_give_workbooks() -> None:
    client = Client()
    client.force_login(Person.objects.get(login="general_manager"), "django.contrib.auth.backends.ModelBackend")
    for address in ("/tasks/sheet?tab=done", "/documents/sheet?year=2026", "/figures/sheet?days=30&process=SC-001"):
        got = client.get(address)
        assert got.status_code == 200, address
        assert got["Content-Disposition"].startswith("attachment;")
        openpyxl.load_workbook(io.BytesIO(got.content))
