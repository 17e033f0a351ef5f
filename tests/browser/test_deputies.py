"""Somebody goes away and a deputy decides for them; colleagues are copied on a case; a decision is
taken back.
"""

import re
from datetime import timedelta

from playwright.sync_api import expect

from huiqian.base import clock
from tests.browser.conftest import SignIn
from tests.browser.steps import approve, bar, open_case, start_case, waits_for


def test_who_goes_away_names_a_deputy_who_decides_meanwhile(enter: SignIn) -> None:
    number = start_case(enter("marketing_manager"), "外出期间的调研")
    away, deputy = enter("product_marketing_director", at="/account"), enter("finance_manager", at="/tasks")
    expect(deputy.locator("#inbox-list")).not_to_contain_text(number)
    away.locator("#deputies #deputy").select_option("finance_manager")
    away.locator("#deputy-until").fill((clock.today() + timedelta(days=5)).isoformat())
    away.get_by_role("button", name="设置代理人").click()
    away.goto("/documents")
    expect(away.locator("#away")).to_contain_text("由 许文静 代理")
    deputy.goto("/tasks")
    deputy.get_by_role("link", name=re.compile("代 李强")).click()
    row = deputy.locator(".row-item", has_text=number)
    expect(row).to_contain_text("代 李强 处理")
    row.get_by_role("link").first.click()
    expect(deputy.locator("#behalf")).to_contain_text("李强 外出，由您代为处理")
    deputy.locator("#opinion").fill("代为同意。")
    bar(deputy).get_by_role("button", name="同意").click()
    deputy.wait_for_url(lambda address: number not in address or "behalf" not in address)
    open_case(away, number)
    expect(away.locator("#progress")).to_contain_text(re.compile(r"许文静\s*代 李强\s*同意"))
    away.goto(f"/documents/{number}-01")
    expect(away.locator("main")).to_contain_text("许文静（代 李强）")
    away.goto("/account")
    away.get_by_role("button", name="结束代理：许文静").click()
    expect(away.locator(".messages")).to_contain_text("代理已结束")
    expect(away.locator("#away")).to_have_count(0)
    open_case(deputy, number)
    expect(deputy.locator("h1")).to_contain_text("外出期间的调研")


def test_a_colleague_is_copied_and_reads_the_case(enter: SignIn) -> None:
    drafter, reader = enter("marketing_manager"), enter("administrative_assistant")
    number = start_case(drafter, "抄送给行政的调研")
    bar(drafter).get_by_text("更多").click()
    drafter.get_by_role("button", name="抄送同事").click()
    dialog = drafter.locator("#copy-dialog")
    dialog.get_by_role("button", name="抄送").click()
    expect(drafter.locator("#copy-dialog")).to_contain_text("请至少选择一位同事")
    drafter.locator("#copy-dialog input[value=administrative_assistant]").check()
    drafter.locator("#copy-text").fill("请预留会议室。")
    drafter.locator("#copy-dialog").get_by_role("button", name="抄送").click()
    expect(drafter.locator(".copied-people")).to_contain_text("未读")
    reader.goto("/tasks?tab=copied")
    row = reader.locator(".row-item", has_text=number)
    expect(row).to_contain_text("请预留会议室。")
    row.get_by_role("link").first.click()
    expect(reader.locator(".copied-people")).to_contain_text("已读")
    reader.goto("/tasks?tab=copied")
    expect(row).not_to_contain_text("未读")


def test_a_decision_is_taken_back_before_anybody_has_acted_on_it(enter: SignIn) -> None:
    number = start_case(enter("marketing_manager"), "审批后又撤回的调研")
    reviewer, following = enter("product_marketing_director"), enter("business_unit_director")
    approve(reviewer, number)
    open_case(reviewer, number)
    bar(reviewer).get_by_text("更多").click()
    reviewer.get_by_role("button", name="撤回我的审批").click()
    reviewer.locator("#taking-back-reason").fill("预算要再核对。")
    reviewer.locator("#taking-back").get_by_role("button", name="撤回", exact=True).click()
    expect(reviewer.locator(".messages")).to_contain_text("已撤回")
    expect(reviewer.locator("#progress")).to_contain_text("已撤回")
    expect(bar(reviewer).get_by_role("button", name="同意")).to_be_visible()
    following.goto("/tasks")
    expect(following.locator("#inbox-list")).not_to_contain_text(number)
    approve(reviewer, number)
    following.goto("/tasks")
    expect(following.locator("#inbox-list")).to_contain_text(number)


def test_a_colleague_signs_first_and_then_it_comes_back(enter: SignIn) -> None:
    number = start_case(enter("marketing_manager"), "请财务先会审的调研")
    reviewer, added = enter("product_marketing_director"), enter("finance_manager")
    open_case(reviewer, number)
    bar(reviewer).get_by_text("更多").click()
    reviewer.get_by_role("button", name="加签").click()
    dialog = reviewer.locator("#signatories-dialog")
    dialog.locator("#signatory").select_option("finance_manager")
    dialog.locator("#signatory-place").select_option("before")
    dialog.locator("#signatory-reason").fill("请先看预算。")
    dialog.get_by_role("button", name="加签").click()
    expect(reviewer.locator("#progress")).to_contain_text("由 李强 加签")
    expect(bar(reviewer).get_by_role("button", name="同意")).to_have_count(0)
    approve(added, number, "预算可行。")
    approve(reviewer, number, "同意。")
    expect(waits_for(reviewer, number)).to_contain_text("赵敏")
