"""Two versions, difference by difference."""

from huiqian.forms.rules import compare
from huiqian.forms.tests.samples import PLAN, check, plan


def kinds(old: dict[str, object], new: dict[str, object]) -> list[tuple[str, str]]:
    return [(one.path, one.kind) for one in compare(PLAN, check(PLAN, old).values, check(PLAN, new).values)]


def test_only_what_differs_is_named() -> None:
    assert kinds(plan(), plan()) == []
    assert kinds(plan(), plan(topic="另一个调研主题", kind="monthly")) == [("topic", "changed"), ("kind", "changed")]


def test_a_row_put_in_the_middle_is_one_difference() -> None:
    rows = [{"item": item, "quantity": "1", "price": "10"} for item in "甲乙丙"]
    found = kinds(plan(budget=[rows[0], rows[2]]), plan(budget=rows))
    assert found == [("budget.1", "added"), ("budget_total", "changed")]
    assert kinds(plan(budget=rows), plan(budget=rows[:2])) == [("budget.2", "removed"), ("budget_total", "changed")]


def test_a_changed_cell_is_named_with_both_values() -> None:
    row = {"item": "问卷", "quantity": "600", "price": "48"}
    old, new = check(PLAN, plan(budget=[row])).values, check(PLAN, plan(budget=[row | {"price": "50"}])).values
    by_path = {one.path: (one.old, one.new) for one in compare(PLAN, old, new)}
    assert by_path["budget.0.price"] == ("48.00", "50.00")
    assert by_path["budget_total"] == ("28,800.00", "30,000.00")


def test_files_come_and_go_by_name() -> None:
    one, two = "0b0e1c36-5c2f-4c53-9d0f-0f2d3c8a1b11", "0b0e1c36-5c2f-4c53-9d0f-0f2d3c8a1b12"
    old, new = check(PLAN, plan(attachments=[one])).values, check(PLAN, plan(attachments=[two])).values
    found = compare(PLAN, old, new, {one: "旧.pdf", two: "新.pdf"})
    assert [(d.kind, d.old, d.new) for d in found] == [("removed", "旧.pdf", ""), ("added", "", "新.pdf")]


def test_what_is_no_longer_asked_is_removed() -> None:
    old = plan(content=["special"], special_description="摸清学校项目的招标要求。")
    assert ("special_description", "removed") in kinds(old, plan())
