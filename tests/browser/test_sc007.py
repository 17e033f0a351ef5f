"""SC-007 on the pages: an event planned, approved, recorded with photos on a phone, revised, summed up; its template
starts events in two cities.
"""

import io
import os
import re

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import PHONE, SignIn
from tests.browser.steps import bar, choose, open_case

# One of its own, so that the story can be told again to the same site.
TOPIC = f"学校新风技术交流会 {os.getpid()}"


def snapshot(colour: str) -> FilePayload:
    """A photo as a phone takes it."""
    picture, out = Image.new("RGB", (1600, 1200), "#dfe6ee"), io.BytesIO()
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 760, 1600, 1200), fill=colour)
    for seat in range(6):
        pen.ellipse((120 + seat * 240, 560, 280 + seat * 240, 720), fill="#7b8794")
    picture.save(out, "JPEG")
    return {"name": f"IMG-{colour.strip('#')}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def hand_in(page: Page, name: str = "提交") -> None:
    """Press a button of the bar, see that it was taken, and come back to the case."""
    case = page.url.partition("?")[0]
    with page.expect_response(lambda got: got.request.method == "POST" and got.url.endswith("/decision")) as answer:
        bar(page).get_by_role("button", name=name, exact=False).first.click()
    assert answer.value.status < 400, page.locator(".field-error").all_inner_texts()
    expect(page.locator(".messages")).not_to_be_empty()
    page.wait_for_load_state("networkidle")
    page.goto(case)


def propose(page: Page) -> str:
    """王丽 proposes the event and cites the newest research report; the case's number."""
    page.goto("/processes/SC-007/start")
    page.locator("[name=topic]").fill(TOPIC)
    page.locator("[name=city]").fill("苏州")
    choose(page, "event_kind", "exchange")
    page.locator("[name='period.start']").fill("2099-03-10")
    page.locator("[name='period.end']").fill("2099-03-11")
    page.locator("[name=purpose]").fill("向学校基建负责人介绍新品，收集意向客户。")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile(r"/cases/SC-007-\d{4}-\d{4}"))
    number = page.url.split("/cases/")[1].split("?")[0]
    choose(page, "research_way", "cite")
    report = page.locator("[name=cited_report]")
    listed = page.locator(f"datalist#{report.get_attribute('list')} option").first
    report.fill(str(listed.get_attribute("value")))
    page.locator("[name=citing_reason]").fill("同一地区、同一客户群。")
    hand_in(page)
    return number


def write_plan(page: Page, number: str) -> None:
    """She writes the plan, with 刘洋 as a helper and a budget of 12,000 yuan."""
    open_case(page, number)
    expect(page.locator("#case-card")).to_contain_text("SC-002-")
    for name, said in {
        "venue": "苏州国际会议中心", "findings": "最关心低噪声，安排现场测试。", "goals": "到场 80 人。",
        "audience": "学校基建负责人。", "programme.0.day": "2099-03-10", "programme.0.item": "新品讲解与现场测试",
        "team.0.duty": "现场讲解，登记意向客户", "budget.0.item": "场地租赁",
        "budget.0.quantity": "1", "budget.0.price": "12000", "risks": "讲师缺席：备选讲师替补。",
    }.items():  # fmt: skip
        page.locator(f"[name='{name}']").fill(said)
    page.locator("[name='team.0.person']").select_option("key_account_manager_1")
    hand_in(page)


def record_on_a_phone(page: Page, number: str) -> None:
    """刘洋 writes into the log on his phone: first a paper instead of a photo, then two photos."""
    open_case(page, number)
    log = page.locator("#event-log")
    log.get_by_role("button", name="添加记录").click()
    expect(page.locator("#error-entry-text")).to_contain_text("请写下情况，或添加照片")
    log.get_by_label("现场情况").fill("签到 42 人，资料袋按 80 份准备。")
    log.get_by_label("地点").fill("大厅签到处")
    page.locator("#photos").set_input_files([snapshot("#1d5fd1"), snapshot("#3a7d5c")])
    expect(page.locator("#files-photos .file-thumb img")).to_have_count(2, timeout=30_000)
    log.get_by_role("button", name="添加记录").click()
    entry = page.locator(".entry").first
    expect(entry).to_contain_text("签到 42 人")
    expect(entry.locator(".file-thumb img")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def revise(page: Page, number: str) -> None:
    """王丽 revises the plan: a second hall makes it dearer."""
    open_case(page, number)
    expect(page.locator("#event-log")).to_contain_text("签到 42 人")
    hand_in(page, "修订策划书")
    page.locator("[name=revision_note]").fill("报名超出预期，增设分会场。")
    page.locator("[name='budget.0.price']").fill("15000")
    hand_in(page)


def sum_up(page: Page, number: str) -> None:
    """She ends the event, writes the summary and forms the template."""
    open_case(page, number)
    for name, said in {"attendance": "86", "leads": "17", "course": "按策划书进行，测试环节反响最好。"}.items():
        page.locator(f"[name={name}]").fill(said)
    hand_in(page, "活动结束")
    choose(page, "goals_met", "exceeded")
    page.locator("[name=effect]").fill("意向客户 17 家，超出目标。")
    page.locator("[name=improvements]").fill("增加签到通道。")
    hand_in(page)
    page.locator("[name=suits]").fill("学校集中的城市，80–120 人。")
    hand_in(page)


def test_an_event_and_what_it_leaves(enter: SignIn) -> None:
    leader, boss = enter("marketing_manager"), enter("product_marketing_director")
    number = propose(leader)
    write_plan(leader, number)
    open_case(boss, number)
    hand_in(boss, "同意")
    record_on_a_phone(enter("key_account_manager_1", PHONE), number)
    revise(leader, number)
    open_case(boss, number)
    expect(boss.locator("#case-card")).to_contain_text("增设分会场")
    hand_in(boss, "同意")
    sum_up(leader, number)

    leader.goto(f"/documents/{number}-02")
    expect(leader.locator("main")).to_contain_text("签到 42 人")
    expect(leader.locator(".file-thumb img")).to_have_count(2)
    leader.goto("/event-templates")
    leader.get_by_role("link", name=TOPIC).click()
    leader.get_by_label("城市").fill("南京、南京")
    leader.get_by_role("button", name="发起活动").click()
    expect(leader.locator("#error-cities")).to_contain_text("“南京”填写了两次")
    leader.get_by_label("城市").fill("南京、无锡")
    leader.get_by_role("button", name="发起活动").click()
    expect(leader.locator(".messages")).to_contain_text("已发起 2 个活动")
    leader.get_by_role("row", name=re.compile("无锡")).get_by_role("link").click()
    expect(leader.locator("[name=city]")).to_have_value("无锡")
    expect(leader.locator("[name=topic]")).to_have_value(TOPIC)
