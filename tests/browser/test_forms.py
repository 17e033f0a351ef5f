"""A form filled in by hand: by keyboard, with files, with mistakes, and while the network is away."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, SignIn

START = "/processes/SC-001/start"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def opened(enter: SignIn, **more: tuple[int, int]) -> Page:
    page = enter("marketing_manager", at=START, **more)
    page.wait_for_load_state("networkidle")
    return page


def active(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.id"))


def rows(page: Page) -> list[str]:
    return page.locator("[data-table=budget] tbody input[name$='.item']").evaluate_all(
        "all => all.map(one => one.value)"
    )


def test_a_table_is_filled_in_by_keyboard_alone(enter: SignIn) -> None:
    page = opened(enter)
    page.locator("[name='budget.0.item']").focus()
    for text in ("差旅", "4 省", "24", "1,800"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    expect(page.locator("[data-computed=amount]").first).to_have_text("43,200.00")
    page.locator("[name='budget.0.price']").focus()
    page.keyboard.press("Enter")
    assert active(page) == "budget.1.item"
    for text in ("问卷", "", "600", "48"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    expect(page.locator("[data-total=amount]")).to_have_text("72,000.00")
    # The server says the amount in words, and agrees with what the page computed.
    expect(page.locator("[data-capitals]")).to_have_text("柒万贰仟元整")
    expect(page.locator("[data-total=amount]")).to_have_text("72,000.00")
    page.locator("[name='budget.1.item']").focus()
    page.keyboard.press("Alt+ArrowUp")
    assert (rows(page), active(page)) == (["问卷", "差旅"], "budget.0.item")
    page.keyboard.press("Alt+Backspace")
    assert (rows(page), active(page)) == (["差旅"], "budget.0.item")
    expect(page.locator("[data-capitals]")).to_have_text("肆万叁仟贰佰元整")
    page.keyboard.press("Alt+Backspace")
    assert rows(page) == [""]


def test_rows_are_moved_and_deleted_by_button_on_a_phone_too(enter: SignIn) -> None:
    page = opened(enter, size=PHONE)
    add = page.locator("[data-add-row=budget]")
    for place, text in enumerate(("甲", "乙", "丙")):
        if place:
            add.click()
        page.locator(f"[name='budget.{place}.item']").fill(text)
    page.locator("[data-table=budget] tr[data-row='0'] [data-move-row='1']").click()
    assert rows(page) == ["乙", "甲", "丙"]
    page.locator("[data-table=budget] tr[data-row='1'] [data-remove-row]").click()
    assert rows(page) == ["乙", "丙"]
    expect(page.locator("#saved")).to_contain_text("自动保存")
    assert rows(page) == ["乙", "丙"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_mistakes_are_told_next_to_the_field_and_nothing_typed_is_lost(enter: SignIn) -> None:
    page = opened(enter)
    page.locator("[name=topic]").fill("短")
    page.locator("[name='budget.0.quantity']").fill("很多")
    page.locator("button[type=submit]", has_text="提交").click()
    expect(page.locator("#form-banner .banner")).to_be_visible()
    wrong = page.locator("[name='budget.0.quantity']")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_attribute("aria-describedby", "error-budget.0.quantity")
    expect(page.locator("[id='error-budget.0.quantity']")).to_contain_text("请填写数字")
    expect(wrong).to_have_value("很多")
    expect(page.locator("[name=topic]")).to_have_value("短")
    topic = page.locator("[name=topic]")
    expect(topic).to_be_focused()
    # While one is mended, the others stay marked.
    topic.fill("学校项目的招标要求")
    expect(topic).not_to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    wrong.fill("3")
    expect(wrong).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#error-content")).not_to_be_empty()


def test_a_question_that_is_no_longer_asked_keeps_what_was_typed(enter: SignIn) -> None:
    page = opened(enter)
    asked = page.locator("[name=special_description]")
    expect(asked).to_be_hidden()
    page.locator("input[name=content][value=special]").check()
    expect(asked).to_be_visible()
    asked.fill("学校项目的招标要求")
    page.locator("input[name=content][value=special]").uncheck()
    expect(asked).to_be_hidden()
    page.locator("input[name=content][value=special]").check()
    expect(asked).to_be_visible()
    expect(asked).to_have_value("学校项目的招标要求")


def test_files_are_taken_in_one_by_one_and_refused_with_a_reason(enter: SignIn) -> None:
    page = opened(enter)
    page.locator("[data-upload=attachments]").set_input_files(
        [
            {"name": "预算.pdf", "mimeType": "application/pdf", "buffer": PDF},
            {"name": "假.png", "mimeType": "image/png", "buffer": b"<html><script>alert(1)</script>"},
        ]
    )
    listed = page.locator("#files-attachments > li")
    expect(listed.filter(has_text="预算.pdf").locator("input[name=attachments]")).to_have_count(1)
    refused = listed.filter(has_text="假.png")
    expect(refused.locator("[role=alert]")).to_contain_text("HTML")
    # A morphed page keeps both; the refused one goes when it is taken away.
    page.locator("[name=topic]").fill("新的主题")
    expect(page.locator("#saved")).to_contain_text("自动保存")
    expect(listed).to_have_count(2)
    refused.locator("[data-stop-upload]").click()
    expect(listed).to_have_count(1)
    with page.expect_download() as download:
        page.locator("a.file-name").click()
    assert download.value.path().read_bytes() == PDF
    page.locator("[data-remove-file]").click()
    expect(listed).to_have_count(0)


def test_what_is_typed_while_the_network_is_away_comes_back(enter: SignIn, faults: list[str]) -> None:
    page = opened(enter)
    page.context.set_offline(True)
    page.locator("[name=topic]").fill("断网时写的主题")
    page.locator("[name='budget.0.item']").fill("第一行")
    page.locator("[data-add-row=budget]").click()
    page.locator("[name='budget.1.item']").fill("第二行")
    page.locator("input[name=methods][value=desk]").check()
    expect(page.locator("#saved")).to_contain_text("网络已断开")
    page.context.set_offline(False)
    page.goto(START)
    page.locator("[data-put-back]").click()
    expect(page.locator("[name=topic]")).to_have_value("断网时写的主题")
    assert rows(page) == ["第一行", "第二行"]
    expect(page.locator("input[name=methods][value=desk]")).to_be_checked()
    expect(page.locator("#saved")).to_contain_text("自动保存")
    page.goto(START)
    expect(page.locator("[name=topic]")).to_be_visible()
    expect(page.locator("[data-put-back]")).to_have_count(0)
    # htmx logs each request that went nowhere; that is what this test is about.
    faults[:] = [fault for fault in faults if not fault.startswith("htmx:")]


def test_dates_are_typed_as_people_write_them(enter: SignIn) -> None:
    page = opened(enter)
    page.locator("[name='period.start']").fill("2026年3月1日")
    page.locator("[name='period.end']").fill("2026.2.1")
    page.locator("button[type=submit]", has_text="提交").click()
    expect(page.locator("#error-period")).to_contain_text("结束日期早于开始日期")
    expect(page.locator("[name='period.start']")).to_have_value("2026年3月1日")
