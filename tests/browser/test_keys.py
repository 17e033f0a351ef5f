"""The task centre by keyboard, and the account's switches."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import SignIn
from tests.browser.steps import start_case


def test_rows_are_walked_opened_and_decided_by_keyboard(enter: SignIn) -> None:
    drafter = enter("marketing_manager")
    numbers = [start_case(drafter, f"键盘操作的调研 {n}") for n in (1, 2)]
    page = enter("product_marketing_director", at="/tasks?search=键盘操作的调研")
    page.keyboard.press("j")
    expect(page.locator(".row-item.here")).to_have_count(1)
    first = page.locator(".row-item.here .row-title a").inner_text()
    page.keyboard.press("j")
    second = page.locator(".row-item.here .row-title a").inner_text()
    assert first != second
    page.keyboard.press("k")
    expect(page.locator(".row-item.here .row-title a")).to_have_text(first)
    page.keyboard.press("a")
    dialog = page.locator("#decision-dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.goto("/tasks?search=" + numbers[0])
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.locator("#decision-dialog").get_by_label("意见").fill("同意。")
    page.locator("#decision-dialog").get_by_role("button", name="同意").click()
    expect(page.locator(".messages")).to_contain_text(numbers[0])
    expect(page).to_have_url(re.compile("/tasks$"))
    page.goto("/tasks?search=" + numbers[1])
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(numbers[1]))
    page.keyboard.press("g")
    page.keyboard.press("i")
    expect(page).to_have_url(re.compile("/tasks$"))
    page.keyboard.press("Control+k")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type(numbers[1])
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="键盘操作的调研 2")).to_be_visible()


def test_single_letters_can_be_switched_off_and_typing_is_never_a_command(enter: SignIn) -> None:
    page = enter("finance_manager", at="/tasks")
    page.locator("#inbox-search").fill("")
    page.locator("#inbox-search").press("c")
    expect(page).to_have_url(re.compile("/tasks"))
    page.goto("/account")
    page.get_by_role("button", name="关闭", exact=True).first.click()
    page.wait_for_url("**/account")
    page.goto("/tasks")
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile("/tasks$"))
    page.goto("/account")
    page.get_by_role("button", name="开启", exact=True).click()
    page.goto("/tasks")
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile("/cases/new$"))


def test_a_token_is_shown_once_and_revoked(enter: SignIn) -> None:
    page = enter("finance_manager", at="/account")
    page.get_by_label("令牌用途").fill("月底对账")
    page.get_by_role("button", name="生成令牌").click()
    plain = page.locator("#plain-token").inner_text()
    assert plain.startswith("hq_")
    page.goto("/account")
    expect(page.get_by_text(plain)).to_have_count(0)
    page.get_by_role("button", name="停用 月底对账").click()
    expect(page.locator(".messages")).to_contain_text("令牌已停用")
