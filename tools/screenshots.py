"""Takes the pictures of README and guide anew: `make screenshots`.

The demo company runs with its four months of history on a folder of its own. A short story is told through the pages
first (a plan that was returned once and waits for the general manager), so that the pictures show what the product
shows, with nothing made up beside it.
"""

import json
import os
import re
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.browser import steps  # noqa: E402
from tests.host.running import Up, huiqian  # noqa: E402

PICTURES = ROOT / "docs" / "images"
DESKTOP, PHONE = (1440, 900), (390, 844)
COLOURS = 192


@dataclass(frozen=True)
class Picture:
    """A page as somebody sees it. `{SC-004 completed}` in its address is the newest case of that process and state."""

    name: str
    login: str
    address: str
    size: tuple[int, int] = DESKTOP


GUIDE = (
    Picture("overview", "general_manager", "/overview"),
    Picture("figures", "general_manager", "/figures?process=SC-001"),
    Picture("handbook", "general_manager", "/handbook"),
    Picture("duties", "general_manager", "/duties"),
    Picture("handbook", "general_manager", "/handbook"),
    Picture("process", "general_manager", "/processes/SC-001"),
    Picture("chain", "admin", "/cases/{SC-003 completed}/chain"),
    Picture("customers", "key_account_director", "/customers"),
    Picture("board", "key_account_director", "/cases/{SC-008 completed}?tab=board"),
    Picture("organisation", "admin", "/organisation"),
    Picture("review", "general_manager", "/processes/SC-003/versions/2"),
    Picture("inbox-phone", "product_marketing_director", "/tasks", PHONE),
)


def main() -> None:
    """Start the demo company, tell the story, take the pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="huiqian-pictures-") as above:
        # The database may belong to another user than we are.
        Path(above).chmod(0o711)
        product = Up(Path(above) / "data", "--history")
        try:
            token = huiqian("token", "admin", "--data-dir", str(product.folder)).stdout.strip()
            take_all(f"http://127.0.0.1:{product.port}", token)
        finally:
            product.stop()


def take_all(address: str, token: str) -> None:
    """The pictures of a plan on its way, then those of the guide."""
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
        for picture in GUIDE:
            page = enter(browser, address, picture.login, picture.size)
            take(page, filled_in(picture.address, address, token), picture.name)
            page.close()
        take_survey(browser, address, token)
        browser.close()


def take_survey(browser: Browser, address: str, token: str) -> None:
    """A training that asks its trainees just now, and what one of them sees by the link that stands there."""
    asking = next(one for one in read("surveys", address, token) if one["state"] == "open" and "SC-008" in one["case"])
    organiser = enter(browser, address, "marketing_manager")
    take(organiser, f"/cases/{asking['case']}", "training")
    link = organiser.locator(".survey-panel code").inner_text()
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="zh-CN")
    page.goto(link)
    keep(page, "survey-phone")


def read(what: str, address: str, token: str) -> list[dict[str, Any]]:
    """The first page of a list of the API."""
    request = urllib.request.Request(f"{address}/api/v1/{what}", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        items: list[dict[str, Any]] = json.load(answer)["items"]
    return items


def filled_in(wanted: str, address: str, token: str) -> str:
    """The address with the newest case of a process and state in it; LookupError where there is none."""

    def newest(found: re.Match[str]) -> str:
        cases = read(f"cases?process={found[1]}&status={found[2]}", address, token)
        if not cases:
            raise LookupError(f"The history has no case of {found[1]} that is {found[2]}.")
        return str(cases[0]["number"])

    return re.sub(r"\{(SC-\d+) (\w+)\}", newest, wanted)


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
    """Open a page and keep its picture; LookupError where there is no such page for this person."""
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise LookupError(f"{address} is no page for the picture {name}.")
    keep(page, name)


def keep(page: Page, name: str) -> None:
    """Keep the window's picture as a small PNG: few colours are enough for a quiet page."""
    picture = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    picture.quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
