"""What stands in a form at first: values and whole tables made from what the case has answered before."""

from decimal import Decimal
from typing import Any

from huiqian.forms.rules import example, present, reading
from huiqian.forms.tests.samples import TODAY, check, form_of

SHEETS = [{"name": "刘洋", "prices": [{"price": "12.5", "rival": "甲"}]}, {"name": "吴涛", "prices": None}]
ROWS = "for s in sheets[prices != null], p in s.prices return {rival: p.rival, price: p.price, from: s.name, x: 1}"
TABLE: dict[str, Any] = {
    "name": "prices", "type": "table", "required": True, "totals": ["price"], "default_from": ROWS,
    "columns": [
        {"name": "rival", "type": "text", "required": True, "label": {"zh": "对手"}, "example": "乙"},
        {"name": "price", "type": "money", "label": {"zh": "价格"}},
        {"name": "from", "type": "text", "label": {"zh": "来自"}},
    ],
}  # fmt: skip


def test_a_table_begins_with_rows_made_from_what_was_answered_before() -> None:
    form = form_of(TABLE)
    checked = check(form, {}, variables={"sheets": SHEETS})
    assert checked.errors == {}
    assert checked.values == {
        "prices": [{"rival": "甲", "price": "12.50", "from": "刘洋"}], "prices_total": "12.50"
    }  # fmt: skip
    shown = present(form, {}, today=TODAY, variables={"sheets": SHEETS}).sections[0].fields[0]
    assert shown.table is not None
    assert [cell.value for cell in shown.table.rows[0].cells] == ["甲", "12.50", "刘洋"]


def test_what_was_typed_or_emptied_is_not_replaced_by_the_first_rows() -> None:
    form = form_of({**TABLE, "required": False})
    typed = check(form, {"prices": [{"rival": "丙"}]}, variables={"sheets": SHEETS})
    assert typed.values["prices"] == [{"rival": "丙"}]
    assert "prices" not in check(form, {"prices": []}, variables={"sheets": SHEETS}).values
    assert check(form, {}, known={"prices": None}, variables={"sheets": SHEETS}).values.get("prices") is None


def test_a_cell_that_does_not_fit_is_left_empty_and_told_where_it_is_needed() -> None:
    form = form_of(TABLE)
    wrong = {"sheets": [{"name": "刘洋", "prices": [{"price": "dear"}]}]}
    assert check(form, {}, variables=wrong).values["prices"] == [{"from": "刘洋"}]
    assert check(form_of({**TABLE, "default_from": "1"}), {}, variables={}).errors.keys() == {"prices"}


def test_the_example_is_of_the_case_where_it_can_be() -> None:
    form = form_of(TABLE)
    assert example(form, {"sheets": SHEETS}) == {"prices": [{"rival": "甲", "price": "12.5", "from": "刘洋"}]}
    assert example(form, {"sheets": []}) == {"prices": [{"rival": "乙"}]}
    assert example(form) == {}
    assert example(form, {"sheets": SHEETS}, None, {"prices": "read"}) == {}


def test_the_example_answers_what_is_asked_then() -> None:
    only = {"name": "why", "type": "text", "required": True, "show_if": "late", "example": "停电"}
    form = form_of({"name": "late", "type": "boolean", "default_from": "days > 3"}, only)
    assert example(form, {"days": 5}) == {"late": True, "why": "停电"}
    assert example(form, {"days": 1}) == {"late": False}


def test_what_was_computed_is_read_as_it_was() -> None:
    task = {"name": "task", "type": "text", "compute": "tasks[1]"}
    form = form_of(task)
    assert check(form, {}, variables={"tasks": ["走访"]}).values == {"task": "走访"}
    assert reading(form, {"task": "走访"}, today=TODAY).sections[0].fields[0].text == "走访"


def test_a_cell_may_be_needed_because_of_its_row() -> None:
    form = form_of({
        "name": "tasks", "type": "table",
        "columns": [
            {"name": "joins", "type": "boolean", "label": {"zh": "参加"}},
            {"name": "who", "type": "text", "label": {"zh": "谁"}},
            {"name": "task", "type": "text", "label": {"zh": "任务"}, "required_if": "joins = true"},
            {"name": "reason", "type": "text", "label": {"zh": "原因"}, "required_if": "not(joins = true)"},
        ],
    })  # fmt: skip
    rows = [{"who": "刘洋", "joins": True}, {"who": ""}, {"who": "吴涛"}, {"who": "何静", "reason": "休假"}]
    assert set(check(form, {"tasks": rows}).errors) == {"tasks.0.task", "tasks.2.reason"}
    assert check(form, {"tasks": rows}, partial=True).errors == {}


def test_an_answer_may_be_needed_because_of_another() -> None:
    form = form_of({"name": "other", "type": "boolean"}, {"name": "which", "type": "text", "required_if": "other"})
    assert check(form, {"other": False}).errors == {}
    assert set(check(form, {"other": True}).errors) == {"which"}


PRICE = "get value(prices, item)"


def test_a_cell_left_blank_takes_what_the_row_says() -> None:
    table = {
        "name": "lines", "type": "table", "label": {"zh": "明细"}, "totals": ["amount"],
        "columns": [
            {"name": "item", "type": "text", "required": True, "label": {"zh": "产品"}},
            {"name": "price", "type": "money", "required": True, "label": {"zh": "单价"}, "default_from": PRICE},
            {"name": "amount", "type": "money", "label": {"zh": "金额"}, "compute": "price * 2"},
        ],
    }  # fmt: skip
    rows = [{"item": "甲"}, {"item": "甲", "price": "3"}, {"item": "乙"}]
    checked = check(form_of(table), {"lines": rows}, variables={"prices": {"甲": Decimal(5)}})
    assert [row.get("price") for row in checked.values["lines"]] == ["5.00", "3.00", None]  # type: ignore[attr-defined]
    assert checked.values["lines_total"] == "16.00"
    assert set(checked.errors) == {"lines.2.price"}, "without a price in the list it must be typed"


def test_a_table_computed_as_a_whole_takes_nothing_from_outside() -> None:
    columns = [
        {"name": "who", "type": "text", "label": {"zh": "谁"}},
        {"name": "price", "type": "money", "label": {"zh": "价格"}},
        {"name": "double", "type": "money", "label": {"zh": "两倍"}, "compute": "price * 2"},
    ]
    rule = "for s in sheets[prices != null], p in s.prices return {who: s.name, price: number(p.price)}"
    form = form_of(
        {
            "name": "all",
            "type": "table",
            "label": {"zh": "汇总"},
            "totals": ["price"],
            "compute": rule,
            "columns": columns,
        }
    )
    checked = check(form, {"all": [{"who": "骗子", "price": "1"}]}, variables={"sheets": SHEETS})
    assert checked.values == {"all": [{"who": "刘洋", "price": "12.50", "double": "25.00"}], "all_total": "12.50"}
    shown = present(form, {}, today=TODAY, variables={"sheets": SHEETS}).sections[0].fields[0]
    assert shown.table is not None
    assert not shown.editable
    assert [cell.text for cell in shown.table.rows[0].cells] == ["刘洋", "12.50", "25.00"]
