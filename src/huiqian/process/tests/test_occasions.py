"""What answers say of days, and which happenings get in each other's way."""

from datetime import date
from typing import Any

import pytest

from huiqian.process.occasions import Slot, clash_of, same_place, slots_of

EVENT = {"kind": "event", "period": "period", "place": "city", "people": ["team.person", "leader"]}
SESSIONS = {"kind": "training", "rows": "sessions", "day": ["moved_to", "date"], "time": "time", "text": "session",
            "place": "place", "people": ["trainer"]}  # fmt: skip
NAMES = {"liu": "刘洋", "wang": "王丽"}


def slot(first: str = "2026-12-03", last: str = "", **more: Any) -> Slot:
    return Slot(more.pop("kind", "event"), date.fromisoformat(first), date.fromisoformat(last or first), **more)


def test_a_period_with_its_place_and_people() -> None:
    answers = {
        "period": {"start": "2026-12-03", "end": "2026-12-05"}, "city": " 苏州 ", "leader": "wang",
        "team": [{"person": "liu", "duty": "接待"}, {"person": None}, {"person": ""}],
    }  # fmt: skip
    assert slots_of([EVENT], answers) == (slot(last="2026-12-05", place="苏州", people=("liu", "wang")),)


def test_one_a_row_with_the_first_day_that_is_answered() -> None:
    rows = [
        {"date": "2026-12-03", "time": "09:00", "session": "选型", "place": "公司", "trainer": "王丽"},
        {"date": "2026-12-04", "moved_to": "2026-12-10"}, {"date": "soon"}, "no row", {"date": None},
    ]  # fmt: skip
    assert slots_of([SESSIONS], {"sessions": rows}) == (
        slot(kind="training", time="09:00", text="选型", place="公司", people=("王丽",)),
        slot("2026-12-10", kind="training", row=1),
    )


@pytest.mark.parametrize(
    ("answers", "days"),
    [
        ({"from": "2026-12-01", "to": "2026-12-31"}, ["2026-12-01 2026-12-31"]),
        ({"to": "2026-12-31"}, ["2026-12-31 2026-12-31"]), ({"from": "2026-12-01"}, ["2026-12-01 2026-12-01"]),
        ({"from": "2026-12-31", "to": "2026-12-01"}, []), ({"from": 20261201, "to": ["2026-12-01"]}, []), ({}, []),
    ],
)  # fmt: skip
def test_from_and_to(answers: dict[str, Any], days: list[str]) -> None:
    found = slots_of([{"kind": "research", "from": "from", "to": "to"}], answers)
    assert [f"{one.first} {one.last}" for one in found] == days


def test_what_is_no_date_range_or_no_table_is_left_out() -> None:
    assert slots_of([EVENT, SESSIONS], {"period": "2026-12", "sessions": "none", "team": "liu"}) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("苏州", "苏州国际会议中心", True), ("苏州", "杭州", False), ("苏 州", "苏州", True), ("", "苏州", False),
        ("A", "A 厅", False), ("Hall 3", "hall 3", True),
    ],
)  # fmt: skip
def test_a_place_is_the_same_where_one_contains_the_other(one: str, other: str, same: bool) -> None:
    assert same_place(one, other) is same_place(other, one) is same


def test_happenings_clash_by_place_or_people_at_the_same_time() -> None:
    mine = slot("2026-12-03", "2026-12-05", place="苏州", people=("liu",))
    found = clash_of(mine, slot("2026-12-05", kind="training", place="苏州工厂", people=("刘洋", "王丽")), NAMES)
    assert found is not None
    assert (found.same_place, found.people) == (True, ("刘洋",))
    assert clash_of(mine, slot("2026-12-06", place="苏州", people=("liu",)), NAMES) is None, "a day later"
    assert clash_of(mine, slot("2026-12-04", place="杭州", people=("wang",)), NAMES) is None, "elsewhere, others"
    assert clash_of(mine, slot("2026-12-04", kind="research", place="苏州"), NAMES) is None, "research is no happening"
