"""What a page shows: what was typed, unchanged; what is computed, computed; what is wrong, next to it."""

from collections.abc import Iterator

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from huiqian.forms.rules import (
    FieldFace,
    FileFace,
    FormView,
    check_answers,
    present,
    raw_answers,
    reading,
    sheet_of,
    typed,
)
from huiqian.forms.tests.samples import BUDGET, PLAN, TODAY, check, form_of, plan

KINDS = ("text", "long_text", "number", "money", "date", "boolean", "person", "files")
FILE = "0b0e1c36-5c2f-4c53-9d0f-0f2d3c8a1b11"


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def face(view: FormView, name: str) -> FieldFace:
    return next(one for one in view if one.name == name)


def test_what_was_typed_stays_as_it_was_typed() -> None:
    raw = plan(
        topic="短", budget=[{"item": "问卷", "quantity": "x", "price": "1,8"}, {}, {"quantity": "2", "price": "3"}]
    )
    view = present(PLAN, raw, today=TODAY, errors=check(PLAN, raw).errors)
    assert (face(view, "topic").value, len(face(view, "topic").errors)) == ("短", 1)
    table = face(view, "budget").table
    assert table is not None
    values = [[cell.value for cell in row.cells] for row in table.rows]
    assert values == [["问卷", "", "x", "1,8", ""], ["", "", "", "", ""], ["", "", "2", "3", ""]]
    assert [row.cells[4].text for row in table.rows] == ["", "", "6.00"]
    assert [bool(row.errors) for row in table.rows] == [True, False, True]
    assert (table.totals[0].text, table.capitals) == ("6.00", "陆元整")
    assert view.has_errors


def test_an_empty_form_offers_a_first_row_and_says_what_is_required() -> None:
    view = present(PLAN, {}, today=TODAY)
    table = face(view, "budget").table
    assert table is not None
    assert len(table.rows) == 1
    assert face(view, "topic").required
    assert not face(view, "special_description").asked
    assert not view.has_errors


def test_reading_shows_all_rows_in_words() -> None:
    rows = [{"item": f"科目 {n}", "quantity": "2", "price": "1000"} for n in range(4)]
    values = check(PLAN, plan(budget=rows)).values
    view = reading(PLAN, values, today=TODAY)
    assert not any(one.editable for one in view)
    assert (face(view, "kind").text, face(view, "period").text[:10]) == ("年度", "2026-04-01")
    table = face(view, "budget").table
    assert table is not None
    assert [row.cells[4].text for row in table.rows] == ["2,000.00"] * 4
    assert table.capitals == "捌仟元整"
    assert view.to_fill.sections == []


def test_rights_split_what_is_filled_in_from_what_is_read() -> None:
    values = check(PLAN, plan()).values
    rights = {**dict.fromkeys(PLAN.by_name, "read"), "purpose": "edit", "approach": "hidden"}
    view = present(PLAN, values, today=TODAY, rights=rights, known=values)
    assert [one.name for one in view.to_fill] == ["purpose"]
    assert "approach" not in {one.name for one in view}
    assert "topic" in {one.name for one in view.read_only}


def test_a_page_that_is_sent_comes_back_as_the_same_answers() -> None:
    posted = {
        "csrfmiddlewaretoken": ["x"], "topic": ["主题很好"], "kind": ["annual"], "content": ["competitors", "special"],
        "period.start": ["2026-04-01"], "period.end": ["2026-06-30"],
        "budget.7.item": ["乙"], "budget.7.quantity": ["1"],
        "budget.2.item": ["甲"], "budget.2.amount": ["999"], "budget.x": ["?"], "budget.2.item.y": ["?"],
        "attachments": ["", FILE], "nonsense": ["1"],
    }  # fmt: skip
    raw = raw_answers(PLAN, posted)
    assert raw["content"] == ["competitors", "special"]
    assert raw["budget"] == [{"item": "乙", "quantity": "1"}, {"item": "甲"}]
    assert raw["attachments"] == [FILE]
    assert raw["methods"] == []
    assert "nonsense" not in raw
    assert set(raw_answers(PLAN, posted, {"topic": "read"})) == set(PLAN.by_name) - {"topic"}


def test_the_templates_render_every_kind_of_field() -> None:
    files = {FILE: FileFace(FILE, "预算<b>.xlsx", 86_000)}
    raw = plan(topic="<script>alert(1)</script>", attachments=[FILE], budget=[{"price": "'\"><b>"}])
    html = render_to_string(
        "forms/form.html", {"view": present(PLAN, raw, today=TODAY, errors=check(PLAN, raw).errors, files=files)}
    )
    assert 'name="budget.0.price"' in html
    assert 'aria-describedby="error-budget.0.price"' in html
    assert "预算&lt;b&gt;.xlsx" in html
    for dangerous in ("<script", "<b>", "style=", "onclick", "javascript:"):
        assert dangerous not in html
    read = render_to_string("forms/form.html", {"view": reading(PLAN, check(PLAN, plan()).values, today=TODAY)})
    assert "贰万捌仟捌佰元整" in read
    assert "<input" not in read


def test_every_input_has_a_name_that_is_said() -> None:
    form = form_of(
        *({"name": kind, "type": kind} for kind in KINDS),
        {"name": "pick", "type": "choice", "choices": [{"code": "a", "zh": "甲"}, {"code": "b", "zh": "乙"}]},
        {"name": "long", "type": "choice", "choices": [{"code": "a", "zh": "很长的选项" * 9}]},
    )  # fmt: skip
    view = present(form, {}, today=TODAY)
    assert {one.name: one.widget for one in view if one.type == "choice"} == {"pick": "segmented", "long": "select"}
    html = render_to_string("forms/form.html", {"view": view})
    for name in (*KINDS, "long"):
        assert f'for="{name}"' in html or f'data-upload="{name}"' in html


def test_the_budget_step_shows_the_total_as_its_default() -> None:
    variables = {"budget_total": check_answers(PLAN, plan(), today=TODAY).values["budget_total"]}
    view = present(BUDGET, {}, today=TODAY, variables=typed([PLAN], variables))
    assert face(view, "approved_budget").value == "28800.00"
    assert face(view, "approved_budget").with_unit


def test_a_sheet_for_print_holds_facts_and_tables_in_order() -> None:
    blocks = sheet_of(reading(PLAN, check(PLAN, plan()).values, today=TODAY))
    assert [block.get("label", block.get("title")) for block in blocks][:2] == ["调研主题", "计划类型"]
    budget = blocks[-1]
    assert budget["rows"] == [["问卷", "线上", "600", "48.00", "28,800.00"]]
    assert budget["totals"] == ["28,800.00"]
    assert budget["total_span"] == 5
