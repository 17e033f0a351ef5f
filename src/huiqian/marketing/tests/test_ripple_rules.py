"""Which prices a list changes, and where a case's answers quote those before it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from huiqian.marketing.rules.prices import PriceRow
from huiqian.marketing.rules.ripple import PriceChange, find_quotes, mention, price_changes

FIRST = date(2026, 12, 15)
NAME = "吊顶全热交换新风机 350"
PLANS = {
    "rows": [{"table": "lines", "product": "product", "price": "price", "floor": "floor_price"}],
    "period": "plan_month", "settled": "registered_lines",
}  # fmt: skip
TEXTS = {"texts": ["topic", "programme.item"], "period": "period"}


def levels(price: str, floor: str = "4080") -> dict[str, Decimal]:
    return {"list_price": Decimal(price), "project_price": Decimal("4860"), "dealer_price": Decimal("4450"),
            "floor_price": Decimal(floor)}  # fmt: skip


def change(floor: str = "4200") -> PriceChange:
    return PriceChange("HX-350", NAME, levels("5280"), levels("5480", floor))


def in_plan(row: dict[str, Any], **data: Any) -> list[tuple[str, str, str]]:
    members = {"liu": {"lines": [{"product": "HX-350", "price": "5280.00", "floor_price": "4080.00", **row}]}}
    found = find_quotes(PLANS, {"plan_month": "2026-12", **data}, members, [change()], FIRST)
    return [(one.field, one.member, one.price) for one in found]


def in_text(text: str, **data: Any) -> list[tuple[str, bool]]:
    found = find_quotes(TEXTS, {"topic": text, **data}, {}, [change()], FIRST)
    return [(one.field, one.certain) for one in found]


def test_only_products_that_had_another_price_change() -> None:
    row = PriceRow(product="HX-350", **levels("5480"))
    names = {"HX-350": NAME}
    assert [one.product for one in price_changes([row], {"HX-350": levels("5280")}, names)] == ["HX-350"]
    assert price_changes([row], {"HX-350": levels("5480")}, names) == ()
    assert price_changes([row], {}, names) == (), "a first price takes nothing back"
    kept = change()
    assert PriceChange.from_json("HX-350", kept.to_json()) == kept


def test_a_members_row_is_certain_and_says_its_price() -> None:
    assert in_plan({}) == [("lines", "liu", "5280.00")]
    assert in_plan({"product": "HX-500"}) == []
    assert in_plan({"price": None}) == [("lines", "liu", "")]


def test_a_row_that_was_checked_against_the_new_list_is_left_alone() -> None:
    assert in_plan({"floor_price": "4200.00"}) == []


@pytest.mark.parametrize(
    ("data", "touched"),
    [({"plan_month": "2026-11"}, False), ({"plan_month": "2027-01"}, True), ({"registered_lines": "12"}, False)],
)
def test_what_is_settled_or_over_before_the_day_is_not_touched(data: dict[str, Any], touched: bool) -> None:
    assert bool(in_plan({}, **data)) is touched


@pytest.mark.parametrize(
    ("period", "touched"),
    [
        ({"start": "2026-12-01", "end": "2026-12-14"}, False), ({"start": "2026-12-14", "end": "2026-12-15"}, True),
        (None, True),
    ],
)  # fmt: skip
def test_an_event_that_is_over_before_the_day_is_not_touched(period: object, touched: bool) -> None:
    assert bool(in_text(f"{NAME} 推介会", period=period)) is touched


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("HX-350 推介会", True), ("新品hx-350推介会", True), (f"{NAME} 上市", True), ("HX-3500 推介会", False),
        ("AHX-350 推介会", False), ("HX-350-B 推介会", False), ("新风机推介会", False), ("", False),
    ],
)  # fmt: skip
def test_a_name_in_a_text_is_a_guess(text: str, found: bool) -> None:
    assert in_text(text) == ([("topic", False)] if found else [])


def test_the_cells_of_a_table_are_looked_through_too_and_the_words_around_are_kept() -> None:
    data = {"programme": [{"item": "签到"}, {"item": "上午由技术部现场演示并讲解 HX-350 的安装与报价要点"}]}
    (found,) = find_quotes(TEXTS, data, {}, [change()], FIRST)
    assert (found.field, found.product) == ("programme", "HX-350")
    assert mention(data["programme"][1]["item"], "HX-350", NAME) == found.words
    assert found.words.startswith("…")
    assert "HX-350" in found.words
