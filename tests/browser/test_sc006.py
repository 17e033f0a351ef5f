"""SC-006 from the request to the stock: a design seen on the page, an objection, a second version, print and stock."""

import io
import os
import re

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import PHONE, SignIn
from tests.browser.steps import bar, choose, open_case
from tests.browser.test_pages import faults_of

# One of its own, so that the story can be told again to the same site.
TOPIC = f"HX-800 商用新风机组彩页 {os.getpid()}"
REVIEWERS = ("product_marketing_director", "key_account_director", "project_director", "technical_director")


def cover(colour: str) -> FilePayload:
    """A leaflet's cover as a picture."""
    picture, out = Image.new("RGB", (1240, 1754), "white"), io.BytesIO()
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 1240, 700), fill=colour)
    pen.rectangle((120, 820, 1120, 860), fill=colour)
    for line in range(8):
        pen.rectangle((120, 930 + line * 70, 1120 - line % 3 * 160, 950 + line * 70), fill="#cfd5dc")
    picture.save(out, "PNG")
    return {"name": f"封面-{colour.strip('#')}.png", "mimeType": "image/png", "buffer": out.getvalue()}


def leaflet() -> FilePayload:
    """The whole leaflet: a PDF of four pages."""
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _page in range(4):
        document.new_page(595, 842)
    document.save(out)
    return {"name": "彩页.pdf", "mimeType": "application/pdf", "buffer": out.getvalue()}


def upload(page: Page, field: str, *files: FilePayload) -> None:
    """Attach files and wait until each is there with its preview."""
    shown = page.locator(f"#files-{field} .file-thumb img")
    before = shown.count()
    page.locator(f"#{field}").set_input_files(list(files))
    expect(shown).to_have_count(before + len(files), timeout=30_000)


def hand_in(page: Page, name: str = "提交") -> None:
    """Press the main button, and see that it was taken."""
    bar(page).get_by_role("button", name=name, exact=False).first.click()
    expect(page.locator(".messages")).not_to_be_empty()


def request_and_task(enter: SignIn) -> str:
    """孙洁 asks for the leaflet, 李强 gives 王丽 the task; the case's number."""
    asking = enter("key_account_director", at="/processes/SC-006/start")
    expect(asking.locator("#route .timeline")).to_contain_text("郑凯")
    asking.get_by_label("资料名称").fill(TOPIC)
    choose(asking, "material_type", "leaflet")
    asking.get_by_label("格式").fill("A4 四折页，157 克铜版纸")
    asking.locator("[name=needed_by]").fill("2099-03-01")
    asking.locator("[name=content]").fill("面向酒店和学校，突出能效与静音。")
    asking.get_by_label("定稿后需要印制").check()
    asking.get_by_label("印制数量").fill("2000")
    asking.get_by_role("button", name="提交").click()
    asking.wait_for_url(re.compile(r"/cases/SC-006-\d{4}-\d{4}$"))
    number = asking.url.rsplit("/", 1)[1]
    boss = enter("product_marketing_director")
    open_case(boss, number)
    hand_in(boss)
    return number


def agree(enter: SignIn, number: str, *logins: str, reading: str = "") -> None:
    """Department managers look at the version on the page and agree to it."""
    for login in logins:
        page = enter(login)
        open_case(page, number)
        expect(page.locator(".file-thumb img").first).to_be_visible()
        expect(page.locator("#case-card")).to_contain_text(reading)
        hand_in(page, "同意")


def object_on_a_phone(page: Page, number: str, words: str) -> None:
    """陈博 looks at the large picture and asks for changes, with his reasons."""
    open_case(page, number)
    with page.context.expect_page() as opened:
        page.locator(".file-thumb").first.click()
    assert opened.value.locator("img").evaluate("picture => picture.naturalHeight") == 1600
    opened.value.close()
    bar(page).get_by_role("button", name="要求修改").click()
    dialog = page.locator("#decision-dialog")
    dialog.get_by_role("button", name="要求修改").click()
    expect(dialog.locator(".field-error")).not_to_be_empty()
    dialog.get_by_label("需要修改什么").fill(words)
    dialog.get_by_role("button", name="要求修改").click()
    expect(page.locator(".messages")).not_to_be_empty()


def pin_the_picture(page: Page, number: str, words: str, axe: str) -> None:
    """He taps where something should change and writes it there; the arrow keys and Enter do the same."""
    open_case(page, number)
    page.get_by_role("link", name="批注", exact=True).click()
    page.locator("#proof-page img").click(position={"x": 60, "y": 50})
    expect(page.locator("#pin-text")).to_be_focused()
    page.locator("#pin-text").fill(words)
    page.get_by_role("button", name="添加图钉").click()
    expect(page.locator("#pin-1")).to_contain_text(words)
    page.locator("#proof-page").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#pin-left")).to_have_value("51")
    page.keyboard.press("Enter")
    expect(page.locator("#pin-text")).to_be_focused()
    assert faults_of(page, axe) == []


def settle_the_pin(page: Page, number: str) -> None:
    """王丽 says that it is settled, while she makes the next version."""
    open_case(page, number)
    page.get_by_role("link", name="批注", exact=True).click()
    page.get_by_role("button", name="已改").click()
    expect(page.locator("#pin-1 .pill")).to_contain_text("已改")


def buy_and_receive(enter: SignIn, number: str) -> None:
    """王丽 asks for the purchase, 冯建国 orders, 唐小梅 counts what has come."""
    designer = enter("marketing_manager")
    open_case(designer, number)
    designer.get_by_label("供应商").fill("苏州彩印包装有限公司")
    designer.locator("[name=unit_price]").fill("1.8")
    designer.get_by_label("交货地点").fill("公司行政部")
    hand_in(designer)
    buyer = enter("purchasing_officer")
    open_case(buyer, number)
    expect(buyer.locator("#case-card")).to_contain_text("3,600.00")
    buyer.locator("[name=ordered_on]").fill("2026-03-02")
    hand_in(buyer)
    keeper = enter("administrative_assistant")
    open_case(keeper, number)
    keeper.locator("[name=received_on]").fill("2026-03-20")
    keeper.get_by_label("实收数量").fill("1980")
    keeper.get_by_label("差异说明").fill("短装 20 份，供应商下批补齐。")
    keeper.get_by_label("存放地点").fill("行政库房 A-2")
    hand_in(keeper)


def test_a_design_through_an_objection_into_the_stock(enter: SignIn, axe: str) -> None:
    number = request_and_task(enter)
    designer = enter("marketing_manager")
    open_case(designer, number)
    upload(designer, "draft_files", cover("#1d5fd1"))
    designer.get_by_label("设计说明").fill("A4 四折页，主色沿用品牌蓝。")
    hand_in(designer, "提交审核")
    agree(enter, number, *REVIEWERS[:-1])
    pin_the_picture(enter("technical_director", PHONE), number, "能效标签用新版", axe)
    object_on_a_phone(enter("technical_director", PHONE), number, "能效数据请按新国标更新。")

    settle_the_pin(designer, number)
    open_case(designer, number)
    expect(designer.locator("#case-card")).to_contain_text("能效数据请按新国标更新。")
    expect(designer.locator("#case-card")).to_contain_text("郑凯")
    designer.get_by_label("对意见的处理").fill("能效数据已按新国标更新。")
    upload(designer, "draft_files", leaflet())
    expect(designer.locator(".file-pages")).to_contain_text("4 页")
    hand_in(designer, "提交审核")
    agree(enter, number, *REVIEWERS, reading="能效数据已按新国标更新。")
    buy_and_receive(enter, number)

    keeper = enter("administrative_assistant", at="/stock")
    keeper.get_by_role("link", name=TOPIC).click()
    expect(keeper.locator("h1 + p")).to_contain_text("现存 1,980 份")
    keeper.locator("#take-quantity").fill("200")
    keeper.get_by_label("领用人").fill("刘洋")
    keeper.get_by_label("用途").fill("苏州展会")
    keeper.get_by_role("button", name="领用出库").click()
    expect(keeper.locator(".messages")).to_contain_text("现有 1,780 份")
    expect(keeper.get_by_role("link", name=f"{number}-05")).to_be_visible()
    assert faults_of(keeper, axe) == []
    designer.goto(f"/documents/{number}-02?version=1")
    expect(designer.locator(".file-thumb img")).to_be_visible()
    expect(designer.locator(".file-name")).to_contain_text("封面-1d5fd1.png")
    assert faults_of(designer, axe) == []
