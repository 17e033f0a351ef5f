"""The joint review in the browser: a diagram changed in its words only; one refuses, corrected it is agreed by five."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, SignIn
from tests.browser.steps import told

SOURCE = Path(__file__).parents[2] / "src" / "huiqian" / "handbook" / "SC-001" / "process.bpmn"
OLD = "产品市场部经理审核策划书，提出修改意见。"
REVIEWERS = (
    "general_manager",
    "technical_director",
    "key_account_director",
    "project_director",
    "product_marketing_director",
)


def _upload(page: Page, folder: Path, words: str, note: str) -> str:
    """The administrator brings the diagram with other words and submits it; the version's address."""
    file = folder / "SC-001.bpmn"
    file.write_text(SOURCE.read_text(encoding="utf-8").replace(OLD, words), encoding="utf-8")
    page.goto("/processes/SC-001")
    page.get_by_role("link", name="新版本").click()
    page.get_by_label("流程图（.bpmn）或流程文件夹（.zip）").set_input_files(file)
    page.get_by_label("一句话说明改了什么").fill(note)
    page.get_by_role("button", name="存为草稿").click()
    expect(page.locator(".messages")).to_contain_text("已存为草稿")
    expect(page.locator(".change-list")).to_contain_text(words)
    page.get_by_role("button", name="提交联合审核").click()
    page.get_by_role("dialog").get_by_role("button", name="提交").click()
    expect(page.locator(".version-head")).to_contain_text("联合审核中")
    return page.url


def _agree(page: Page, address: str, opinion: str) -> None:
    """Agree from the task centre."""
    page.goto("/tasks")
    page.locator(f"a[href='{address}']").click()
    page.locator(".action-bar").get_by_role("button", name="同意", exact=False).last.click()
    page.get_by_role("dialog").get_by_label("意见").fill(opinion)
    page.get_by_role("dialog").get_by_role("button", name="同意").click()
    expect(page.locator(".messages")).to_contain_text("已同意")


def test_what_cannot_run_is_told_by_element_and_nothing_is_kept(enter: SignIn, tmp_path: Path) -> None:
    page, file = enter("admin", at="/processes/SC-001/versions/new"), tmp_path / "SC-001.bpmn"
    text = SOURCE.read_text(encoding="utf-8")
    file.write_text(text.replace('hq:position="business_unit_director"', 'hq:position="nobody"'), encoding="utf-8")
    page.get_by_label("流程图（.bpmn）或流程文件夹（.zip）").set_input_files(file)
    page.get_by_role("button", name="存为草稿").click()
    expect(page.locator("#file-errors")).to_contain_text("“事业部经理”（lane_business_unit_director）")
    expect(page.get_by_label("流程图（.bpmn）或流程文件夹（.zip）")).to_be_focused()


def test_refused_corrected_and_agreed_by_five(enter: SignIn, tmp_path: Path) -> None:
    admin = enter("admin")
    address = _upload(admin, tmp_path, "产品市场部经理审阅策划书。", "说明写得更短。")
    path = address[address.index("/processes") :]
    _agree(enter("general_manager"), path, "同意。")

    director = enter("technical_director", at=path, size=PHONE)
    director.locator(".action-bar").get_by_role("button", name="不同意").click()
    dialog = director.get_by_role("dialog")
    dialog.get_by_role("button", name="不同意").click()
    expect(dialog.locator(".field-error")).to_be_visible()
    expect(dialog.get_by_label("哪里需要修改、怎么改")).to_be_focused()
    dialog.get_by_label("哪里需要修改、怎么改").fill("手册写的是“审核”，请改回。")
    dialog.get_by_role("button", name="不同意").click()
    expect(director.locator(".version-head")).to_contain_text("未通过")

    admin.goto(path)
    expect(admin.locator(".opinions")).to_contain_text("请改回")
    expect(admin.locator(".opinions .done")).to_contain_text("同意。")
    corrected = _upload(admin, tmp_path, "产品市场部经理审核策划书并提出意见。", "按技术总监意见改回“审核”。")
    path = corrected[corrected.index("/processes") :]
    for login in REVIEWERS:
        _agree(enter(login), path, "同意。")
    admin.goto(path)
    expect(admin.locator(".version-head")).to_contain_text("生效中")
    admin.goto("/processes/SC-001")
    expect(admin.locator("#versions")).to_contain_text("未通过")
    expect(admin.locator("#versions")).to_contain_text("已停用")
    told(admin, "流程新版本已生效")
