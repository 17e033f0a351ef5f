"""Answers are read, computed and checked; nothing that comes from outside is believed."""

from decimal import Decimal
from typing import Any

import pytest

from huiqian.forms.queries import OrganisationNames
from huiqian.forms.rules import typed
from huiqian.forms.tests.samples import BUDGET, PLAN, check, errors_of, form_of, plan, value_of

ONE_DAY = {"start": "2026-03-01", "end": "2026-03-01"}
FILE = "0b0e1c36-5c2f-4c53-9d0f-0f2d3c8a1b11"
MONEY = {"type": "money"}
CHOICES = [{"code": "a", "zh": "甲"}, {"code": "b", "zh": "乙"}]
TEXT = {"type": "text"}
DATE = {"type": "date"}
RANGE = {"type": "date_range"}
ONE = {"type": "choice", "choices": CHOICES}
MANY = {"type": "choices", "choices": CHOICES}
FILES = {"type": "files"}
BOOLEAN = {"type": "boolean"}
PERSON = {"type": "person"}
NUMBER = {"type": "number"}


@pytest.mark.parametrize(
    ("field", "raw", "kept"),
    [
        (TEXT, "  新风  系统\n调研 ", "新风 系统 调研"), (TEXT, "   ", None), (TEXT, "a\x00b\x07", "ab"),
        ({"type": "long_text"}, " 一\r\n二 \n", "一\n二"),
        (MONEY, "1,800", "1800.00"), (MONEY, "￥１２３．４５", "123.45"), (MONEY, 48, "48.00"), (MONEY, 0.1, "0.10"),
        (MONEY, "-0", "0.00"), (MONEY, "", None), (MONEY, ".5", "0.50"), (MONEY, 1e3, "1000.00"),
        (NUMBER, "2.50", "2.5"), (NUMBER, "100", "100"), (NUMBER, 0, "0"),
        ({"type": "integer"}, "42.0", "42"),
        (DATE, "2026-3-1", "2026-03-01"), (DATE, "2026年3月1日", "2026-03-01"),
        (DATE, "2026/03/01", "2026-03-01"), (DATE, "２０２６．３．１", "2026-03-01"),
        (RANGE, ONE_DAY, ONE_DAY),
        (RANGE, {"start": "", "end": ""}, None),
        (ONE, "b", "b"), (ONE, "", None),
        (MANY, ["b", "a", "b"], ["a", "b"]), (MANY, [], None),
        (BOOLEAN, "on", True), (BOOLEAN, False, False), (BOOLEAN, "", False),
        (FILES, [FILE.upper(), FILE], [FILE]),
        (PERSON, "marketing_manager", "marketing_manager"),
    ],
)  # fmt: skip
def test_what_was_meant_is_kept_in_one_way(field: dict[str, Any], raw: object, kept: object) -> None:
    assert value_of(field, raw) == kept


@pytest.mark.parametrize(
    ("field", "raw"),
    [
        (TEXT, 5), (TEXT, {"a": 1}), (TEXT, "\ud800"), ({"type": "text", "max_length": 3}, "四个字啊"),
        ({"type": "text", "min_length": 3}, "两字"),
        (MONEY, "abc"), (MONEY, "1.005"), (MONEY, "1e5"), (MONEY, float("nan")), (MONEY, float("inf")), (MONEY, True),
        (MONEY, []),
        (MONEY, "9" * 14), (MONEY, "1" * 10_000), (MONEY, "--1"), (MONEY, "1.2.3"), (MONEY, 1e300),
        ({"type": "money", "min": 0}, "-1"), ({"type": "money", "max": 10}, "10.01"), ({"type": "integer"}, "1.5"),
        (DATE, "2026-02-30"), (DATE, "tomorrow"), (DATE, 20260301), (DATE, "0001-01-01"),
        (RANGE, {"start": "2026-03-02", "end": "2026-03-01"}), (RANGE, {"start": "2026-03-02"}),
        (RANGE, {"end": "2026-03-02"}), (RANGE, "2026"), (RANGE, {"from": "2026-03-02"}),
        (ONE, "c"), (ONE, ["a"]), (ONE, 1),
        (MANY, "a"), (MANY, ["c"]), (MANY, [["a"]]),
        (FILES, ["../../etc/passwd"]), (FILES, "x"), (FILES, [1]),
        ({"type": "files", "max_rows": 1}, [FILE, FILE[:-1] + "0"]),
        (BOOLEAN, "perhaps"), (BOOLEAN, 1), (PERSON, "a b"), (PERSON, {}),
    ],
)  # fmt: skip
def test_what_does_not_fit_gets_a_sentence_next_to_the_field(field: dict[str, Any], raw: object) -> None:
    found = errors_of(field, raw)
    assert list(found) == ["it"]
    assert all(sentence.endswith((".", "。")) for sentence in found["it"])


def test_a_number_of_five_thousand_digits_is_refused_like_any_other() -> None:
    assert list(errors_of(MONEY, 10**5000)) == ["it"]


def test_a_good_plan_is_accepted_with_amounts_and_total_computed() -> None:
    checked = check(PLAN, plan())
    assert not checked.errors
    assert checked.values["budget"] == [
        {"item": "问卷", "note": "线上", "quantity": "600", "price": "48.00", "amount": "28800.00"}
    ]
    assert checked.values["budget_total"] == "28800.00"
    assert "special_description" not in checked.shown


def test_amounts_from_outside_are_not_believed() -> None:
    rows = [{"item": "问卷", "quantity": "600", "price": "48", "amount": "1.00"}]
    checked = check(PLAN, plan(budget=rows, budget_total="1.00"))
    assert (checked.values["budget_total"], checked.errors) == ("28800.00", {})


def test_binary_fractions_lose_nothing() -> None:
    rows = [{"item": "甲", "quantity": 3, "price": 0.1}, {"item": "乙", "quantity": "1.5", "price": "0.33"}]
    assert check(PLAN, plan(budget=rows)).values["budget_total"] == "0.80"


def test_nothing_at_all_is_told_field_by_field() -> None:
    checked = check(PLAN, {})
    assert set(checked.errors) == {
        "topic", "kind", "content", "period", "purpose", "methods", "approach", "schedule", "budget",
    }  # fmt: skip
    assert checked.values["budget_total"] == "0.00"


def test_half_typed_answers_are_taken_without_complaint_about_what_is_missing() -> None:
    checked = check(PLAN, {"topic": "新风系统调研", "budget": [{"item": "问卷", "quantity": "3"}]}, partial=True)
    assert not checked.errors
    assert checked.values["topic"] == "新风系统调研"


def test_errors_in_a_table_name_the_row_as_it_was_sent() -> None:
    rows = [{}, {"item": "问卷", "quantity": "x", "price": "48"}, {"item": "", "quantity": "1", "price": "1"}]
    checked = check(PLAN, plan(budget=rows))
    assert set(checked.errors) == {"budget.1.quantity", "budget.2.item"}


def test_an_empty_row_is_to_be_filled_in_where_no_row_is_to_be_added() -> None:
    assert set(check(PLAN, plan(budget=[])).errors) == {"budget"}
    checked = check(PLAN, plan(budget=[{"item": " ", "quantity": ""}, {}]))
    assert {path: str(said[0]) for path, said in checked.errors.items()} == {
        f"budget.0.{name}": "请填写此项。" for name in ("item", "quantity", "price")
    }


@pytest.mark.parametrize("rows", ["x", [1], [[]], {"0": {}}, [{"item": "a"}] * 51])
def test_a_table_that_is_none_is_told(rows: object) -> None:
    assert "budget" in check(PLAN, plan(budget=rows)).errors


def test_unknown_names_are_told_with_the_nearest_one() -> None:
    checked = check(PLAN, plan(topik="x"))
    assert "topic" in str(checked.errors["topik"][0])
    row = {"item": "a", "quantity": 1, "price": 1, "colour": "red"}
    assert set(check(PLAN, plan(budget=[row])).errors) == {"budget.0.colour"}


def test_a_field_is_asked_and_required_only_under_its_condition() -> None:
    assert set(check(PLAN, plan(content=["special"])).errors) == {"special_description"}
    good = check(PLAN, plan(content=["special"], special_description="摸清学校项目的招标要求。"))
    assert not good.errors
    assert good.values["special_description"] == "摸清学校项目的招标要求。"
    dropped = check(PLAN, plan(special_description="短"))
    assert not dropped.errors
    assert "special_description" not in dropped.values


def test_rules_over_several_answers_are_told_where_they_are_broken() -> None:
    row = {"stage": "实施", "work": "问卷", "begins": "2026-03-31", "ends": "2026-07-01", "in_charge": "王丽"}
    checked = check(PLAN, plan(schedule=[{}, row]))
    assert set(checked.errors) == {"schedule.1.begins", "schedule.1.ends"}


def test_a_field_that_may_only_be_read_keeps_its_value() -> None:
    known = check(PLAN, plan()).values
    rights = dict.fromkeys(PLAN.by_name, "read")
    same = check(PLAN, {"topic": known["topic"], "budget": known["budget"]}, rights=rights, known=known)
    assert (same.values, same.errors) == (known, {})
    other = check(PLAN, {"topic": "别的主题"}, rights=rights, known=known)
    assert set(other.errors) == {"topic"}
    assert other.values["topic"] == known["topic"]


def test_a_hidden_field_keeps_its_value_and_is_not_known_outside() -> None:
    known = check(PLAN, plan()).values
    rights = {"purpose": "hidden"}
    quiet = check(PLAN, {"topic": "改过的调研主题"}, rights=rights, known=known)
    assert (quiet.values["purpose"], quiet.errors) == (known["purpose"], {})
    # A right guess and a wrong one get the same answer.
    for guess in (known["purpose"], "别的目的，足够十个字的目的。"):
        tried = check(PLAN, plan(purpose=guess), rights=rights, known=known)
        assert tried.values["purpose"] == known["purpose"]
        assert set(tried.errors) == {"purpose"}


def test_what_is_not_sent_stays_as_it_was() -> None:
    known = check(PLAN, plan()).values
    checked = check(PLAN, {"topic": "改过的调研主题"}, known=known)
    assert not checked.errors
    assert checked.values == known | {"topic": "改过的调研主题"}


def test_what_was_taken_back_is_said_so_that_it_is_forgotten() -> None:
    known = check(
        PLAN, plan(content=["special"], special_description="摸清学校项目的招标要求。", attachments=[FILE])
    ).values
    checked = check(PLAN, {"content": ["competitors"], "attachments": []}, known=known)
    assert not checked.errors
    kept = known | checked.values
    assert (kept["special_description"], kept["attachments"], kept["content"]) == (None, None, ["competitors"])


def test_the_approved_budget_is_the_total_unless_it_is_less() -> None:
    variables = typed([PLAN, BUDGET], {"budget_total": "28800.00"})
    assert check(BUDGET, {}, variables=variables).values == {"budget_conclusion": "full", "approved_budget": "28800.00"}
    more = check(BUDGET, {"approved_budget": "28800.01"}, variables=variables)
    assert "approved_budget" in more.errors
    less = check(BUDGET, {"approved_budget": "20000", "budget_conclusion": "adjusted"}, variables=variables)
    assert (less.values["approved_budget"], less.errors) == ("20000.00", {})
    assert "budget_conclusion" in check(BUDGET, {"approved_budget": "20000"}, variables=variables).errors


def test_totals_beyond_all_money_are_told() -> None:
    rows = [{"item": "甲", "quantity": "9999999999999", "price": "1"}] * 2
    assert set(check(PLAN, plan(budget=rows)).errors) == {"budget"}


def test_people_departments_and_positions_must_exist() -> None:
    form = form_of(
        {"name": "who", "type": "person"}, {"name": "where", "type": "department"}, {"name": "as", "type": "position"}
    )
    names = OrganisationNames({"wang_li": "王丽"}, {"marketing": "市场部"}, {"marketing_manager": "市场经理"})
    good = {"who": "wang_li", "where": "marketing", "as": "marketing_manager"}
    assert check(form, good, directory=names).values == good
    assert set(check(form, dict.fromkeys(good, "nobody"), directory=names).errors) == set(good)


def test_computed_fields_follow_what_they_read() -> None:
    form = form_of(
        {"name": "price", "type": "money"},
        {"name": "cost", "type": "money"},
        {"name": "margin", "type": "number", "places": 4, "compute": "(price - cost) / price"},
        {"name": "thin", "type": "boolean", "compute": "margin < 0.2"},
    )
    assert check(form, {"price": "3", "cost": "2"}).values["margin"] == "0.3333"
    assert check(form, {"price": "3", "cost": "2", "margin": "9"}).values["thin"] is False
    assert "margin" not in check(form, {"price": "0", "cost": "2"}).values


def test_typed_answers_are_what_expressions_read() -> None:
    view = typed(PLAN, check(PLAN, plan()).values)
    assert view["budget_total"] == Decimal("28800.00")
    rows = view["budget"]
    assert isinstance(rows, list)
    assert rows[0]["quantity"] == Decimal(600)
    assert str(view["period"]["start"]) == "2026-04-01"  # type: ignore[index]
    assert "nothing" not in view
