"""Excel in and out: all rows or none, wrong cells told by their addresses, nothing in a sheet runs."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from huiqian.base.errors import Forbidden, Invalid
from huiqian.journal.models import Entry
from huiqian.marketing.commands import import_actuals, import_customers, import_products, report_actuals
from huiqian.marketing.effects import register_sales_plan
from huiqian.marketing.models import Customer, Product, SalesLine
from huiqian.marketing.queries import actuals_sheet, customers, customers_sheet, products, products_sheet, sales_lines
from huiqian.marketing.tests.test_sales_plans import LINES, MONTH, case_with
from tests.people import actor

pytestmark = pytest.mark.usefixtures("company")
HEADS = ["客户编码", "客户名称", "客户类型", "区域", "电话", "负责人"]


def book(*rows: Sequence[Any], heads: Sequence[str] = HEADS) -> tuple[io.BytesIO, int]:
    made = openpyxl.Workbook()
    for row in (heads, *rows):
        made.active.append(list(row))  # type: ignore[union-attr]
    out = io.BytesIO()
    made.save(out)
    return out, out.tell()


def opened(content: bytes) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]


def test_a_sheet_adds_changes_and_leaves_what_it_does_not_say() -> None:
    before = Entry.objects.filter(kind="customer_saved").count()
    sheet = book(
        ["C-001", "苏州恒暖建材有限公司", "经销商", "华东", "0512-5550 9999", "吴涛"],
        ["", "青岛海润暖通有限公司", "经销商", "华东", None, "key_account_manager_2"], [None] * 6,
        ["C-002", "南京清风暖通设备有限公司", "经销商", "华东", "025-5550 3388", "刘洋"],
    )  # fmt: skip
    done = import_customers(actor("key_account_director"), *sheet)
    assert (done.added, done.changed, done.unchanged) == (1, 1, 1)
    changed, added = Customer.objects.get(code="C-001"), Customer.objects.get(code="C-013")
    assert (changed.phone, changed.contact) == ("0512-5550 9999", "顾晓东")
    assert changed.owner == added.owner
    assert Entry.objects.filter(kind="customer_saved").count() == before + 2


def test_every_wrong_cell_is_told_and_nothing_is_kept() -> None:
    sheet = book(
        ["", "全新客户", "经销商", "华东", "0512-5550 1", "刘洋"], ["", "", "经销商", "", "", ""],
        ["", "全新客户", "朋友", "", "打我电话", "许文静"], ["", "另一家", "", "", "=1+1", ""],
        ["C-001", "南京清风暖通设备有限公司", "", "", "", ""],
    )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        import_customers(actor("marketing_manager"), *sheet)
    assert list(refused.value.errors) == ["E5"], "a formula is told before anything is read"
    sheet = book(
        ["", "全新客户", "经销商", "华东", "0512-5550 1", "刘洋"], ["", "", "经销商", "", "", ""],
        ["", "全新客户", "朋友", "", "", ""], ["C-001", "南京清风暖通设备有限公司", "", "", "打我电话", "许文静"],
    )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        import_customers(actor("marketing_manager"), *sheet)
    assert list(refused.value.errors) == ["B3", "B4", "C4", "B5", "E5", "F5"]
    assert Customer.objects.count() == 12
    assert not Customer.objects.filter(name="全新客户").exists()


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        (book(["1", "甲"], heads=["客户编码", "称呼"]), "A1"), (book(), "A2"),
        ((io.BytesIO(b"PK\x03\x04nothing"), 11), ""),
        ((io.BytesIO("客户名称,电话".encode()), 19), ""), ((None, 0), ""), ((io.BytesIO(b"x"), 6_000_000), ""),
        (book(["甲", "乙"], heads=["客户名称", "客户名称"]), "B1"),
    ],
)  # fmt: skip
def test_what_is_no_sheet_of_customers_is_refused(sheet: tuple[io.BytesIO | None, int], cell: str) -> None:
    with pytest.raises(Invalid) as refused:
        import_customers(actor("marketing_manager"), *sheet)
    assert cell in refused.value.errors
    with pytest.raises(Forbidden):
        import_customers(actor("key_account_manager_1"), *sheet)


def test_what_goes_out_comes_in_again_and_stays_text() -> None:
    who = actor("marketing_manager")
    Customer.objects.filter(code="C-003").update(note='=HYPERLINK("http://a","b")')
    content = customers_sheet(customers(who))
    row = next(row for row in opened(content) if row[0] == "C-003")
    assert row[-1] == '=HYPERLINK("http://a","b")'
    cell = openpyxl.load_workbook(io.BytesIO(content)).active  # type: ignore[union-attr]
    assert "f" not in {c.data_type for line in cell.iter_rows() for c in line}  # type: ignore[union-attr]
    done = import_customers(who, io.BytesIO(content), len(content))
    assert (done.added, done.changed, done.unchanged) == (0, 0, 12)
    content = products_sheet(products(who), with_cost=True)
    assert import_products(who, io.BytesIO(content), len(content)).unchanged == 8
    assert "单位成本" not in opened(products_sheet(products(who), with_cost=False))[0]


def test_products_come_in_with_amounts_as_people_write_them() -> None:
    heads = ["产品编码", "产品名称", "单位", "单位成本"]
    sheet = book(["HX-250", "壁挂新风机 250", "台", "1,380.50"], ["lx-g4", "初效滤网 G4", "套", 18.1], heads=heads)
    assert import_products(actor("product_marketing_director"), *sheet).added == 1
    assert Product.objects.get(code="HX-250").cost == Decimal("1380.50")
    assert Product.objects.get(code="LX-G4").cost == Decimal("18.10")
    with pytest.raises(Invalid) as refused:
        import_products(actor("marketing_manager"), *book(["", "新品", "台", "-3"], heads=heads))
    assert list(refused.value.errors) == ["D2"]


def test_actuals_are_reported_by_whose_line_it_is() -> None:
    register_sales_plan(case_with(LINES), {})
    manager = actor("key_account_manager_1")
    mine = sales_lines(manager, MONTH, manager.id)[0]
    other = SalesLine.objects.get(manager=actor("key_account_manager_4").id)
    assert report_actuals(manager, MONTH, {mine.pk: {"actual_quantity": "38", "actual_amount": "177,840"}}) == 1
    mine.refresh_from_db()
    assert (mine.actual_amount, mine.actual_payment, mine.reported_by_id) == (Decimal("177840.00"), None, manager.id)
    assert report_actuals(manager, MONTH, {mine.pk: {"actual_quantity": "38"}}) == 0
    with pytest.raises(Forbidden):
        report_actuals(manager, MONTH, {other.pk: {"actual_payment": "1"}})
    for line, said, path in ((mine.pk, "很多", "actual_payment"), (mine.pk, "-1", "actual_payment")):
        with pytest.raises(Invalid) as refused:
            report_actuals(manager, MONTH, {line: {path: said}})
        assert list(refused.value.errors) == [f"{line}.{path}"]
    with pytest.raises(Invalid):
        report_actuals(manager, date(2027, 1, 1), {mine.pk: {"actual_payment": "1"}})
    assert report_actuals(actor("key_account_director"), MONTH, {other.pk: {"actual_payment": "46000"}}) == 1


def test_actuals_come_in_as_the_sheet_that_was_downloaded() -> None:
    register_sales_plan(case_with(LINES), {})
    director = actor("key_account_director")
    content = actuals_sheet(sales_lines(director, MONTH), MONTH)
    made = openpyxl.load_workbook(io.BytesIO(content))
    made.active["I2"], made.active["J2"], made.active["K3"] = 40, 187200, "oops"  # type: ignore[index]
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(Invalid) as refused:
        import_actuals(director, MONTH, out, out.tell())
    assert list(refused.value.errors) == ["K3"]
    assert not SalesLine.objects.filter(actual_amount__isnull=False).exists()
    made.active["K3"] = None  # type: ignore[index]
    out = io.BytesIO()
    made.save(out)
    assert import_actuals(director, MONTH, out, out.tell()).changed == 1
    assert SalesLine.objects.get(actual_quantity=40).actual_amount == Decimal("187200.00")
