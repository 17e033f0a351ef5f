"""SC-003 on the pages: discussed by three departments, drafted from what they said, sent back once, carried out."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.steps import approve, hand_in, open_case, send_back, settled, write

PRODUCT = "XF-360 静音新风机"
HEADS = {"key_account_director": "key_accounts", "project_director": "projects", "technical_director": "technical"}


def convene(page: Page) -> str:
    """李强 convenes the discussion; its number."""
    page.goto("/processes/SC-003/start")
    page.get_by_label("推广产品").fill(PRODUCT)
    page.get_by_label("背景与推广建议").fill("精装房开发商要求夜间噪声 28 dB 以内，现有机型不达标。")
    settled(page)
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile(r"/cases/SC-003-\d{4}-\d{4}$"))
    return page.url.rsplit("/", 1)[1]


def contribute(page: Page, number: str, department: str) -> None:
    """The head of a department says what it thinks."""
    open_case(page, number)
    expect(page.locator("#case-card")).to_contain_text(PRODUCT)
    row = {"action": f"{department} 试装样机", "begins": "2099-03-01", "ends": "2099-04-30", "in_charge": "刘洋"}
    write(
        page,
        {
            f"targets_{department}": f"{department} 首年 800 台", f"strategy_{department}": "先做样板间。",
            **{f"actions_{department}.0.{name}": text for name, text in row.items()},
        },
    )  # fmt: skip
    settled(page)
    hand_in(page)


def test_a_promotion_is_discussed_drafted_sent_back_and_carried_out(enter: SignIn) -> None:
    leader, drafter = enter("product_marketing_director"), enter("marketing_manager")
    number = convene(leader)
    for login, department in HEADS.items():
        contribute(enter(login), number, department)
    open_case(drafter, number)
    targets = drafter.get_by_label("推广目标")
    expect(targets).to_have_value(re.compile("大客户部：key_accounts 首年 800 台\n项目部：projects"))
    expect(drafter.locator("[name='actions.2.department']")).to_have_value("技术部")
    write(drafter, {"sales_guidance": "每月推荐意向客户 2 家。"})
    settled(drafter)
    hand_in(drafter)

    approve(leader, number, "同意。")
    technical = enter("technical_director")
    send_back(technical, number, "噪声的测试条件没有写明。")
    open_case(drafter, number)
    expect(drafter.locator("#case-card .banner")).to_contain_text("测试条件没有写明")
    targets.fill("首年 2,400 台；1 米处 26 dB。")
    settled(drafter)
    hand_in(drafter)
    for page in (leader, technical, enter("general_manager")):
        approve(page, number)
    open_case(drafter, number)
    write(drafter, {"handling": "测试条件已写入指导书。"})
    hand_in(drafter)

    doer = enter("key_account_director")
    open_case(doer, number)
    expect(doer.locator("[name='execution_tasks.0.task']")).to_have_value("key_accounts 试装样机")
    write(doer, {"carried_out_from": "2026-03-02"})
    settled(doer)
    hand_in(doer)
    doer.goto(f"/cases/{number}?tab=documents")
    expect(doer.locator("main")).to_contain_text("研讨意见（技术部）")
    doer.get_by_role("link", name="市场推广计划指导书").first.click()
    expect(doer.locator(".case-head")).to_contain_text("生效")
    expect(doer.locator("main")).to_contain_text("1 米处 26 dB")
