"""SC-008 on the pages: asked for, planned, given, answered on a trainee's phone, summarised, improved."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, SignIn
from tests.browser.steps import approve, bar, choose, hand_in, open_case, submit, write

TOPIC = "风管软连接实操培训"
MEASURE = "改写软连接作业指导书"


def day(days: int = 0) -> str:
    """A day from today on in the company's calendar."""
    return f"{datetime.now(ZoneInfo('Asia/Shanghai')).date() + timedelta(days=days)}"


def ask(page: Page) -> str:
    """孙洁 files the request; its number."""
    page.goto("/processes/SC-008/start")
    page.get_by_label("培训主题").fill(TOPIC)
    choose(page, "need_from", "customer")
    write(page, {"customer": "C-003", "expected_number": "2", "wanted.start": day(), "wanted.end": day(20)})
    page.get_by_label("培训需求").fill("班组不熟悉软连接，样板间噪声超标。")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile(r"/cases/SC-008-\d{4}-\d{4}$"))
    return page.url.rsplit("/", 1)[1]


def plan(page: Page, number: str) -> None:
    """王丽 plans two sessions for two trainees; a session in the past is told at its cell."""
    open_case(page, number)
    page.get_by_label("培训目标").fill("学员能独立完成软连接。")
    page.get_by_label("实操", exact=True).check()
    for table in ("sessions", "trainees"):
        page.locator(f"[data-add-row={table}]").click()
    for place, name in enumerate(("上午场", "下午场")):
        row = {"session": name, "date": day(-place), "place": "培训中心", "trainer": "王丽", "hours": "3"}
        write(page, {f"sessions.{place}.{column}": text for column, text in row.items()})
    write(page, {"trainees.0.trainee": "高志远", "trainees.1.trainee": "孙立"})
    bar(page).get_by_role("button", name="提交").click()
    expect(page.locator("[id='error-sessions.1.date']")).to_contain_text("不能早于今天")
    expect(page.locator("[name='sessions.1.session']")).to_have_value("下午场")
    write(page, {"sessions.1.date": day()})
    hand_in(page)


def answer_by_phone(chromium: Browser, link: str, score: str) -> None:
    """A trainee without an account answers the survey."""
    window = chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="zh-CN")
    page = window.new_page()
    page.goto(link)
    for name in ("useful", "trainer", "material", "organised"):
        choose(page, name, score)
    choose(page, "length", "right")
    page.get_by_role("button", name="下一页").click()
    choose(page, "overall", "9")
    page.get_by_label("意见与建议").fill("希望增加实操时间。")
    # Nobody reads two pages in less than two seconds; what comes quicker is taken for a robot's.
    page.wait_for_timeout(2000)
    page.get_by_role("button", name="提交").click()
    expect(page.locator("body")).to_contain_text("您的意见已收到")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    window.close()


def test_a_training_from_the_request_to_its_last_measure(enter: SignIn, chromium: Browser) -> None:
    asker, approver, organiser = (
        enter(login) for login in ("key_account_director", "product_marketing_director", "marketing_manager")
    )
    number = ask(asker)
    open_case(approver, number)
    hand_in(approver, "同意并下达任务")
    plan(organiser, number)
    approve(approver, number, "计划可行。")

    open_case(organiser, number)
    write(organiser, {"materials.0.title": "软连接作业指导书", "material_place": "市场部资料柜"})
    organiser.locator("[name='materials.0.kind']").select_option("slides")
    hand_in(organiser)
    open_case(organiser, number)
    link = organiser.locator(".survey-panel code").inner_text()
    answer_by_phone(chromium, link, "4")

    sessions = organiser.locator(".own-tasks")
    expect(sessions).to_contain_text("2 项待办")
    sessions.get_by_role("link", name="下午场").click()
    expect(organiser.locator("#to-fill-title")).to_contain_text("下午场")
    write(organiser, {"held_on": day()})
    organiser.locator("[name='attendance.1.attended']").select_option("absent")
    hand_in(organiser)
    open_case(organiser, number)
    expect(organiser.locator("#to-fill-title")).to_contain_text("上午场")
    write(organiser, {"held_on": day()})
    hand_in(organiser)

    submit(organiser, number)
    open_case(organiser, number)
    analysis = organiser.get_by_label("总结分析")
    expect(analysis).to_have_value(re.compile("应到 4 人次，实到 3 人次，出勤率 75%。培训调查表收回 1 份.*：平均 4。"))
    choose(organiser, "goals_met", "met")
    organiser.get_by_label("结论").fill("班组已掌握软连接。")
    write(organiser, {"measures.0.measure": MEASURE, "measures.0.due": day(10)})
    organiser.locator("[name='measures.0.responsible']").select_option("project_director")
    hand_in(organiser)
    approve(approver, number, "抓紧落实。")

    doer = enter("project_director", size=PHONE, at="/tasks")
    doer.get_by_role("link", name=TOPIC).click()
    expect(doer.locator("#to-fill-title")).to_contain_text(MEASURE)
    choose(doer, "measure_state", "done")
    write(doer, {"measure_done_on": day(), "measure_result": "已改为图示版并发到班组。"})
    assert doer.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    hand_in(doer)
    open_case(organiser, number)
    choose(organiser, "measure_effect", "good")
    hand_in(organiser, "同意")
    open_case(asker, number)
    expect(asker.locator(".case-head")).to_contain_text("已完成")
    asker.goto(f"/cases/{number}?tab=documents")
    for paper in ("技术服务申请单", "培训计划", "培训资料", "培训调查表", "培训总结"):
        expect(asker.locator("main")).to_contain_text(paper)
