"""SC-009 on the pages: a customer's words recorded, triaged, analysed, acted on, closed, and the topic they seeded."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, SignIn
from tests.browser.steps import bar, choose, hand_in, open_case, settled, write

SUBJECT = "精装房卧室夜间噪声偏大"


def record(page: Page) -> str:
    """刘洋 records it on the phone; a customer nobody knows is told at its field. The number."""
    page.goto("/processes/SC-009/start")
    page.get_by_label("反馈主题").fill(SUBJECT)
    for name, code in {"channel": "site", "feedback_kind": "need", "urgency": "high"}.items():
        choose(page, name, code)
    page.get_by_label("反馈内容").fill("样板间夜间实测 35 dB，客户问有没有更静的机型。")
    page.locator("[name=customer]").fill("没有这家公司")
    settled(page)
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#error-customer")).not_to_be_empty()
    expect(page.get_by_label("反馈主题")).to_have_value(SUBJECT)
    page.locator("[name=customer]").fill("C-003")
    settled(page)
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile(r"/cases/SC-009-\d{4}-\d{4}$"))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    return page.url.rsplit("/", 1)[1]


def analyse(page: Page, number: str) -> None:
    """王丽 finds the cause, proposes a measure and makes it a research topic; why is asked for first."""
    open_case(page, number)
    write(page, {"cause": "吊装未加减振器。", "measure": "加装减振吊架并复测。"})
    page.locator("input[name=seeds][value=research]").check()
    bar(page).get_by_role("button", name="提交").click()
    expect(page.locator("#error-seed_note")).not_to_be_empty()
    page.locator("[name=seed_note]").fill("静音机型需求明显，请列入调研。")
    hand_in(page)


def test_feedback_from_the_customer_s_words_to_the_research_it_led_to(enter: SignIn) -> None:
    teller = enter("key_account_manager_1", size=PHONE)
    number = record(teller)
    triage = enter("key_account_director", at="/tasks")
    triage.get_by_role("link", name=SUBJECT).first.click()
    triage.locator("[name=responsible]").select_option("project_director")
    hand_in(triage)
    analyst = enter("marketing_manager")
    analyse(analyst, number)
    doer = enter("project_director")
    open_case(doer, number)
    expect(doer.locator("#case-card")).to_contain_text("加装减振吊架并复测")
    write(doer, {"action_done_on": today(doer), "action_taken": "已加装，复测 28 dB。"})
    hand_in(doer)
    open_case(teller, number)
    choose(teller, "closing", "solved")
    write(teller, {"closing_note": "方工电话确认。"})
    hand_in(teller)

    open_case(analyst, number)
    expect(analyst.locator(".case-head")).to_contain_text("已完成")
    analyst.get_by_role("link", name="来源与去向").click()
    expect(analyst.locator(".chain-column")).to_have_count(2)
    analyst.locator(".chain").get_by_role("link", name=f"客户反馈调研：{SUBJECT}").click()
    expect(analyst.get_by_label("调研目的")).to_have_value(re.compile("夜间实测 35 dB"))
    teller.goto(f"/cases/{number}/chain")
    expect(teller.locator(".chain")).to_contain_text("SC-001")
    assert teller.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def today(page: Page) -> str:
    """The company's day."""
    said: str = page.evaluate("new Date().toLocaleDateString('sv', {timeZone: 'Asia/Shanghai'})")
    return said
