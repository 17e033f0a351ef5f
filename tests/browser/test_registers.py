"""The registers on the pages: found, changed, out as Excel, in again with a wrong cell and then right."""

import io
import os
from pathlib import Path

import openpyxl
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import PHONE, SignIn

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Of its own, so that the story can be told again to the same site.
NEW = f"宁波海曙新风工程有限公司{os.getpid()}"


def look_for(page: Page, words: str, rows: int) -> None:
    """Type into the search; the list follows."""
    page.get_by_role("main").get_by_role("searchbox").fill(words)
    expect(page.locator("#register-list tbody tr")).to_have_count(rows)


def exported(page: Page) -> openpyxl.Workbook:
    """What the page's Export gives."""
    with page.expect_download() as coming:
        page.get_by_role("link", name="导出").click()
    return openpyxl.load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes()))


def import_sheet(page: Page, book: openpyxl.Workbook) -> None:
    """Send a workbook through the import page."""
    out = io.BytesIO()
    book.save(out)
    sheet: FilePayload = {"name": "客户.xlsx", "mimeType": XLSX, "buffer": out.getvalue()}
    page.goto("/customers/import")
    page.locator("input[type=file]").set_input_files(sheet)
    page.get_by_role("main").get_by_role("button", name="导入").click()


def test_customers_are_found_changed_and_imported(enter: SignIn) -> None:
    page = enter("key_account_director", at="/customers")
    look_for(page, "suzhou", 1)
    page.get_by_role("link", name="苏州恒暖建材有限公司").click()
    page.get_by_role("link", name="修改").click()
    page.get_by_label("电话").fill("不是电话")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".field-error")).to_contain_text("电话")
    page.get_by_label("电话").fill("0512-5550 1299")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("main")).to_contain_text("0512-5550 1299")
    page.goto("/customers")
    book = exported(page)
    sheet = book.active
    assert sheet is not None
    heads = [str(cell.value).rstrip("*") for cell in sheet[1]]
    row = sheet.max_row + 1
    new = {"客户名称": NEW, "客户类型": "火星人", "区域": "华东", "负责人": "刘洋"}
    for head, text in new.items():
        sheet.cell(row, heads.index(head) + 1, text)
    import_sheet(page, book)
    kind = f"{openpyxl.utils.get_column_letter(heads.index('客户类型') + 1)}{row}"
    expect(page.locator("#sheet-errors")).to_contain_text(kind)
    page.goto("/customers")
    page.get_by_role("main").get_by_role("searchbox").fill(NEW)
    expect(page.locator("#register-list")).to_contain_text("没有符合条件")
    sheet.cell(row, heads.index("客户类型") + 1, "经销商")
    import_sheet(page, book)
    expect(page.locator(".messages")).to_contain_text("新增 1")
    phone = enter("key_account_manager_1", size=PHONE, at="/customers")
    look_for(phone, NEW, 1)
    phone.get_by_role("link", name=NEW).click()
    expect(phone.get_by_role("main")).to_contain_text("刘洋")
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    look_for(enter("key_account_director", at="/customers"), NEW, 1)
    page.get_by_role("link", name=NEW).click()
    page.once("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="删除").click()
    expect(page.locator(".messages")).to_contain_text("已删除")
