"""SC-005 on the pages: a price from its request to the list in force; the old list stays readable."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.steps import approve, bar, choose, open_case, send_back, settled
from tests.browser.test_pages import faults_of

PRICES = {
    "product": "HX-500", "list_price": "7180", "project_price": "6480", "dealer_price": "5980", "floor_price": "5400",
    "discount_manager": "5", "discount_director": "10",
}  # fmt: skip
NAME = "吊顶全热交换新风机 500"
OPINIONS = {"finance_manager": "finance", "key_account_director": "key_accounts", "technical_director": "technical"}


def day(days: int) -> str:
    """A day from today on in the company's calendar."""
    return f"{datetime.now(ZoneInfo('Asia/Shanghai')).date() + timedelta(days=days)}"


def write(page: Page, answers: dict[str, str]) -> None:
    """Type into fields by their names."""
    for name, text in answers.items():
        page.locator(f"[name='{name}']").fill(text)


def hand_in(page: Page, button: str = "提交") -> None:
    """Press the step's button and wait until it is taken."""
    settled(page)
    bar(page).get_by_role("button", name=button).click()
    expect(page.locator(".messages")).to_contain_text("已")


def ask(page: Page) -> str:
    """王丽 files the request; its number."""
    page.goto("/processes/SC-005")
    expect(page.get_by_role("main")).to_contain_text("没有写明步骤")
    page.goto("/processes/SC-005/start")
    write(page, {"product": "HX-500", "reason": "竞争对手同档机型上调，需重新定价。"})
    choose(page, "request_kind", "change")
    write(page, {"competitor_prices.0.competitor": "甲品牌", "competitor_prices.0.product_name": "500 机"})
    page.locator("[name='competitor_prices.0.price']").fill("6800")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile(r"/cases/SC-005-\d{4}-\d{4}$"))
    return page.url.rsplit("/", 1)[1]


def test_a_price_takes_effect_and_the_old_list_stays_readable(enter: SignIn, axe: str) -> None:
    page = enter("marketing_manager")
    leaflet = ask_for_leaflet(enter("key_account_director"))
    number = ask(page)
    finance = enter("finance_manager")
    send_back(finance, number, "请说明与竞品的价差。")
    open_case(page, number)
    expect(page.locator("#form-banner")).to_contain_text("请说明与竞品的价差")
    page.locator("#reason").fill("竞争对手同档机型上调约 5%，我方低 300 元。")
    hand_in(page)
    open_case(finance, number)
    write(finance, {"cost_lines.0.item": "芯体与风机", "cost_lines.0.amount": "3200", "margin_target": "50"})
    hand_in(finance)
    propose(page, number)
    give_opinions(enter, number)
    approve(enter("product_marketing_director"), number)
    boss = enter("general_manager")
    open_case(boss, number)
    expect(boss.get_by_role("group", name="价格影响")).to_contain_text(leaflet)
    approve(boss, number, "同意。")
    in_force(page)
    look_again(enter("product_marketing_director"), leaflet, axe)


def ask_for_leaflet(page: Page) -> str:
    """孙洁 asks for a leaflet that names the product; the case's number."""
    page.goto("/processes/SC-006/start")
    page.get_by_label("资料名称").fill(f"{NAME}彩页")
    choose(page, "material_type", "leaflet")
    page.get_by_label("格式").fill("A4 四折页")
    page.get_by_label("时间要求").fill(day(20))
    page.locator("#content").fill("列出目录价与主要参数。")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile(r"/cases/SC-006-\d{4}-\d{4}$"))
    return page.url.rsplit("/", 1)[1]


def look_again(page: Page, leaflet: str, axe: str) -> None:
    """李强 has the leaflet's task: he is asked to look at its prices again, and says that something was changed."""
    row = page.locator(".row-item", has_text="复核所引用的价格").filter(has_text=leaflet)
    page.goto("/tasks")
    for _attempt in range(120):
        if row.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    row.get_by_role("link").click()
    asked = page.get_by_role("region", name="价格复核")
    expect(asked).to_contain_text("6,980.00 → 7,180.00")
    asked.get_by_role("button", name="已修改").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="已修改").click()
    expect(dialog).to_contain_text("请写明修改了什么")
    dialog.get_by_label("修改了什么").fill("目录价改为 7,180 元。")
    dialog.get_by_role("button", name="已修改").click()
    expect(page.get_by_role("region", name="价格复核")).to_contain_text("目录价改为 7,180 元。")
    assert faults_of(page, axe) == []


def give_opinions(enter: SignIn, number: str) -> None:
    """Three departments give theirs, each in a window of their own."""
    for login, part in OPINIONS.items():
        window = enter(login)
        open_case(window, number)
        choose(window, f"{part}_stance", "agree")
        window.locator(f"[name={part}_opinion]").fill("可行。")
        hand_in(window)


def propose(page: Page, number: str) -> None:
    """王丽 writes the proposal; a first day in the past is told at its field, today is taken."""
    open_case(page, number)
    write(page, {f"price_lines.0.{column}": text for column, text in PRICES.items()})
    write(page, {"effective_from": day(-1), "price_note": "按目标毛利率与竞品价格带确定档次。"})
    settled(page)
    bar(page).get_by_role("button", name="提交").click()
    expect(page.locator("#error-effective_from")).to_be_visible()
    expect(page.locator("[name='price_lines.0.list_price']")).to_have_value("7180")
    page.locator("[name=effective_from]").fill(day(0))
    hand_in(page)


def in_force(page: Page) -> None:
    """The list is in force at once, its predecessor still shows the old price; plans take the new one."""
    page.goto("/price-lists")
    row = page.locator("tbody tr", has_text="吊顶全热交换新风机 500").first
    for _attempt in range(20):
        if "7,180.00" in row.inner_text():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(row).to_contain_text("7,180.00")
    page.goto("/price-lists/PL-2026-001")
    expect(page.locator("tbody tr", has_text="吊顶全热交换新风机 500").first).to_contain_text("6,980.00")
