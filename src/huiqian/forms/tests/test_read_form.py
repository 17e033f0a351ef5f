"""Forms come from files; what cannot work is refused, all of it at once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqian.forms.rules import Form, FormRefused, read_form
from huiqian.forms.tests.samples import PLAN, form_of


def paths(data: object) -> set[str]:
    with pytest.raises(FormRefused) as refused:
        read_form(data)
    for finding in refused.value.findings:
        assert finding.text("zh")
        assert finding.text("en")
    return {finding.path for finding in refused.value.findings}


def form(*fields: Any) -> dict[str, Any]:
    return {"key": "f", "name": {"zh": "表"}, "sections": [{"title": {"zh": "节"}, "fields": list(fields)}]}


def field(**said: Any) -> dict[str, Any]:
    return {"name": "it", "type": "text", "label": {"zh": "字段"}} | said


def test_the_handbook_s_plan_has_the_fields_that_conditions_read() -> None:
    assert {"topic", "kind", "content", "budget", "budget_total", "schedule"} <= PLAN.names
    kind = PLAN.by_name["kind"]
    assert [choice.code for choice in kind.choices] == ["annual", "monthly", "major", "regular"]
    assert PLAN.by_name["budget"].column("amount").product == ("quantity", "price")


def test_all_mistakes_are_told_at_once() -> None:
    found = paths(
        form(
            field(name="Großes Feld", colour="red"),
            field(name="b", type="colour"),
            field(name="c", type="choice"),
            field(name="d", show_if="if then"),
            field(name="e", label={"en": "only English"}),
        )
    )
    assert found == {
        "sections.0.fields.0.colour",
        "sections.0.fields.0.name",
        "sections.0.fields.1.type",
        "sections.0.fields.2.choices",
        "sections.0.fields.3.show_if",
        "sections.0.fields.4.label",
    }


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (None, "key"), ([], "key"), ({"key": "f", "name": {"zh": "表"}, "sections": []}, "sections"),
        (form(field(), field()), "sections"),
        (form(field(name="and")), "sections.0.fields.0.name"),
        (form(field(min=3, max=2, type="number")), "sections.0.fields.0.max"),
        (form(field(min="much", type="number")), "sections.0.fields.0.min"),
        (form(field(min=True, type="number")), "sections.0.fields.0.min"),
        (form(field(max="Infinity", type="number")), "sections.0.fields.0.max"),
        (form(field(width=4)), "sections.0.fields.0.width"),
        (form(field(required="yes")), "sections.0.fields.0.required"),
        (form(field(compute=3)), "sections.0.fields.0.compute"),
        (form(field(type="date_range", compute="1")), "sections.0.fields.0.compute"),
        (form(field(check={"zh": "不行"})), "sections.0.fields.0.check.rule"),
        (form(field(type="table")), "sections.0.fields.0.columns"),
        (form(field(type="table", columns=[field(type="files")])), "sections.0.fields.0.columns.0.type"),
        (form(field(type="table", columns=[field(show_if="true")])), "sections.0.fields.0.columns.0.show_if"),
        (form(field(type="table", columns=[field()], totals=["it"])), "sections.0.fields.0.totals"),
        (form(field(type="choice", choices=[{"code": "a b", "zh": "甲"}])), "sections.0.fields.0.choices.0.code"),
        (form(field(name="budget_total"), field(name="budget", type="table", totals=["n"],
              columns=[field(name="n", type="money")])), "sections"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_place(data: object, path: str) -> None:
    assert path in paths(data)


def test_several_totals_have_names_of_their_own() -> None:
    columns = [
        {"name": "plan", "type": "money", "label": {"zh": "计划"}},
        {"name": "actual", "type": "money", "label": {"zh": "实际"}},
    ]
    read = form_of({"name": "sales", "type": "table", "columns": columns, "totals": ["plan", "actual"]})
    assert set(read.totals) == {"sales_total", "sales_actual_total"}


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
settings = st.dictionaries(
    st.sampled_from(["name", "type", "label", "choices", "columns", "totals", "show_if", "min", "width", "check"]),
    json_like,
)


@given(json_like | st.builds(form, settings, settings))
def test_any_file_is_read_or_refused_with_findings(data: object) -> None:
    try:
        read: Form | FormRefused = read_form(data)
    except FormRefused as refused:
        read = refused
    assert isinstance(read, Form) or read.findings
