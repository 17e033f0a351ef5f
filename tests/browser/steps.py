"""What people do on the pages, step by step, for the stories."""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect


def choose(page: Page, name: str, value: str) -> None:
    """Choose one of several answers, offered as buttons or as a list."""
    offered = page.locator(f"select[name={name}]")
    if offered.count():
        offered.select_option(value)
    else:
        page.locator("label", has=page.locator(f"input[name='{name}'][value='{value}']")).click()


def write(page: Page, answers: Mapping[str, str]) -> None:
    """Type into fields by their names."""
    for name, text in answers.items():
        page.locator(f"[name='{name}']").fill(text)


def hand_in(page: Page, button: str = "提交") -> None:
    """Press the step's button and wait until it is taken."""
    bar(page).get_by_role("button", name=button).click()
    expect(page.locator(".messages")).to_contain_text("已")


def write_plan(page: Page, topic: str, kind: str = "annual") -> None:
    """Fill in the whole 市场调研策划书 as 王丽 does."""
    page.get_by_label("调研主题").fill(topic)
    choose(page, "kind", kind)
    page.locator("[name='period.start']").fill("2027-01-08")
    page.locator("[name='period.end']").fill("2027-03-20")
    page.get_by_label("竞争对手信息").check()
    page.get_by_label("调研目的").fill("摸清华东区新风采购的决策链和价格带，为产品线规划提供依据。")
    page.get_by_label("问卷调查").check()
    page.get_by_label("调研方案").fill("经销商访谈 24 家，终端用户问卷 600 份。")
    row = {"stage": "问卷", "work": "发放并回收问卷", "begins": "2027-01-08", "ends": "2027-02-08", "in_charge": "刘洋"}
    for name, text in row.items():
        page.locator(f"[name='schedule.0.{name}']").fill(text)
    for name, text in {"item": "终端用户问卷", "quantity": "600", "price": "48"}.items():
        page.locator(f"[name='budget.0.{name}']").fill(text)


def settled(page: Page) -> None:
    """Wait until the page has answered everything typed: the draft is saved and the computed values are there."""
    expect(page.locator("#saved")).to_contain_text(re.compile("已于 .* 自动保存"))
    page.wait_for_function("!document.querySelector('.htmx-request')")


def start_case(page: Page, topic: str, kind: str = "annual") -> str:
    """Start a case of SC-001 through the pages; its number."""
    page.goto("/processes/SC-001/start")
    write_plan(page, topic, kind)
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile(r"/cases/SC-001-\d{4}-\d{4}$"))
    return page.url.rsplit("/", 1)[1]


def open_case(page: Page, number: str) -> None:
    """Open a case."""
    page.goto(f"/cases/{number}")


def bar(page: Page) -> Locator:
    """The bar at the bottom with the buttons that decide."""
    return page.locator(".action-bar")


def approve(page: Page, number: str, opinion: str = "") -> None:
    """Approve on the case's page, with an opinion."""
    open_case(page, number)
    page.locator("#opinion").fill(opinion)
    bar(page).get_by_role("button", name="同意").click()
    expect(page.locator(".messages")).to_contain_text("已同意")


def approve_budget(page: Page, number: str) -> None:
    """Approve the whole budget."""
    open_case(page, number)
    choose(page, "budget_conclusion", "full")
    bar(page).get_by_role("button", name="同意").click()
    expect(page.locator(".messages")).to_contain_text("已同意")


def send_back(page: Page, number: str, opinion: str) -> None:
    """Return the case to the drafter, with an opinion."""
    open_case(page, number)
    bar(page).get_by_role("button", name="退回").click()
    dialog = page.locator("#decision-dialog")
    dialog.get_by_label("需要修改什么").fill(opinion)
    dialog.get_by_role("button", name="退回").click()
    expect(page.locator(".messages")).to_contain_text("已退回")


def submit(page: Page, number: str) -> None:
    """Hand in the work that a step asks for."""
    open_case(page, number)
    bar(page).get_by_role("button", name="提交").click()
    expect(page.locator(".messages")).to_contain_text("已提交")


def waits_for(page: Page, number: str) -> Locator:
    """The current lines of a case's timeline."""
    open_case(page, number)
    return page.locator(".timeline > .current")


def told(page: Page, words: str) -> None:
    """Look at the notices until one says so: they come from a worker, after the deed."""
    for _look in range(20):
        page.goto("/notices")
        if page.locator(".rows").get_by_text(words).count():
            return
        page.wait_for_timeout(500)
    expect(page.locator(".rows")).to_contain_text(words)
