"""A survey from its first question to its results: built at a desk, answered on a phone, watched live."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, SignIn
from tests.browser.steps import choose, settled, start_case, submit, waits_for

TOPIC = "华中区新风系统用户调研"


def decide_unseen(chromium: Browser, site: str, number: str, login: str, **typed: str) -> None:
    """Somebody decides without a page being drawn: what goes before this story has its own."""
    window = chromium.new_context(base_url=site)

    def token() -> str:
        return next(str(one["value"]) for one in window.cookies() if one["name"] == "csrftoken")

    window.request.get("/sign-in")
    window.request.post("/sign-in/demo", form={"login": login, "csrfmiddlewaretoken": token()})
    found = re.search(r"/tasks/(\d+)/decision", window.request.get(f"/cases/{number}").text())
    assert found, (number, login)
    form = {"outcome": "approve", **typed, "csrfmiddlewaretoken": token()}
    done = window.request.post(f"/tasks/{found[1]}/decision", form=form)
    assert done.ok, done.text()
    window.close()


def research(enter: SignIn, chromium: Browser, site: str) -> str:
    """A plan goes through; the research that begins with it."""
    boss = enter("marketing_manager")
    number = start_case(boss, TOPIC, "regular")
    for login, typed in (
        ("product_marketing_director", {}),
        ("business_unit_director", {"answers": "1", "budget_conclusion": "full", "approved_budget": "28800"}),
        ("product_marketing_director", {"outcome": "submit"}),
        *((one, {}) for one in ("technical_director", "general_manager", "key_account_director")),
    ):
        decide_unseen(chromium, site, number, login, **typed)
    boss.goto("/tasks")
    boss.get_by_role("link", name=TOPIC).first.click()
    boss.wait_for_url(re.compile(r"/cases/SC-002-\d{4}-\d{4}"))
    return boss.url.split("?")[0].rsplit("/", 1)[1]


@pytest.fixture
def outside(chromium: Browser, site: str, faults: list[str]) -> Iterator[Callable[[], Page]]:
    """Phones of people without an account, a new one at each call."""
    windows = []

    def phone() -> Page:
        window = chromium.new_context(
            base_url=site, viewport={"width": PHONE[0], "height": PHONE[1]}, locale="zh-CN", has_touch=True
        )
        windows.append(window)
        page = window.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield phone
    for window in windows:
        window.close()


def accessible(page: Page, axe: str) -> None:
    """Nothing on the page that axe-core complains of."""
    page.evaluate(axe)
    found = page.evaluate("axe.run().then(done => done.violations.map(v => v.id + ': ' + v.nodes[0].html))")
    assert found == []


def build(boss: Page, number: str, axe: str) -> None:
    """A question by keyboard: saved while it is typed, its mistakes told beside it, moved up."""
    boss.goto(f"/cases/{number}")
    boss.get_by_role("link", name="编辑题目").click()
    boss.locator("#kind-1").select_option("several")
    boss.locator("#add-1").press("Enter")
    card = boss.locator(".built-question.open")
    expect(card.locator("#error-label")).to_contain_text("请填写题目。")
    expect(card.locator("#label")).to_be_focused()
    boss.keyboard.type("从哪里了解到我们？")
    card.locator("#options").fill("展会 | Trade fair\n朋友介绍\n网络")
    card.locator("#if_question").select_option("uses")
    expect(card.get_by_role("status")).to_contain_text("已保存")
    expect(card.locator("[aria-invalid=true]")).to_have_count(0)
    expect(card.locator("#if_value")).to_have_value("yes")
    accessible(boss, axe)
    card.get_by_role("button", name="完成").click()
    expect(boss.locator(".built-question").last).to_contain_text("从哪里了解到我们？")
    boss.locator(".built-question").last.get_by_role("button", name=re.compile("上移")).press("Enter")
    expect(boss.locator(".built-question").nth(-2)).to_contain_text("仅当第 2 题为“是”时显示")


def preview(boss: Page) -> None:
    """What respondents will see: a question comes and goes with an earlier answer."""
    boss.get_by_role("link", name="预览").click()
    choose(boss, "role", "owner")
    expect(boss.locator("#asked-reasons")).to_be_hidden()
    choose(boss, "uses", "no")
    expect(boss.locator("#asked-reasons")).to_be_visible()
    boss.get_by_role("button", name="下一页").last.click()
    expect(boss.locator("#asked-overall")).to_be_hidden()


def assign(enter: SignIn, number: str) -> str:
    """The questionnaire is handed in, the tasks are assigned: the survey is open; its link."""
    boss = enter("marketing_manager", at=f"/cases/{number}")
    boss.get_by_label("问卷对象与回收要求").fill("近两年成交的终端用户，回收 100 份。")
    boss.get_by_label("填写要求").fill("每个竞争对手写明一个在售型号的成交价。")
    settled(boss)
    submit(boss, number)
    director = enter("key_account_director", at=f"/cases/{number}")
    for task in director.locator("[name^='assignments.'][name$='.task']").all():
        task.fill("走访经销商")
    settled(director)
    submit(director, number)
    expect(waits_for(director, number).first).to_contain_text("填写市场信息收集表")
    boss.goto(f"/cases/{number}")
    return boss.locator(".survey-panel code").inner_text()


def respond(phone: Page, link: str, axe: str) -> None:
    """On a phone: what is missing is told, what was written stays, English by a switch."""
    phone.goto(link)
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    choose(phone, "role", "owner")
    phone.get_by_role("button", name="下一页").last.click()
    expect(phone.locator("#error-uses")).to_contain_text("请回答这道题。")
    choose(phone, "uses", "yes")
    phone.locator("#brands").fill("清风")
    phone.get_by_role("button", name="English").click()
    expect(phone.get_by_label("Which brands?")).to_have_value("清风")
    phone.get_by_role("button", name="Next").last.click()
    phone.locator("#overall-2").check()
    phone.locator("#why").fill("夜里太吵")
    phone.locator("label", has=phone.locator("[name='aspects.noise'][value=poor]")).click()
    phone.get_by_label("Low noise").check()
    phone.get_by_label("Trade fair").check()
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    accessible(phone, axe)
    phone.wait_for_timeout(2000)
    phone.get_by_role("button", name="Hand in").last.click()
    expect(phone.get_by_role("heading", name="Thank you!")).to_be_visible()
    phone.goto(link)
    expect(phone.get_by_role("heading", name="您已经答过")).to_be_visible()


def test_built_previewed_answered_on_a_phone_and_watched(
    enter: SignIn, chromium: Browser, site: str, outside: Callable[[], Page], axe: str
) -> None:
    number = research(enter, chromium, site)
    boss = enter("marketing_manager")
    build(boss, number, axe)
    preview(boss)
    link = assign(enter, number)
    boss.get_by_role("link", name="结果").click()
    expect(boss.locator("#results")).to_contain_text("还没有答卷")
    respond(outside(), link, axe)
    # The open page of the results shows it by itself.
    expect(boss.locator("#results")).to_contain_text("夜里太吵", timeout=15_000)
    accessible(boss, axe)
    with boss.expect_download() as sheet:
        boss.get_by_role("link", name="Excel").click()
    assert sheet.value.suggested_filename.endswith(".xlsx")
    boss.get_by_role("button", name="关闭问卷").click()
    expect(boss.locator(".messages")).to_contain_text("问卷已关闭")
    other = outside()
    other.goto(link)
    expect(other.get_by_role("heading")).to_have_text("问卷现在不接受作答")
