"""SC-004 on the pages: a month from its opening over a refused line to the production plan, each by their own login."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, SignIn
from tests.browser.steps import bar, open_case, settled

MANAGERS = [f"key_account_manager_{number}" for number in range(1, 6)]
DIRECTOR, REVIEWER = "key_account_director", "product_marketing_director"


def open_month(page: Page) -> str:
    """The administrator starts the schedule's last turn, which came before this installation; the case's number."""
    page.goto("/schedules/SC-004")
    page.get_by_role("button", name=re.compile("^发起")).first.click()
    expect(page.locator(".messages")).to_contain_text("已发起")
    case = page.locator("#runs-title").locator("xpath=ancestor::section").locator("tbody a").first
    return str(case.inner_text()).split()[0]


def write_lines(page: Page, *lines: tuple[str, str, str]) -> None:
    """Type lines of customer, product and quantity; the price is left to the price list."""
    for place, (customer, product, quantity) in enumerate(lines):
        if place:
            page.get_by_role("button", name="添加一行").click()
        for name, text in {"customer": customer, "product": product, "quantity": quantity}.items():
            page.locator(f"[name='lines.{place}.{name}']").fill(text)
        page.locator(f"[name='lines.{place}.payment_date']").fill("2099-01-15")


def hand_in(page: Page, button: str = "提交") -> None:
    """Press the step's button and wait until it is taken."""
    bar(page).get_by_role("button", name=button, exact=False).first.click()
    expect(page.locator(".messages")).to_contain_text("已")


def test_a_month_from_its_opening_to_the_production_plan(enter: SignIn) -> None:
    number = open_month(enter("admin"))
    director, reviewer = enter(DIRECTOR), enter(REVIEWER)
    director.goto(f"/cases/{number}?tab=board")
    expect(director.locator("#board")).to_contain_text("已提交 0／5")
    everybody_plans(enter, number)
    expect(director.locator("#board")).to_contain_text("已提交 5／5", timeout=15_000)
    open_case(director, number)
    expect(director.locator("#sales-merge")).to_contain_text("5 份计划，6 行")
    hand_in(director)
    refuse_a_line(reviewer, number)
    redraft(enter(MANAGERS[1]), number)
    for page, button in ((director, "提交"), (reviewer, "签准"), (director, "提交"), (director, "提交")):
        open_case(page, number)
        hand_in(page, button)
    boss = enter("general_manager")
    open_case(boss, number)
    expect(boss.locator("#sales-merge")).to_contain_text("5 份计划，6 行")
    hand_in(boss, "同意")
    accept(enter(MANAGERS[0], size=PHONE), number)
    plan_production(reviewer, number)


def everybody_plans(enter: SignIn, number: str) -> None:
    """The first is told of a price under the floor, and takes the list price; the others just plan."""
    first = enter(MANAGERS[0])
    open_case(first, number)
    write_lines(first, ("苏州恒暖建材有限公司", "HX-350", "10"), ("C-002", "KZ-02", "3"))
    first.locator("[name='lines.0.price']").fill("100")
    settled(first)
    bar(first).get_by_role("button", name="提交").click()
    expect(first.locator("[id='error-lines.0.price']")).to_contain_text("低于底价")
    first.locator("[name='lines.0.price']").fill("")
    settled(first)
    hand_in(first)
    for place, login in enumerate(MANAGERS[1:], start=3):
        page = enter(login)
        open_case(page, number)
        write_lines(page, (f"C-{place:03d}", "HX-350", str(place)))
        settled(page)
        hand_in(page)


def refuse_a_line(page: Page, number: str) -> None:
    """李强 finds the line in the table of all plans, refuses it there and says why."""
    open_case(page, number)
    merge = page.locator("#sales-merge")
    merge.get_by_role("link", name=re.compile("计划明细")).click()
    expect(merge.locator("tbody tr")).to_have_count(6)
    row = merge.locator("tbody tr", has_text="吴涛").first
    row.get_by_role("button", name=re.compile("签否吴涛的第 1 行")).click()
    expect(page.locator("[name='refusals.0.line']")).to_have_value("1")
    expect(page.locator("[name='refusals.0.reason']")).to_be_focused()
    page.keyboard.type("超出该客户历史采购量")
    settled(page)
    page.locator("#opinion").fill("请核实后重编。")
    hand_in(page, "签否")


def redraft(page: Page, number: str) -> None:
    """吴涛 reads why and plans less."""
    open_case(page, number)
    expect(page.locator("#case-card")).to_contain_text("第 1 行：超出该客户历史采购量")
    page.locator("[name='lines.0.quantity']").fill("2")
    settled(page)
    hand_in(page)


def accept(page: Page, number: str) -> None:
    """刘洋 accepts the task on the phone."""
    open_case(page, number)
    expect(page.locator("#case-card")).to_contain_text("任务额")
    hand_in(page, "接受任务")


def plan_production(page: Page, number: str) -> None:
    """李强 takes the stock off what is to be sold, signs the month's plan and settles the year's."""
    open_case(page, number)
    stock = page.locator("[name='production.0.stock']")
    expect(stock).to_be_visible()
    for place in range(2):
        page.locator(f"[name='production.{place}.stock']").fill("1")
    settled(page)
    hand_in(page)
    open_case(page, number)
    hand_in(page)
    page.goto("/production-plans")
    expect(page.locator("main")).to_contain_text("吊顶全热交换新风机 350")
