"""Customers and products in forms: kept by their code, however they are typed."""

import jsonschema
import pytest
from django.template.loader import render_to_string
from django.utils import translation

from huiqian.forms.queries import OrganisationNames
from huiqian.forms.rules import Register, example, json_schema, present, reading, sheet_of
from huiqian.forms.tests.samples import TODAY, check, form_of

CUSTOMERS = Register({"C-001": "苏州恒暖建材", "C-002": "南京清风", "C-003": "南京清风"}, {"C-009": "已停用客户"})
PRODUCTS = Register({"HX-350": "壁挂新风机 350"})
NAMES = OrganisationNames({}, {}, {}, {"customer": CUSTOMERS, "product": PRODUCTS}.__getitem__)
FORM = form_of(
    {"name": "customer", "type": "customer", "required": True, "example": "C-404"},
    {"name": "lines", "type": "table", "required": True, "columns": [
        {"name": "product", "type": "product", "label": {"zh": "产品"}, "required": True},
        {"name": "quantity", "type": "integer", "label": {"zh": "数量"}, "min": 1, "required": True}]},
)  # fmt: skip
LINES = [{"product": "HX-350", "quantity": "3"}]


@pytest.mark.parametrize("typed", ["C-001", " c-001 ", "C-001 苏州恒暖建材", "苏州恒暖建材"])
def test_an_entry_is_kept_by_its_code_however_it_is_typed(typed: str) -> None:
    checked = check(FORM, {"customer": typed, "lines": LINES}, directory=NAMES)
    assert (checked.errors, checked.values["customer"]) == ({}, "C-001")


@pytest.mark.parametrize(
    ("typed", "word"),
    [("没有这家", "不在"), ("C-009", "停用"), ("南京清风", "不止"), ({"a": 1}, "选择"), ("甲" * 301, "选择")],
)
def test_what_is_unknown_closed_or_there_twice_is_told_next_to_the_field(typed: object, word: str) -> None:
    errors = check(FORM, {"customer": typed, "lines": LINES}, directory=NAMES).errors
    assert list(errors) == ["customer"]
    with translation.override("zh-hans"):
        assert word in str(errors["customer"][0])


def test_a_cell_is_told_at_its_place_and_what_was_typed_stays() -> None:
    raw = {"customer": "C-001", "lines": [*LINES, {"product": "HX-999", "quantity": "1"}]}
    errors = check(FORM, raw, directory=NAMES).errors
    assert list(errors) == ["lines.1.product"]
    view = {"view": present(FORM, raw, today=TODAY, errors=errors, directory=NAMES)}
    html, lists = render_to_string("forms/form.html", view), render_to_string("forms/lists.html", view)
    assert "<datalist" not in html, "what may be chosen goes with the page, not with every draft"
    assert lists.count('<datalist id="register-product">') == lists.count('<datalist id="register-customer">') == 1
    assert 'list="register-product"' in html
    assert 'value="HX-999"' in html
    assert 'value="C-001 苏州恒暖建材"' in html
    assert "已停用客户" not in html + lists


def test_it_reads_with_its_name_also_where_it_is_closed_by_now() -> None:
    view = reading(FORM, {"customer": "C-009", "lines": LINES}, today=TODAY, directory=NAMES)
    fact, table = sheet_of(view)
    assert fact["text"] == "C-009 已停用客户"
    assert table["rows"] == [["HX-350 壁挂新风机 350", "3"]]
    assert not view.lists


def test_the_example_for_programs_names_entries_that_there_are() -> None:
    schema, given = json_schema(FORM, directory=NAMES), example(FORM, directory=NAMES)
    jsonschema.Draft202012Validator(schema).validate(given)
    assert check(FORM, given, directory=NAMES).errors == {}
    assert (given["customer"], schema["examples"]) == ("C-001", [given])
