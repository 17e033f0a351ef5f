"""SC-006 宣传资料制作流程, as the handbook says it: request, task, design, opinions of all, archive, print, stock."""

import io
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from huiqian.base import clock, wires
from huiqian.base.errors import Forbidden, Invalid
from huiqian.documents.access import file_for
from huiqian.documents.commands import upload_file
from huiqian.documents.models import Document, File, Signature, Version
from huiqian.documents.tests.samples import PDF, picture
from huiqian.forms.rules import reading
from huiqian.journal.queries import verify
from huiqian.marketing.commands import close_stock_item, reopen_stock_item
from huiqian.marketing.models import StockItem, StockLevel, StockMove
from huiqian.org.commands import save_group
from huiqian.org.models import Person
from huiqian.process.commands import retry_incident
from huiqian.process.content import content_of
from huiqian.process.models import Incident, Instance
from huiqian.work.commands import start_case
from huiqian.work.models import Task
from huiqian.work.queries import case_view, foresee
from tests.loop import newest, proposed
from tests.people import actor, answer, asked

pytestmark = pytest.mark.usefixtures("company")

ASKING, BOSS, DESIGNER, ARTIST = (
    "key_account_director", "product_marketing_director", "marketing_manager", "graphic_designer",
)  # fmt: skip
BUYER, KEEPER = "purchasing_officer", "administrative_assistant"
MANAGERS = ["product_marketing_director", "key_account_director", "project_director", "technical_director"]
PURCHASE = {
    "supplier": "苏州彩印包装有限公司", "order_quantity": "2000", "order_unit": "份", "unit_price": "1.8",
    "delivery_place": "公司行政部",
}  # fmt: skip
ORDER = {"ordered_on": "2026-03-02", "promised_on": "2099-02-26"}
RECEIPT = {
    "received_on": "2026-03-20", "received_quantity": "1980", "difference_note": "短装 20 份。",
    "stock_place": "行政库房 A-2",
}  # fmt: skip


def upload(login: str, name: str = "封面.png", content: bytes | None = None) -> str:
    """Somebody's picture, uploaded."""
    return str(upload_file(actor(login), name, io.BytesIO(content or picture(size=(60, 40)))).pk)


def begin(**changes: Any) -> str:
    """孙洁 asks for a leaflet; its number."""
    return start_case(actor(ASKING), "SC-006", proposed("SC-006", "request", **changes)).number


def give_task(number: str, **changes: Any) -> None:
    """李强 gives 王丽 the task."""
    answer(number, BOSS, "submit", values={"design_by": "2099-02-15", **changes})


def design(number: str, notes: str = "A4 四折页，主色沿用品牌蓝。", **changes: Any) -> None:
    """王丽 hands a version in."""
    values = {"draft_files": [upload(DESIGNER)], "design_notes": notes, **changes}
    answer(number, DESIGNER, "submit", values=values)


def agree(number: str, managers: Sequence[str] = tuple(MANAGERS)) -> None:
    """Department managers agree to the version."""
    for login in managers:
        answer(number, login, "approve")


def up_to_review(**changes: Any) -> str:
    """A request whose first version is with the department managers."""
    number = begin(**changes)
    give_task(number)
    design(number)
    return number


def versions(number: str) -> list[Version]:
    return list(
        Version.objects.filter(document__dossier__instance__number=number, document__key="draft").order_by("pk")
    )


def test_not_printed_it_ends_with_the_archive() -> None:
    number = begin(to_print=False)
    assert asked(number) == {BOSS}
    give_task(number)
    task = Task.objects.get(instance__number=number, status="open")
    assert task.due_at is not None
    assert task.due_at.date().isoformat() == "2099-02-15"
    design(number)
    assert asked(number) == set(MANAGERS)
    agree(number)
    case = Instance.objects.get(number=number)
    assert case.status == "completed"
    papers = Document.objects.filter(dossier=case.pk).order_by("number")
    assert [(paper.name_zh, paper.status) for paper in papers] == [("设计需求单", "in_force"), ("设计稿", "in_force")]
    assert "print_quantity" not in {name for name, value in case.data.items() if value is not None}
    assert list(verify()) == []


def test_printed_it_is_bought_ordered_and_taken_into_stock() -> None:
    number = up_to_review()
    agree(number)
    assert asked(number) == {DESIGNER}
    answer(
        number,
        DESIGNER,
        "submit",
        values={k: v for k, v in PURCHASE.items() if k not in ("order_quantity", "order_unit")},
    )
    data = Instance.objects.get(number=number).data
    assert (data["order_quantity"], data["order_unit"], data["purchase_cost"]) == ("2000", "份", "3600.00")
    assert asked(number) == {BUYER}
    answer(number, BUYER, "submit", values=ORDER)
    assert asked(number) == {KEEPER}
    assert Task.objects.get(instance__number=number, status="open").due_at.date().isoformat() == "2099-02-26"  # type: ignore[union-attr]
    with pytest.raises(Invalid) as refused:
        answer(number, KEEPER, "submit", values={**RECEIPT, "difference_note": ""})
    assert list(refused.value.errors) == ["difference_note"]
    answer(number, KEEPER, "submit", values=RECEIPT)
    case = Instance.objects.get(number=number)
    assert (case.status, case.data["difference"]) == ("completed", "-20")
    item = StockItem.objects.get(name="XF-350 静音新风机产品彩页")
    assert (case.data["stock_item"], item.unit) == (item.code, "份")
    level = StockLevel.objects.get(item=item)
    assert (level.place, level.quantity) == ("行政库房 A-2", Decimal(1980))
    moved = StockMove.objects.get(item=item)
    assert (moved.case_number, moved.document_number, moved.by_name) == (number, f"{number}-05", "唐小梅")
    papers = Document.objects.filter(dossier=case.pk).order_by("number")
    assert [(paper.name_zh, paper.status) for paper in papers] == [
        (name, "in_force") for name in ("设计需求单", "设计稿", "采购申请单", "印制订单", "入库单")
    ]
    assert list(verify()) == []


@pytest.mark.parametrize("objecting", [["project_director"], ["technical_director", "key_account_director"]])
def test_everybody_s_opinions_are_gathered_before_a_new_version_is_made(objecting: list[str]) -> None:
    number = up_to_review()
    for place, login in enumerate(MANAGERS):
        assert login in asked(number)
        if login in objecting:
            answer(number, login, "refuse", "封面请换成实景。")
        else:
            answer(number, login, "approve", "可以。")
        assert (DESIGNER in asked(number)) == (place == len(MANAGERS) - 1), "nobody is cut short"
    view = case_view(actor(DESIGNER), number)
    assert view.my_task is not None
    with pytest.raises(Invalid) as refused:
        design(number)
    assert list(refused.value.errors) == ["handling"]
    design(number, "封面换为实景。", handling="已按意见更换封面。")
    first, second = versions(number)
    assert first.values.get("opinions") is None
    assert [(row["reviewer"], row["verdict"]) for row in second.values["opinions"]] == [
        (login, "refuse" if login in objecting else "approve") for login in MANAGERS
    ]
    said = Signature.objects.filter(version=first, step="review").values_list("position", "outcome", "position_name")
    assert set(said.values_list("outcome_name", flat=True)) == {"同意", "要求修改"}
    assert {(p, o) for p, o, _ in said} == {(x, "refuse" if x in objecting else "approve") for x in MANAGERS}
    assert "项目部经理" in {name for _, _, name in said}, "each signs as the position that they hold"
    assert asked(number) == set(MANAGERS), "all are asked anew on the new version"
    agree(number)
    assert not Signature.objects.filter(version=second, step="review").exclude(outcome="approve").exists()
    assert asked(number) == {DESIGNER}
    assert Task.objects.get(instance__number=number, status="open").element == "purchase"


def test_rounds_go_on_until_all_agree_and_each_version_shows_the_opinions_on_the_one_before() -> None:
    number = up_to_review(to_print=False)
    for turn in (1, 2, 3):
        agree(number, MANAGERS[:-1])
        answer(number, MANAGERS[-1], "refuse", f"第 {turn} 次意见：数据要更新。")
        mine = case_view(actor(DESIGNER), number).my_task
        assert mine is not None
        before = f"第 {turn - 1} 次已更新。" if turn > 1 else None
        assert (mine.answers.get("handling"), mine.answers.get("handling_before")) == (None, before)
        with pytest.raises(Invalid) as refused:
            design(number, f"第 {turn + 1} 版。")
        assert list(refused.value.errors) == ["handling"], "what became of the opinions is said each time"
        design(number, f"第 {turn + 1} 版。", handling=f"第 {turn} 次已更新。")
    agree(number)
    assert [version.values.get("handling") for version in versions(number)] == [
        None, "第 1 次已更新。", "第 2 次已更新。", "第 3 次已更新。",
    ]  # fmt: skip
    told = [version.values.get("opinions") or [] for version in versions(number)]
    assert [rows[-1]["remark"] if rows else "" for rows in told] == [
        "", "第 1 次意见：数据要更新。", "第 2 次意见：数据要更新。", "第 3 次意见：数据要更新。",
    ]  # fmt: skip
    assert Instance.objects.get(number=number).status == "completed"


def test_who_asks_for_changes_says_which() -> None:
    number = up_to_review()
    with pytest.raises(Invalid) as refused:
        answer(number, "technical_director", "refuse", "  ")
    assert list(refused.value.errors) == ["opinion"]


def test_reviewers_see_the_opinions_and_what_became_of_them() -> None:
    number = up_to_review()
    agree(number, MANAGERS[:-1])
    answer(number, MANAGERS[-1], "refuse", "噪声数据过时。")
    design(number, handling="已更新噪声数据。")
    view = case_view(actor("project_director"), number)
    assert view.my_task is not None
    assert [one.code for one in view.my_task.outcomes] == ["approve", "refuse"]
    assert view.data["handling_before"] == "已更新噪声数据。"
    assert view.data["opinions"][-1]["remark"] == "噪声数据过时。"
    assert view.board
    form = content_of(Instance.objects.get(number=number).version_id).forms["design"]
    for said, variables, name in (
        (view.data, view.variables, "handling_before"),
        (versions(number)[1].values, None, "handling"),
    ):
        shown = reading(form, said, today=clock.today(), variables=variables)
        told = {field.name for section in shown.sections for field in section.fields}
        assert told & {"opinions", "handling", "handling_before"} == {"opinions", name}
    first = reading(form, versions(number)[0].values, today=clock.today())
    assert "handling" not in {field.name for section in first.sections for field in section.fields}


def test_the_designer_is_asked_only_where_needed_and_writes_no_version() -> None:
    number = begin(to_print=False)
    give_task(number)
    with pytest.raises(Invalid) as refused:
        answer(number, DESIGNER, "ask_artist", values={})
    assert list(refused.value.errors) == ["artist_brief"]
    answer(number, DESIGNER, "ask_artist", values={"artist_brief": "请制作封面。", "artist_by": "2099-02-10"})
    assert asked(number) == {ARTIST}
    assert versions(number) == []
    answer(number, ARTIST, "return", "请先给出文案。", to="design")
    assert asked(number) == {DESIGNER}
    answer(number, DESIGNER, "ask_artist", values={"artist_brief": "请制作封面，文案见附件。"})
    with pytest.raises(Invalid) as refused:
        answer(number, ARTIST, "submit", values={})
    assert list(refused.value.errors) == ["artwork_files"]
    drawn = upload(ARTIST, "封面稿.png")
    answer(number, ARTIST, "submit", values={"artwork_files": [drawn], "artwork_note": "出血 3 毫米。"})
    assert file_for(actor(DESIGNER), drawn).name == "封面稿.png"  # type: ignore[arg-type]
    answer(number, DESIGNER, "submit", values={"design_notes": "采用美工稿。"})
    assert [str(one) for one in versions(number)[0].files] == [drawn], "the artwork is the draft's file by default"
    agree(number, MANAGERS[:-1])
    answer(number, MANAGERS[-1], "refuse", "封面请换成实景。")
    answer(number, DESIGNER, "ask_artist", values={"artist_brief": "封面换实景。"})
    answer(number, ARTIST, "submit", values={"artwork_files": [upload(ARTIST, "封面稿二.png")]})
    design(number, handling="美工已更换封面。")
    assert len(versions(number)) == 2
    assert versions(number)[1].values["opinions"][-1]["remark"] == "封面请换成实景。", "they outlast the artist's step"
    agree(number)
    assert Instance.objects.get(number=number).status == "completed"


def test_each_step_that_may_sends_it_back_with_its_reasons() -> None:
    number = begin()
    answer(number, BOSS, "return", "请写明尺寸。", to="request")
    assert asked(number) == {ASKING}
    answer(number, ASKING, "submit", values={"format": "A4 四折页"})
    give_task(number)
    design(number)
    agree(number)
    answer(number, DESIGNER, "submit", values=PURCHASE)
    answer(number, BUYER, "return", "供应商已停业。", to="purchase")
    assert asked(number) == {DESIGNER}
    answer(number, DESIGNER, "submit", values={"supplier": "昆山华美印务有限公司"})
    answer(number, BUYER, "submit", values=ORDER)
    answer(number, KEEPER, "return", "偏色，拒收。", to="order")
    assert asked(number) == {BUYER}
    assert not StockMove.objects.exists()


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"needed_by": (clock.today() - timedelta(days=1)).isoformat()}, "needed_by"),
        ({"print_quantity": None}, "print_quantity"), ({"format": ""}, "format"),
        ({"material_type": "song"}, "material_type"),
    ],
)  # fmt: skip
def test_a_request_that_cannot_be_is_told_at_its_field(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(Invalid) as refused:
        begin(**changes)
    assert list(refused.value.errors) == [path]


def test_the_design_s_day_lies_between_today_and_the_day_it_is_needed() -> None:
    number = begin(needed_by="2099-03-01")
    with pytest.raises(Invalid) as refused:
        give_task(number, design_by="2099-03-02")
    assert list(refused.value.errors) == ["design_by"]


def test_only_the_key_accounts_department_manager_begins() -> None:
    with pytest.raises(Forbidden):
        start_case(actor(DESIGNER), "SC-006", proposed("SC-006", "request"))


def test_the_group_decides_who_reviews_and_one_who_holds_two_positions_is_asked_once() -> None:
    chosen = ["technical_director", "finance_manager"]
    save_group(actor("admin"), "department_managers", name_zh="各部门经理", positions=chosen)
    number = up_to_review()
    assert asked(number) == set(chosen)
    route = foresee(actor(ASKING), "SC-006", proposed("SC-006", "request"))
    assert [item.login for item in route.items if item.element == "review"] == chosen
    assert [item.position_name for item in route.items if item.element == "review"] == ["技术总监", "财务经理"]
    assert {"receive", "order"} <= {item.element for item in route.items if item.state == "future"}


def test_an_item_that_is_in_stock_is_added_to_and_a_closed_one_stops_the_case_until_it_is_mended() -> None:
    for expected in (1980, 3960):
        number = up_to_review()
        agree(number)
        answer(number, DESIGNER, "submit", values=PURCHASE)
        answer(number, BUYER, "submit", values=ORDER)
        answer(number, KEEPER, "submit", values=RECEIPT)
        assert StockLevel.objects.get().quantity == expected
    code = StockItem.objects.get().code
    number = up_to_review()
    agree(number)
    answer(number, DESIGNER, "submit", values=PURCHASE)
    answer(number, BUYER, "submit", values=ORDER)
    close_stock_item(actor(KEEPER), code)
    with pytest.raises(Invalid) as refused:
        answer(number, KEEPER, "submit", values={**RECEIPT, "stock_item": code})
    assert list(refused.value.errors) == ["stock_item"], "what is closed cannot be chosen"
    answer(number, KEEPER, "submit", values=RECEIPT)
    trouble = Incident.objects.get(instance__number=number, solved_at=None)
    assert code in trouble.text_zh
    assert StockLevel.objects.get().quantity == 3960
    reopen_stock_item(actor(KEEPER), code)
    retry_incident(actor("admin"), trouble.pk)
    assert StockLevel.objects.get().quantity == 5940
    assert Instance.objects.get(number=number).status == "completed"


def test_a_forged_pdf_and_somebody_else_s_file_are_refused() -> None:
    number = begin()
    give_task(number)
    with pytest.raises(Invalid) as refused:
        upload(DESIGNER, "设计稿.pdf", b"%PDF-1.7 this is none")
    assert list(refused.value.errors) == ["file"]
    assert upload_file(actor(DESIGNER), "../../etc/设计稿.pdf", io.BytesIO(PDF)).name == "设计稿.pdf"
    with pytest.raises(Invalid):
        design(number, draft_files=[upload(ARTIST)])


def test_what_the_forms_propose_to_programs_is_accepted_from_step_to_step() -> None:
    from huiqian.work.commands import decide
    from huiqian.work.queries import task_view
    from tests.loop import any_task

    number = begin()
    seen: list[str] = []
    while Instance.objects.get(number=number).status == "running":
        login = min(asked(number))
        task = any_task(number, login)
        about = task_view(actor(login), task)
        values = dict(about.form.example) if about.form else None
        if about.task.element == "design" and values is not None:
            values["draft_files"] = [upload(login)]
        decide(actor(login), task, about.task.outcomes[0].code, values=values)
        seen.append(about.task.element)
        assert len(seen) < 20, seen
    assert seen == ["give_task", "design", *["review"] * 4, "purchase", "order", "receive"]


def test_promotion_planning_asks_for_it_where_its_guide_says_what_is_wanted() -> None:
    from tests.flows.test_sc003 import APPROVERS, up_to_approval
    from tests.flows.test_sc003 import begin as convene

    number = convene(product="XF-350 静音新风机")
    up_to_approval(number, material_wanted="产品彩页 2,000 份。", starts_on="2099-03-01")
    for login in APPROVERS:
        answer(number, login)
    answer(number, DESIGNER, "submit", values={"handling": "无意见"})
    made = newest("SC-006")
    assert asked(made) == {ASKING}
    data = Instance.objects.get(number=made).data
    assert (data["topic"], data["content"], data["needed_by"]) == (
        "XF-350 静音新风机 宣传资料", "产品彩页 2,000 份。", "2099-03-01",
    )  # fmt: skip
    assert [one.number for one in case_view(actor(ASKING), made).received_from] == [number]
    answer(made, ASKING, "submit", values={"material_type": "leaflet", "format": "A4", "to_print": False})
    assert asked(made) == {BOSS}


def test_two_versions_are_compared_in_words_and_side_by_side() -> None:
    number = up_to_review()
    agree(number, MANAGERS[:-1])
    answer(number, MANAGERS[-1], "refuse", "封面请换成实景。")
    design(number, handling="已更换。", draft_files=[upload(DESIGNER, "封面二.png", picture(size=(70, 50)))])
    for blob, kind in File.objects.filter(dossier__instance__number=number).values_list("blob_id", "type"):
        wires.hand("job:documents.draw")(sha256=blob, kind=kind)
    client = Client()
    client.force_login(
        Person.objects.get(login=DESIGNER), backend="django.contrib.auth.backends.ModelBackend"
    )  # fmt: skip
    page = client.get(f"/documents/{number}-02/comparison").content.decode()
    assert "陈博 · 要求修改 · 封面请换成实景。" in page
    assert "technical_director" not in page
    assert page.count("/preview?size=large") == 4, "a picture of each version, and where it leads to"
