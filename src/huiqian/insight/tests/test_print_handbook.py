"""The handbook's files: what they say, opened with other people's readers."""

import io
from threading import Event, Thread
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from django.utils import translation
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from huiqian.base.actors import SYSTEM
from huiqian.base.clock import COMPANY_ZONE
from huiqian.insight.printing import kept, print_handbook
from huiqian.insight.word import write_handbook
from huiqian.org.commands import change_person, save_position
from huiqian.process.models import Version
from tests.versions import agree, submitted

pytestmark = pytest.mark.usefixtures("company")

TITLE = "市场部工作职责与工作流程"


def pages(content: bytes) -> list[str]:
    """The text of each page, without spaces and line breaks."""
    document = pypdfium2.PdfDocument(content)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_the_pdf_has_cover_contents_chapters_and_every_process() -> None:
    printed = print_handbook(SYSTEM)
    assert printed.name.startswith(TITLE)
    assert printed.name.endswith(".pdf")
    found = pages(printed.content)
    assert TITLE in found[0]
    assert "SC-009" in found[0]
    assert found[1].startswith("目录")
    text = "".join(found)
    for words in ("1总则", "联合审核，确认无误后方可生效", "4工作职责", "5岗位与步骤", "6职位与人员", "7附录：表单"):
        assert words in text
    for code in range(1, 10):
        assert f"SC-00{code}" in text
    assert "SC-001.4" in text
    assert "与技术总监、大客户部经理同时进行，须全部同意" in text
    assert "由李强（产品市场部经理）承接" in text
    assert f"第2页，共{len(found)}页" in found[1]


def test_wide_diagrams_lie_on_turned_pages_with_words_that_can_be_searched() -> None:
    document = pypdfium2.PdfDocument(print_handbook(SYSTEM).content)
    turned = [page for page in document if page.get_width() > page.get_height()]
    assert len(turned) >= 9
    text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in turned)
    assert "编制市场调研策划书" in text
    assert "审核并签署销售计划" in text


def test_the_cover_says_who_signed_a_version_and_when() -> None:
    version = agree(submitted())
    assert version.effective_from is not None
    cover = pages(print_handbook(SYSTEM).content)[0]
    assert "公司总经理周志远" in cover
    assert f"{version.effective_from.astimezone(COMPANY_ZONE):%Y-%m-%d}" in cover
    assert cover.count("随手册采用") == 8


@pytest.mark.parametrize(
    "name", ["陈博😀", "阿卜杜拉·买买提·托合提·艾力江·伊斯拉木·库尔班江" * 3, "<b>#{x}</b> \\ $1$"]
)
def test_any_name_can_be_printed(name: str) -> None:
    change_person(SYSTEM, "technical_director", name=name[:60])
    save_position(SYSTEM, "technical_director", name_zh=name[:60], department="technology", superior="general_manager")
    assert print_handbook(SYSTEM).content.startswith(b"%PDF")
    word = Document(io.BytesIO(write_handbook(SYSTEM).content))
    words = "".join(node.text or "" for node in word.element.iter(qn("w:t")))
    assert name[:60] in words


def test_without_a_version_in_effect_the_files_say_so() -> None:
    Version.objects.filter(definition__code="SC-006").update(status="retired")
    assert "SC-006宣传资料制作流程–未生效" in "".join(pages(print_handbook(SYSTEM).content))
    Version.objects.update(status="retired")
    assert "SC-001市场调研策划流程–未生效" in "".join(pages(print_handbook(SYSTEM).content))
    assert Document(io.BytesIO(write_handbook(SYSTEM).content)).tables


def test_the_word_file_opens_with_headings_tables_pictures_and_contents() -> None:
    made = write_handbook(SYSTEM)
    assert made.name.endswith(".docx")
    word = Document(io.BytesIO(made.content))
    heads = [(p.style.name, p.text) for p in word.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert ("Heading 1", "4 工作职责") in heads
    assert [text[:6] for style, text in heads if style == "Heading 2"][:9] == [f"SC-00{n}" for n in range(1, 10)]
    assert len(word.tables) > 60
    assert len(word.inline_shapes) >= 10
    assert {section.orientation for section in word.sections} == {WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE}
    assert word.core_properties.title == TITLE
    fields = [node.text for node in word.element.body.iter(qn("w:instrText"))]
    assert any(r"TOC \o" in (text or "") for text in fields)
    rows = {row.cells[0].text: row.cells[2].text for table in word.tables for row in table.rows if len(row.cells) == 4}
    assert "市场经理编制市场调研策划书：调研计划、内容、方案、预算。" in rows["SC-001.1"]


def test_the_word_file_names_a_chinese_font_for_text_and_headings() -> None:
    word = Document(io.BytesIO(write_handbook(SYSTEM).content))
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        fonts = word.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == "微软雅黑"
        assert fonts.get(qn("w:eastAsiaTheme")) is None


def test_the_word_file_has_its_contents_brought_up_to_date_when_it_is_opened() -> None:
    settings = [node.tag for node in Document(io.BytesIO(write_handbook(SYSTEM).content)).settings.element]
    assert settings.index(qn("w:updateFields")) < settings.index(qn("w:compat"))


def test_decision_tables_stand_in_the_word_file_as_tables_within_their_step() -> None:
    word = Document(io.BytesIO(write_handbook(SYSTEM).content))
    nested = [inner for table in word.tables for row in table.rows for cell in row.cells for inner in cell.tables]
    assert ["常规", "不限", "否", "常规计划可不报公司总经理"] in [
        [cell.text for cell in row.cells] for inner in nested for row in inner.rows
    ]


def test_both_files_come_in_english() -> None:
    with translation.override("en"):
        printed, word = print_handbook(SYSTEM), write_handbook(SYSTEM)
    assert "Generalrules" in "".join(pages(printed.content))
    names = ZipFile(io.BytesIO(word.content)).read("word/document.xml").decode()
    assert "Draft the research plan" in names


def test_whoever_asks_while_it_is_being_made_waits_for_it_and_it_is_made_once() -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        release.wait()
        return b"made"

    release, found = Event(), []
    data: dict[str, Any] = {"says": object.__repr__(release)}
    threads = [Thread(target=lambda: found.append(kept("pdf", data, make))) for _n in range(10)]
    for thread in threads:
        thread.start()
    while not made:
        pass
    release.set()
    for thread in threads:
        thread.join()
    assert (len(made), found) == (1, [b"made"] * 10)
    assert kept("docx", data, lambda: b"another") == b"another"


def test_what_failed_is_tried_again() -> None:
    data: dict[str, Any] = {"says": "fails first"}

    def fail() -> bytes:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - any fault of the renderer
        kept("pdf", data, fail)
    assert kept("pdf", data, lambda: b"now") == b"now"
