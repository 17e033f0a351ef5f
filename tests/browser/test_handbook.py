"""The handbook in the browser: find something by its contents, follow a step, take it along as PDF and as Word file."""

import re
from io import BytesIO
from pathlib import Path

import pypdfium2
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, SignIn
from tests.browser.test_pages import faults_of

TITLE = "市场部工作职责与工作流程"


def download(page: Page, name: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name, exact=True).click()
    found = waiting.value
    return found.suggested_filename, Path(found.path()).read_bytes()


def test_the_contents_lead_to_a_process_and_its_diagram_to_a_step(enter: SignIn) -> None:
    page = enter("finance_manager", at="/tasks")
    page.get_by_role("link", name="工作手册").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    # While the long page still comes in, the browser goes back to the place asked for as things move.
    page.wait_for_load_state("load")
    contents = page.get_by_role("navigation", name="目录")
    link = contents.get_by_role("link", name=re.compile("SC-004"))
    link.click()
    expect(page.locator("#SC-004")).to_be_in_viewport()
    expect(link).to_have_attribute("aria-current", "location")
    page.get_by_role("group", name="市场调研策划流程的流程图", exact=True).locator("a[href='#SC-001-budget']").click()
    expect(page).to_have_url(re.compile("#SC-001-budget$"))
    step = page.locator("#SC-001-budget")
    expect(step).to_be_in_viewport()
    expect(step).to_contain_text("事业部经理")
    step.get_by_role("link", name="事业部经理").first.click()
    expect(page).to_have_url(re.compile("/duties/business_unit_director$"))


def test_both_files_are_taken_along(enter: SignIn) -> None:
    page = enter("general_manager", at="/handbook")
    name, content = download(page, "PDF")
    assert re.fullmatch(rf"{TITLE} \d{{4}}-\d\d-\d\d\.pdf", name)
    assert TITLE in pypdfium2.PdfDocument(content)[0].get_textpage().get_text_bounded()
    name, content = download(page, "Word")
    assert name.endswith(".docx")
    assert any(p.text == "4 工作职责" for p in Document(BytesIO(content)).paragraphs)


def test_on_a_phone_the_contents_fold_and_lead_on(enter: SignIn, axe: str) -> None:
    page = enter("key_account_director", PHONE, at="/handbook")
    assert faults_of(page, axe) == []
    contents = page.get_by_role("navigation", name="目录")
    link = contents.get_by_role("link", name="职位与人员")
    expect(link).to_be_hidden()
    contents.locator("summary").click()
    link.click()
    expect(page.get_by_role("heading", name="职位与人员")).to_be_in_viewport()
    expect(link).to_be_hidden()


def test_on_paper_there_is_no_menu(enter: SignIn) -> None:
    page = enter("technical_director", at="/handbook")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="目录")).to_be_hidden()
    expect(page.get_by_role("link", name="PDF", exact=True)).to_be_hidden()
    expect(page.get_by_role("heading", name="职位与人员")).to_be_visible()
    page.emulate_media(media="screen")
