"""The business at a glance, and the positions' duties: read from what is in effect and what is going on."""

from datetime import timedelta
from itertools import pairwise

import pytest

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.insight.queries import all_duties, duties, overview, raci
from huiqian.org.commands import save_group
from tests.people import actor, answer, start

pytestmark = pytest.mark.usefixtures("company")


def test_the_picture_counts_what_is_going_on_and_what_is_late() -> None:
    start()
    number = start()
    boss = actor("general_manager")
    row = next(row for row in overview(boss, {}).rows if row.code == "SC-001")
    assert (row.running, row.late, row.ended) == (2, 0, 0)
    answer(number, "product_marketing_director")
    with clock.moved_to(clock.now() + timedelta(days=60)):
        view = overview(boss, {"SC-001": "/processes/SC-001"})
    row = next(row for row in view.rows if row.code == "SC-001")
    assert (row.running, row.late) == (2, 2)
    assert 'href="/processes/SC-001"' in view.picture
    assert "在办 2 · 逾期 2" in view.picture


def test_the_picture_has_every_link_of_the_handbook() -> None:
    links = {(row.code, other) for row in overview(actor("general_manager"), {}).rows for other in row.feeds}
    loop = ("SC-001", "SC-002", "SC-003", "SC-004", "SC-009", "SC-001")
    assert links >= set(pairwise(loop))
    assert links >= {("SC-007", "SC-001"), ("SC-002", "SC-007"), ("SC-003", "SC-006"), ("SC-007", "SC-006")}
    assert links >= {("SC-009", "SC-005"), ("SC-009", "SC-008")}


def test_duties_follow_the_diagrams() -> None:
    found = duties("marketing_manager")
    assert [duty.step for duty in found.starts if duty.process_code == "SC-001"] == ["编制市场调研策划书"]
    assert "编制市场调研策划书：调研计划" in found.starts[0].words
    director = duties("product_marketing_director")
    assert ("SC-001", "2", "审核策划书") in [(d.process_code, d.number, d.step) for d in director.decides]
    assert {duty.process_code for duty in director.told} >= {"SC-001"}
    assert duties("purchasing_officer").name == "采购部"


def test_a_group_s_duties_are_its_positions_and_change_with_it() -> None:
    def reviewing() -> set[str]:
        return {one.position for one in all_duties() for duty in one.decides if duty.step == "审核设计稿"}

    four = {"product_marketing_director", "key_account_director", "project_director", "technical_director"}
    assert reviewing() == four
    table = next(table for table in raci() if table.code == "SC-006")
    review = next(row for row in table.rows if row.step == "审核设计稿")
    codes = [code for code, _name in table.positions]
    letters = dict(zip(codes, review.cells, strict=True))
    assert {letters[code] for code in four} == {"A"}
    assert "department_managers" not in codes
    save_group(SYSTEM, "department_managers", name_zh="各部门经理", positions=["finance_manager"])
    assert reviewing() == {"finance_manager"}


def test_raci_says_who_does_who_decides_and_who_is_told() -> None:
    table = next(table for table in raci() if table.code == "SC-001")
    codes = [code for code, _name in table.positions]
    draft = next(row for row in table.rows if row.step == "编制市场调研策划书")
    cells = dict(zip(codes, draft.cells, strict=True))
    assert (cells["marketing_manager"], cells["product_marketing_director"]) == ("R", "A")
    budget = next(row for row in table.rows if row.step == "审批调研预算费用")
    assert dict(zip(codes, budget.cells, strict=True))["business_unit_director"] == "A"
