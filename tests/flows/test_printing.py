"""Documents on paper: what a case wrote, printed at every stage of it."""

import io
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import translation
from pypdf import PdfReader

from huiqian.base.errors import NotFound
from huiqian.documents.commands import upload_file
from huiqian.documents.printing import print_document
from huiqian.documents.queries import document_view
from tests.people import SIGNATORIES, actor, answer, approve_up_to_signing, plan, start

pytestmark = pytest.mark.usefixtures("company")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def words(number: str, login: str = "marketing_manager", version: int | None = None, language: str = "zh-hans") -> str:
    """All words on the pages, without the breaks that setting them put in."""
    with translation.override(language):
        printed = print_document(actor(login), number, version, address=f"http://127.0.0.1:8000/documents/{number}")
    pages = PdfReader(io.BytesIO(printed.content)).pages
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_a_plan_in_review_shows_who_signed_and_who_is_awaited() -> None:
    file = upload_file(actor("marketing_manager"), "预算测算表.pdf", io.BytesIO(PDF))
    number = start(topic="华东区新风系统市场调研 #let *x*", attachments=[str(file.pk)])
    answer(number, "product_marketing_director", opinion="方案可行。")
    text = words(f"{number}-01")
    for said in (
        f"{number}-01", "市场调研策划书", "华东区新风系统市场调研#let*x*", "43,200.00",
        "肆万叁仟贰佰元整", "方案可行。", "预算测算表.pdf", file.blob_id[:4], "审批调研预算费用", "共同签准",
    ):  # fmt: skip
        assert said in text, said


def test_each_version_is_printed_as_it_was() -> None:
    number = start(topic="第一版的调研主题")
    answer(number, "product_marketing_director", "return", opinion="样本太少。", to="draft")
    answer(number, "marketing_manager", "submit", values=plan(topic="第二版的调研主题"))
    new, old = words(f"{number}-01"), words(f"{number}-01", version=1)
    assert "第二版的调研主题" in new
    assert "样本太少。" in new
    assert new.count("（已作废。）") == 1
    assert "第一版的调研主题" in old
    assert "第二版的调研主题" not in old


def test_what_the_new_version_takes_back_is_not_in_it() -> None:
    file = upload_file(actor("marketing_manager"), "预算测算表.pdf", io.BytesIO(PDF))
    number = start(content=["special"], special_description="摸清学校项目的招标要求。", attachments=[str(file.pk)])
    answer(number, "product_marketing_director", "return", opinion="不需要专项。", to="draft")
    answer(number, "marketing_manager", "submit", values=plan(content=["competitors"], attachments=[]))
    old, new = (document_view(actor("marketing_manager"), f"{number}-01", version) for version in (1, 2))
    assert ("special_description" in old.values, len(old.files)) == (True, 1)
    assert ("special_description" in new.values, len(new.files)) == (False, 0)


def test_an_approved_plan_carries_every_signature_in_both_languages() -> None:
    number = start()
    approve_up_to_signing(number)
    for login in SIGNATORIES:
        answer(number, login)
    view = document_view(actor("marketing_manager"), f"{number}-01")
    chinese, english = words(view.number), words(view.number, language="en")
    for line in view.signatures:
        assert line.person in chinese
    assert view.status == "in_force"
    assert "Inforce" in english
    assert "Recordofdecisions" in english
    assert "Awaited" not in english
    assert "Approvetheresearchbudget" in english
    assert "审批调研预算费用" not in english


def test_nobody_prints_what_they_may_not_read() -> None:
    number = start()
    with pytest.raises(NotFound):
        print_document(actor("finance_manager"), f"{number}-01")
    with pytest.raises(NotFound):
        print_document(actor("marketing_manager"), f"{number}-01", 2)


def test_fifty_rows_break_over_pages_with_the_head_repeated() -> None:
    rows = [{"item": f"科目{place}", "quantity": "1", "price": "1"} for place in range(50)]
    number = start(budget=rows)
    with translation.override("zh-hans"):
        pages = PdfReader(io.BytesIO(print_document(actor("marketing_manager"), f"{number}-01").content)).pages
    assert len(pages) > 1
    assert all("费用科目" in page.extract_text() for page in pages[:2])


@pytest.mark.parametrize(
    "text",
    [
        "进展😀👩‍💼顺利，一切都好",
        "𠮷野家与สวัสดี",
        "\ue000\ufffe 十个字以上的调研目的",
        "a" * 200,
        '#import "x" $ * _ ` \\ <a> @b',
        "مرحبا 新风系统市场调研",
    ],
    ids=["emoji", "rare", "private", "long", "markup", "arabic"],
)
def test_whatever_people_write_is_printed(text: str) -> None:
    number = start(topic=text[:100], purpose=text * 3, approach=text)
    words(f"{number}-01")


def test_seven_hundred_lines_are_all_there() -> None:
    number = start(approach="\n".join(f"第{place}行" for place in range(700)))
    text = words(f"{number}-01")
    assert "第0行" in text
    assert "第699行" in text


def test_a_process_may_bring_its_own_template(tmp_path: Path) -> None:
    number = start()
    own = tmp_path / "SC-001" / "print" / "plan.typ"
    own.parent.mkdir(parents=True)
    own.write_text(
        "#let data = json(bytes(sys.inputs.data))\n"
        "#set document(title: data.name, date: datetime(year: 2026, month: 1, day: 1))\n"
        '#set page(paper: "a4")\n#set text(font: "Noto Sans SC")\nown template #data.number',
        encoding="utf-8",
    )
    with override_settings(HANDBOOK=tmp_path):
        assert words(f"{number}-01") == f"owntemplate{number}-01"
    assert "owntemplate" not in words(f"{number}-01")
