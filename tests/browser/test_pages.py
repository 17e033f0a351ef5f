"""Every page at both widths: no accessibility fault, no sideways scrolling, nothing in the console."""

import re
from collections.abc import Iterable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, SignIn
from tests.browser.steps import open_case, start_case

PAGES = (
    "/tasks",
    "/tasks?tab=done",
    "/tasks?tab=started",
    "/tasks?search=nothing-like-this",
    "/search?q=SC-001",
    "/drafts",
    "/cases/new",
    "/processes/SC-001/start",
    "/processes",
    "/processes/SC-001",
    "/processes/SC-001/versions/1",
    "/handbook",
    "/figures",
    "/calendar",
    "/calendar?month=2026-10",
    "/documents",
    "/organisation",
    "/organisation/positions/key_account_manager",
    "/organisation/groups",
    "/stock",
    "/customers",
    "/products/HX-350",
    "/production-plans",
    "/event-templates",
    "/overview",
    "/duties/general_manager",
    "/people",
    "/people/marketing_manager",
    "/account",
    "/cases/not-there",
)
FOR_ADMINISTRATORS = (
    "/decisions",
    "/processes/SC-001/decisions/general_manager_opinion",
    "/processes/SC-004/decisions/finance_review",
    "/processes/SC-001/versions/new",
    "/organisation/positions/new",
    "/organisation/positions/product_marketing_director",
    "/organisation/departments/marketing",
    "/organisation/groups/department_managers",
    "/stock/new",
    "/outward",
    "/outward/new",
    "/people/new",
    "/people/general_manager",
)
CASE = ("", "?tab=diagram", "?tab=documents", "?tab=discussion")


def check(page: Page, axe: str, address: str) -> None:
    """One page: axe-core without violations, one h1, nothing wider than the window."""
    page.goto(address)
    assert faults_of(page, axe) == []


def faults_of(page: Page, axe: str) -> list[str]:
    """What is wrong with the page that is open."""
    page.evaluate(axe)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    told = [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]
    if page.locator("h1").count() != 1:
        told.append("not one h1")
    if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
        told.append("scrolls sideways")
    return [f"{page.url}: {one}" for one in told]


def faults_at(page: Page, axe: str, addresses: Iterable[str]) -> list[str]:
    """What is wrong with the pages at these addresses."""
    told = []
    for address in addresses:
        page.goto(address)
        told += faults_of(page, axe)
    return told


@pytest.fixture(params=[DESKTOP, PHONE], ids=["1440", "390"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Both widths."""
    found: tuple[int, int] = request.param
    return found


def test_pages_of_everybody(enter: SignIn, axe: str, size: tuple[int, int]) -> None:
    page = enter("marketing_manager", size)
    assert faults_at(page, axe, PAGES) == []


def test_pages_of_administrators(enter: SignIn, axe: str, size: tuple[int, int]) -> None:
    page = enter("admin", size)
    assert faults_at(page, axe, FOR_ADMINISTRATORS) == []


def test_a_case_its_dialogs_and_a_form_with_errors(enter: SignIn, axe: str, size: tuple[int, int]) -> None:
    drafter = enter("marketing_manager", size)
    number = start_case(drafter, f"供检查的调研 {size[0]}")
    reviewer = enter("product_marketing_director", size)
    assert faults_at(reviewer, axe, [f"/cases/{number}{tab}" for tab in CASE]) == []
    wide = reviewer.locator(".talk-form textarea").evaluate("e => e.offsetWidth / e.form.offsetWidth")
    assert wide == 1, "a comment has the whole line"
    open_case(reviewer, number)
    reviewer.locator(".action-bar").get_by_role("button", name="退回").click()
    expect(reviewer.locator("#decision-dialog")).to_be_visible()
    assert faults_of(reviewer, axe) == []
    drafter.goto("/processes/SC-001/start")
    drafter.get_by_role("button", name="提交").click()
    expect(drafter.locator("#case-form .banner.bad")).to_be_visible()
    assert faults_of(drafter, axe) == []
    check(drafter, axe, f"/documents/{number}-01")
    expect(drafter.get_by_role("link", name="PDF")).to_be_visible()


def test_the_sign_in_and_english_pages(
    chromium: Browser, site: str, enter: SignIn, axe: str, size: tuple[int, int]
) -> None:
    window = chromium.new_context(base_url=site, viewport={"width": size[0], "height": size[1]})
    page = window.new_page()
    check(page, axe, "/sign-in")
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("Login").fill("marketing_manager")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".banner.bad")).to_be_visible()
    window.close()
    mine = enter("purchasing_officer", DESKTOP, at="/tasks")
    mine.get_by_role("button", name="English").click()
    expect(mine.get_by_role("heading", level=1)).to_have_text("Task centre")
    check(mine, axe, "/processes/SC-001")
    mine.get_by_role("button", name="中文").click()
    expect(mine.locator("html")).to_have_attribute("lang", "zh-CN")
    assert re.search(r"[一-鿿]", mine.get_by_role("heading", level=1).inner_text())
