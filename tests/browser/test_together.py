"""People in each other's way, and people who may not."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.steps import approve, bar, choose, open_case, start_case, waits_for


def test_the_slower_one_is_told_who_was_faster_and_keeps_what_they_wrote(enter: SignIn) -> None:
    number = start_case(enter("marketing_manager"), "两个人同时审批的调研")
    slow, again = enter("product_marketing_director"), enter("product_marketing_director", another="window")
    open_case(slow, number)
    hand_over(again, number, "project_director")
    approve(enter("project_director"), number, "我先批了。")
    slow.locator("#opinion").fill("我也要批。")
    bar(slow).get_by_role("button", name="同意").click()
    expect(slow.locator("#refused .banner")).to_contain_text("郑凯")
    expect(slow.locator("#opinion")).to_have_value("我也要批。")


def hand_over(page: Page, number: str, to: str) -> None:
    """Transfer one's task of a case by keyboard."""
    open_case(page, number)
    page.keyboard.press("t")
    dialog = page.locator("#handover-dialog")
    dialog.get_by_label("转给").select_option(to)
    dialog.get_by_label("理由").fill("出差，请代办。")
    dialog.get_by_role("button", name="转办").click()
    expect(page.locator(".messages")).to_contain_text("任务已转办")


def test_a_new_holder_gets_the_next_task_and_the_open_one_is_handed_over(enter: SignIn) -> None:
    drafter, admin = enter("marketing_manager"), enter("admin")
    before = start_case(drafter, "换人之前的调研")
    admin.goto("/organisation")
    admin.get_by_role("link", name="产品市场部经理").first.click()
    admin.locator("#person").select_option("project_director")
    admin.get_by_role("button", name="登记变更").click()
    expect(admin.locator(".messages")).to_contain_text("变更已登记")
    after = start_case(drafter, "换人之后的调研")
    expect(waits_for(drafter, after)).to_contain_text("郑凯")
    expect(waits_for(drafter, before)).to_contain_text("李强")
    admin.reload()
    left = admin.locator(".steps-list li", has_text=before)
    left.get_by_role("button", name="移交").click()
    expect(waits_for(drafter, before)).to_contain_text("郑凯")
    approve(enter("project_director"), before)
    admin.goto("/organisation/positions/product_marketing_director")
    expect(admin.locator("tr", has_text="李强")).to_contain_text("已离岗")
    admin.locator("#person").select_option("product_marketing_director")
    admin.get_by_role("button", name="登记变更").click()
    expect(admin.locator(".messages")).to_contain_text("变更已登记")


def test_an_edited_decision_table_rules_the_next_case(enter: SignIn) -> None:
    admin, drafter = enter("admin", at="/decisions"), enter("marketing_manager")
    admin.locator(".grid a").first.click()
    expect(admin.locator(".words")).to_contain_text("重大专项")
    rows = admin.locator(".decision tbody tr")
    regular = rows.filter(has=admin.locator("input[value*='regular']")).first
    cell = regular.locator("td.out input")
    old = cell.input_value()
    cell.fill("ture(")
    admin.get_by_role("button", name="保存为新版本").click()
    expect(admin.locator(".decision .field-error")).not_to_be_empty()
    expect(admin.locator(".decision [aria-invalid=true]")).to_be_focused()
    admin.locator(".decision [aria-invalid=true]").fill("true")
    admin.get_by_placeholder("修改了什么").fill("常规计划也报总经理")
    admin.get_by_role("button", name="保存为新版本").click()
    expect(admin.locator(".messages")).to_contain_text("从下一个流程起生效")
    drafter.goto("/processes/SC-001/start")
    choose(drafter, "kind", "regular")
    expect(drafter.locator("#route")).to_contain_text("审核并签署意见")
    expect(drafter.locator("#route .skipped")).to_have_count(0)
    admin.get_by_role("link", name="第 1 版").click()
    expect(admin.locator(".banner.info")).to_contain_text("这是旧版本")
    admin.get_by_role("link", name="回到现行版本").click()
    rows.filter(has=admin.locator("input[value*='regular']")).first.locator("td.out input").fill(old)
    admin.get_by_role("button", name="保存为新版本").click()
    expect(admin.locator(".messages")).to_contain_text("从下一个流程起生效")


def test_strangers_find_nothing_and_onlookers_cannot_decide(enter: SignIn) -> None:
    number = start_case(enter("marketing_manager"), "只给当事人看的调研")
    stranger = enter("graphic_designer")
    open_case(stranger, number)
    expect(stranger.get_by_role("heading", level=1)).to_have_text("未找到")
    stranger.goto("/decisions")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("无权操作")
    stranger.goto("/processes/SC-001/start")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("无权操作")
    onlooker = enter("general_manager")
    open_case(onlooker, number)
    expect(onlooker.get_by_role("heading", level=1)).to_have_text("只给当事人看的调研")
    expect(bar(onlooker).get_by_role("button", name="同意")).to_have_count(0)


def test_a_transfer_a_comment_and_a_withdrawal(enter: SignIn) -> None:
    drafter, reviewer = enter("marketing_manager"), enter("product_marketing_director")
    number = start_case(drafter, "转办、讨论和撤回的调研")
    hand_over(reviewer, number, "project_director")
    expect(waits_for(drafter, number)).to_contain_text("郑凯")
    drafter.get_by_role("link", name=re.compile("^讨论")).click()
    drafter.get_by_label("发表意见").fill("样本量已按意见调整。")
    drafter.get_by_role("button", name="发送").click()
    expect(drafter.locator(".talk")).to_contain_text("样本量已按意见调整")
    drafter.get_by_text("更多").click()
    drafter.get_by_role("button", name="撤回", exact=True).click()
    drafter.locator("#withdrawal").get_by_label("理由").fill(" ")
    drafter.locator("#withdrawal").get_by_role("button", name="撤回").click()
    expect(drafter.locator("#withdrawal")).to_be_visible()
    expect(drafter.locator("#withdrawal .field-error")).to_contain_text("撤回")
    expect(drafter.locator("#withdrawal").get_by_label("理由")).to_be_focused()
    drafter.locator("#withdrawal").get_by_label("理由").fill("需求取消")
    drafter.locator("#withdrawal").get_by_role("button", name="撤回").click()
    expect(drafter.locator(".case-head .pill", has_text="已撤回")).to_be_visible()
