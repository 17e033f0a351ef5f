"""Takes the README's pictures: `python tools/screenshots.py http://127.0.0.1:8000` from a demo that runs there.

It tells a short story through the pages first (a plan that was returned once and waits for the general manager), so
that the pictures show what the product shows, with nothing made up beside it.
"""

import os
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.browser import steps  # noqa: E402

PICTURES = ROOT / "docs" / "images"
DESKTOP, PHONE = (1440, 900), (390, 844)
COLOURS = 192


def main(address: str) -> None:
    """Tell the story, take the pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("HUIQIAN_CHROMIUM", "/usr/bin/chromium"))
        number = story(browser, address)
        general_manager = enter(browser, address, "general_manager")
        take(general_manager, "/tasks", "inbox")
        take(general_manager, f"/cases/{number}", "case")
        take(general_manager, f"/cases/{number}?tab=diagram", "diagram")
        take(enter(browser, address, "general_manager", PHONE), f"/cases/{number}", "case-phone")
        drafter = enter(browser, address, "marketing_manager")
        drafter.goto("/processes/SC-001/start")
        steps.write_plan(drafter, "2027 年度华南区客户满意度调研", "regular")
        steps.settled(drafter)
        drafter.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
        keep(drafter, "start")
        take(enter(browser, address, "admin"), "/organisation", "organisation")
        browser.close()


def story(browser: Browser, address: str) -> str:
    """Plans on their way, one of them returned once and now with the general manager; its number."""
    drafter = enter(browser, address, "marketing_manager")
    reviewer = enter(browser, address, "product_marketing_director")
    for topic, kind in (("新风主机 X3 竞争对手价格调研", "major"), ("11 月份客户满意度调研", "monthly")):
        other = steps.start_case(drafter, topic, kind)
        steps.approve(reviewer, other, "方案可行。")
        steps.approve_budget(enter(browser, address, "business_unit_director"), other)
    number = steps.start_case(drafter, "2027 年度华东区新风系统市场调研策划书")
    steps.send_back(reviewer, number, "问卷样本偏少，线下部分请补到 200 份以上，并补充安徽的经销商名单。")
    steps.open_case(drafter, number)
    drafter.locator("[name='budget.0.quantity']").fill("800")
    steps.settled(drafter)
    steps.bar(drafter).get_by_role("button", name="提交").click()
    drafter.locator(".messages").wait_for()
    steps.approve(reviewer, number, "已补充，方案可行。")
    steps.approve_budget(enter(browser, address, "business_unit_director"), number)
    return number


def enter(browser: Browser, address: str, login: str, size: tuple[int, int] = DESKTOP) -> Page:
    """A window for somebody, signed in."""
    page = browser.new_page(base_url=address, viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page.goto("/sign-in")
    page.locator(f"button[name=login][value={login}]").click()
    page.wait_for_url("**/tasks")
    return page


def take(page: Page, address: str, name: str) -> None:
    """Open a page and keep its picture."""
    page.goto(address)
    keep(page, name)


def keep(page: Page, name: str) -> None:
    """Keep the window's picture as a small PNG: few colours are enough for a quiet page."""
    picture = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    picture.quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
