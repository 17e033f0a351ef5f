"""The management board: cycle times, what is in time, where cases wait, who sees it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from huiqian.base import clock
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Forbidden, NotFound
from huiqian.insight.access import may_see_figures
from huiqian.insight.queries import board, bottleneck
from huiqian.org.rules import Calendar
from tests.people import SIGNATORIES, actor, answer, approve_up_to_signing, start

pytestmark = pytest.mark.usefixtures("company")
# A Monday morning; the demo's special days lie elsewhere.
MONDAY = datetime(2026, 11, 9, 9, tzinfo=COMPANY_ZONE)


@pytest.fixture
def monday() -> Iterator[None]:
    """It is Monday, nine o'clock."""
    with clock.moved_to(MONDAY):
        yield


def test_working_time_between_two_moments_leaves_out_nights_noon_and_rest_days() -> None:
    calendar = Calendar({(MONDAY + timedelta(days=2)).date(): False})
    assert calendar.worked(MONDAY, MONDAY + timedelta(hours=5)) == timedelta(hours=4)
    assert calendar.worked(MONDAY, MONDAY + timedelta(days=3)) == timedelta(hours=16)
    friday = MONDAY + timedelta(days=4, hours=8)
    assert calendar.worked(friday, friday + timedelta(days=3)) == timedelta(hours=8)
    assert calendar.worked(friday, MONDAY) == timedelta(0)


def test_a_step_waits_in_working_hours_and_is_told_on_the_diagram(monday: None) -> None:
    number = start()
    with clock.moved_to(MONDAY + timedelta(days=4)):
        answer(number, "product_marketing_director")
        found = bottleneck(actor("general_manager"), "SC-001", 30)
    review = next(row for row in found.rows if row.step == "审核策划书")
    assert (review.hours, review.tasks, review.late, review.heat) == (Decimal("32.0"), 1, 1, "slowest")
    assert review.position == "产品市场部经理"
    assert found.rows[0] == review
    assert "32.0 小时 · 1 次" in found.picture
    assert "等待超过 24 小时" in found.picture
    assert "超时 100%" in found.picture


def test_what_lies_before_the_period_is_not_counted(monday: None) -> None:
    answer(start(), "product_marketing_director")
    with clock.moved_to(MONDAY + timedelta(days=45)):
        assert bottleneck(actor("general_manager"), "SC-001", 30).rows == ()
        now, longer = (board(actor("general_manager"), days) for days in (30, 90))
    assert (now.on_time.all, now.on_time_before.all) == (0, 2)
    assert longer.on_time.all == 2
    assert now.on_time.percent is None
    assert now.on_time_change is None


def test_the_board_counts_what_goes_on_what_ended_and_what_is_late(monday: None) -> None:
    start()
    boss = actor("general_manager")
    before = board(boss, 30)
    assert (before.running, before.running_change, before.completed, before.middle) == (1, 1, 0, None)
    done = start(kind="regular")
    with clock.moved_to(MONDAY + timedelta(days=4)):
        answer(done, "product_marketing_director", "return", "预算依据不足，请补充。")
        view = board(boss, 30)
    late = next(load for load in view.loads if load.position == "product_marketing_director")
    assert (late.late, late.all, view.late) == (1, 1, 1)
    assert view.loads[0] == late
    month = view.months[-1]
    assert (month.first.isoformat(), month.on_time.all) == ("2026-11-01", 3)


def test_cycle_times_are_told_by_process(monday: None) -> None:
    number = start(kind="regular")
    with clock.moved_to(MONDAY + timedelta(days=4)):
        approve_up_to_signing(number)
        for login in SIGNATORIES:
            answer(number, login)
        view = board(actor("general_manager"), 30)
    cycle = next(one for one in view.cycles if one.code == "SC-001")
    assert (cycle.cases, cycle.middle, cycle.most) == (1, Decimal("4.0"), Decimal("4.0"))
    assert view.middle == Decimal("4.0")


def test_it_is_for_superiors_and_administrators() -> None:
    assert may_see_figures(actor("general_manager"))
    assert may_see_figures(actor("product_marketing_director"))
    assert may_see_figures(actor("admin"))
    assert not may_see_figures(actor("purchasing_officer"))
    for ask in (lambda who: board(who, 30), lambda who: bottleneck(who, "SC-001", 30)):
        with pytest.raises(Forbidden):
            ask(actor("purchasing_officer"))
    with pytest.raises(NotFound):
        bottleneck(actor("admin"), "SC-999", 30)
