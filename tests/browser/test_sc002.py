"""SC-002 on the pages: the signed plan's research, one sheet sent back, the report, and the chain to the promotion."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, SignIn
from tests.browser.steps import (
    approve,
    approve_budget,
    bar,
    choose,
    hand_in,
    open_case,
    settled,
    start_case,
    submit,
    write,
)

TOPIC = "精装房静音机型调研"
MANAGERS = ("key_account_manager_1", "key_account_manager_2")


def signed_plan(enter: SignIn) -> str:
    """A regular plan is approved and signed; the number of the research that began with it."""
    number = start_case(enter("marketing_manager"), TOPIC, "regular")
    approve(enter("product_marketing_director"), number)
    approve_budget(enter("business_unit_director"), number)
    submit(enter("product_marketing_director"), number)
    for login in ("technical_director", "general_manager", "key_account_director"):
        approve(enter(login), number)
    page = enter("marketing_manager", at=f"/cases/{number}/chain")
    page.locator(".chain-column").nth(1).get_by_role("link", name=TOPIC).click()
    expect(page.locator("[name=sheet_instructions]")).to_be_visible()
    return page.url.rsplit("/", 1)[1]


def prepare(page: Page) -> None:
    """王丽 writes what the sheets must hold; the questionnaire stands there to be used."""
    page.locator("[name=research_until]").fill("2099-12-18")
    page.locator("[name=survey_audience]").fill("近两年成交的开发商和业主，由大客户经理转发链接。")
    page.locator("[name=sheet_instructions]").fill("每个竞争对手写明成交价和噪声值，附信息来源。")
    settled(page)
    hand_in(page)


def assign(page: Page, number: str) -> None:
    """孙洁 tasks two of the five; whoever is left out needs a reason, told at the cell."""
    open_case(page, number)
    for place in range(5):
        if place < 2:
            page.locator(f"[name='assignments.{place}.task']").fill("走访经销商 3 家")
        else:
            page.locator(f"[name='assignments.{place}.included']").uncheck()
    settled(page)
    bar(page).get_by_role("button", name="提交").click()
    reason = page.locator("[id='error-assignments.4.reason']")
    expect(reason).not_to_be_empty()
    for place in range(2, 5):
        page.locator(f"[name='assignments.{place}.reason']").fill("本次不参加")
    settled(page)
    hand_in(page)


def collect(page: Page, number: str, price: str) -> None:
    """A manager fills in the sheet."""
    open_case(page, number)
    expect(page.locator("#case-card")).to_contain_text("走访经销商 3 家")
    days = {"researched_in.start": "2026-01-05", "researched_in.end": "2026-02-05", "researched_how": "走访 3 家"}
    rival = {"competitor": "清风环境", "product": "QF-350", "price": price, "source": "报价单"}
    write(page, {**days, **{f"competitors.0.{name}": text for name, text in rival.items()}})
    settled(page)
    hand_in(page)


def check(page: Page, number: str, name: str, reason: str = "") -> None:
    """王丽 looks at one manager's sheet: good enough, or sent back."""
    open_case(page, number)
    several = page.locator(".own-tasks").get_by_role("link", name=name)
    if several.count():
        several.click()
    expect(page.locator("#to-fill-title")).to_contain_text(name)
    if reason:
        bar(page).get_by_role("button", name="退回").click()
        dialog = page.locator("#decision-dialog")
        dialog.get_by_label("需要修改什么").fill(reason)
        dialog.get_by_role("button", name="退回").click()
        expect(page.locator(".messages")).to_contain_text("已退回")
    else:
        choose(page, "sheet_quality", "complete")
        hand_in(page, "同意")


def report(page: Page, number: str) -> None:
    """王丽 writes the report: the sheets' prices stand in it already."""
    open_case(page, number)
    expect(page.locator("[name='competitor_prices.1.price']")).to_have_value("4100.00")
    said = {
        "summary": "卧室夜间噪声要求 28 dB 以内，现有机型不达标。", "own_research": "样板间实测 3 处。",
        "conclusions": "应补一款 26 dB 的静音机型。", "product": "XF-350 静音新风机",
        "recommendations": "以精装房开发商为首批客户，样板间先行。",
    }  # fmt: skip
    write(page, said)
    settled(page)
    hand_in(page)


def test_research_from_the_signed_plan_to_the_promotion_it_began(enter: SignIn) -> None:
    number = signed_plan(enter)
    organiser, director = enter("marketing_manager"), enter("key_account_director")
    prepare(organiser)
    assign(director, number)
    collect(enter(MANAGERS[0], size=PHONE), number, "3980")
    collect(enter(MANAGERS[1]), number, "4050")
    director.goto(f"/cases/{number}?tab=board")
    expect(director.locator("#board")).to_contain_text("刘洋")
    check(organiser, number, "刘洋")
    check(organiser, number, "吴涛", "缺少噪声值，请补。")
    again = enter(MANAGERS[1])
    open_case(again, number)
    expect(again.locator("#case-card .banner")).to_contain_text("缺少噪声值")
    again.locator("[name='competitors.0.price']").fill("4100")
    settled(again)
    hand_in(again)
    check(organiser, number, "吴涛")
    report(organiser, number)
    leader = enter("product_marketing_director")
    approve(leader, number, "同意转入推广策划。")

    leader.goto(f"/cases/{number}/chain")
    columns = leader.locator(".chain-column")
    expect(columns).to_have_count(3)
    expect(columns.nth(1)).to_contain_text("市场信息收集表 吴涛")
    columns.nth(2).get_by_role("link", name="XF-350 静音新风机").click()
    expect(leader.locator("[name=basis]")).to_have_value("以精装房开发商为首批客户，样板间先行。")
    leader.get_by_role("link", name="来源与去向").click()
    leader.locator(".chain-column").first.get_by_role("link", name=TOPIC).click()
    expect(leader.locator(".case-head")).to_contain_text("SC-001")
