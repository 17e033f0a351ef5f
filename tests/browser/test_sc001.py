"""SC-001 from the first letter typed to the printed document, by the people's own sign-ins."""

import re

from playwright.sync_api import Page, expect

from huiqian.insight.evidence.check_evidence import FAULT, check
from tests.browser.conftest import SignIn
from tests.browser.steps import (
    approve,
    approve_budget,
    open_case,
    send_back,
    settled,
    start_case,
    submit,
    waits_for,
    write_plan,
)

TOPIC = "2027 年度华东区新风系统市场调研"


def test_a_draft_saves_itself_and_errors_are_told_next_to_the_field(enter: SignIn) -> None:
    page = enter("marketing_manager", at="/processes/SC-001/start")
    expect(page.locator("#route .timeline")).to_contain_text("李强")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#case-form .banner.bad")).to_be_visible()
    topic = page.get_by_label("调研主题")
    expect(topic).to_be_focused()
    expect(topic).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#error-topic")).not_to_be_empty()
    write_plan(page, "草稿里的调研主题", "regular")
    expect(page.locator("#route .skipped")).to_contain_text("公司总经理")
    settled(page)
    expect(page.locator("tfoot")).to_contain_text("28,800.00")
    expect(page.locator("tfoot")).to_contain_text("贰万捌仟捌佰元整")
    page.goto("/drafts")
    page.get_by_role("link", name="草稿里的调研主题").click()
    expect(page.get_by_label("调研主题")).to_have_value("草稿里的调研主题")
    expect(page.locator("[name='budget.0.price']")).to_have_value("48")
    page.get_by_label("调研主题").fill("")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_label("调研主题")).to_be_focused()
    expect(page.locator("[name='budget.0.price']")).to_have_value("48")
    page.goto("/drafts")
    page.get_by_role("button", name=re.compile("^删除草稿")).first.click()
    expect(page.locator(".messages")).to_contain_text("草稿已删除")


def up_to_signing(enter: SignIn, number: str) -> None:
    """Review, budget, the general manager's opinion, and convening the signing."""
    approve(enter("product_marketing_director"), number, "已补充，方案可行。")
    approve_budget(enter("business_unit_director"), number)
    approve(enter("general_manager"), number, "同意，按此执行。")
    submit(enter("product_marketing_director"), number)


def test_an_annual_plan_through_two_returns_into_the_archive(enter: SignIn) -> None:
    drafter, reviewer = enter("marketing_manager"), enter("product_marketing_director")
    number = start_case(drafter, TOPIC)
    expect(drafter.locator(".messages")).to_contain_text(number)
    drafter.goto("/drafts")
    expect(drafter.get_by_role("link", name=TOPIC)).to_have_count(0)

    reviewer.goto("/tasks")
    expect(reviewer.get_by_role("link", name=TOPIC)).to_be_visible()
    open_case(reviewer, number)
    reviewer.keyboard.press("r")
    dialog = reviewer.locator("#decision-dialog")
    dialog.get_by_role("button", name="退回").click()
    expect(dialog.locator(".field-error")).not_to_be_empty()
    expect(dialog.get_by_label("需要修改什么")).to_be_focused()
    dialog.get_by_label("需要修改什么").fill("问卷样本偏少，请补到 800 份。")
    dialog.get_by_role("button", name="退回").click()
    expect(reviewer.locator(".messages")).to_contain_text("已退回")

    drafter.goto("/tasks")
    expect(drafter.locator(".row-item", has_text=TOPIC)).to_contain_text("退回给我")
    drafter.get_by_role("link", name=TOPIC).click()
    expect(drafter.locator("#case-card .banner")).to_contain_text("请补到 800 份")
    drafter.locator("[name='budget.0.quantity']").fill("800")
    settled(drafter)
    drafter.locator(".action-bar").get_by_role("button", name="提交").click()
    expect(drafter.locator(".messages")).to_contain_text("已提交")

    up_to_signing(enter, number)
    approve(enter("technical_director"), number)
    send_back(enter("key_account_director"), number, "请补充安徽的经销商名单。")

    open_case(drafter, number)
    expect(drafter.locator("#case-card .banner")).to_contain_text("安徽的经销商名单")
    drafter.get_by_label("调研方案").fill("经销商访谈 30 家（含安徽），终端用户问卷 800 份。")
    drafter.locator(".action-bar").get_by_role("button", name="提交").click()
    expect(drafter.locator(".messages")).to_contain_text("已提交")
    up_to_signing(enter, number)
    for login in ("technical_director", "general_manager", "key_account_director"):
        approve(enter(login), number)

    archived_and_printed(drafter, number)


def archived_and_printed(drafter: Page, number: str) -> None:
    """The case is done, its document found in the archive, compared and printed."""
    open_case(drafter, number)
    expect(drafter.locator(".case-head .pill", has_text="已完成")).to_be_visible()
    expect(drafter.locator(".timeline")).to_contain_text("请补充安徽的经销商名单")
    drafter.get_by_role("link", name="流程图").click()
    expect(drafter.locator(".diagram svg")).to_be_visible()

    drafter.goto("/documents?search=" + TOPIC.split()[1])
    drafter.get_by_role("link", name=TOPIC).click()
    expect(drafter.locator(".case-head")).to_contain_text("第 3 版")
    expect(drafter.locator("[aria-labelledby=signatures-title] tbody tr")).not_to_have_count(0)
    drafter.get_by_role("link", name="版本对比").click()
    expect(drafter.locator(".changed ins").first).to_contain_text("30 家")
    drafter.go_back()
    with drafter.expect_download() as printed:
        drafter.get_by_role("link", name="PDF").click()
    with open(printed.value.path(), "rb") as pdf:
        assert pdf.read(5) == b"%PDF-"

    open_case(drafter, number)
    drafter.get_by_role("link", name="文档与版本").click()
    with drafter.expect_download() as pack:
        drafter.get_by_role("link", name="证据包").click()
    assert pack.value.suggested_filename == f"{number} 证据包.zip"
    assert [finding.code for finding in check(pack.value.path()) if finding.level == FAULT] == []


def test_a_regular_plan_skips_the_general_manager(enter: SignIn) -> None:
    number = start_case(enter("marketing_manager"), "常规调研：门店走访", "regular")
    approve(enter("product_marketing_director"), number)
    approve_budget(enter("business_unit_director"), number)
    page = enter("product_marketing_director")
    expect(waits_for(page, number)).to_contain_text("李强")
    expect(page.locator(".timeline")).not_to_contain_text("审核并签署意见")
