"""A turn of a schedule that an administrator takes up by hand: the last one that nobody took, or the next one early."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from huiqian.base import clock
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Forbidden, Invalid, NotFound, Stale
from huiqian.jobs.turns import start_scheduled_cases
from huiqian.process.commands import take_up_turn
from huiqian.process.models import Instance, Schedule, ScheduleRun
from huiqian.process.occurrences import Rhythm
from tests.flows.small import load_line, step
from tests.people import actor, asked

INTRODUCED = datetime(2026, 11, 27, 15, 0, tzinfo=COMPANY_ZONE)
LAST, NEXT = date(2026, 11, 26), date(2026, 12, 26)
SAID = {"day": 26, "at": "09:00", "values": {"plan_month": "occurrence"}}


@pytest.fixture
def introduced(company: None, tmp_path: Path) -> None:
    """A process is introduced the day after its turn."""
    Schedule.objects.all().delete()
    with clock.moved_to(INTRODUCED):
        load_line(tmp_path, "T-610", step("plan"), schedule=SAID)


@pytest.mark.usefixtures("introduced")
def test_the_turn_before_it_was_introduced_is_taken_up_once() -> None:
    with clock.moved_to(INTRODUCED):
        assert start_scheduled_cases() == 0
        run = take_up_turn(actor("admin"), "T-610", LAST)
        assert run.case is not None
        assert run.case.data == {"plan_month": "2026-11-26"}
        assert asked(run.case.number) == {"marketing_manager"}
        with pytest.raises(Stale):
            take_up_turn(actor("admin"), "T-610", LAST)


@pytest.mark.usefixtures("introduced")
def test_the_next_turn_is_taken_early_and_does_not_come_again() -> None:
    with clock.moved_to(INTRODUCED):
        take_up_turn(actor("admin"), "T-610", NEXT)
    with clock.moved_to(datetime(2026, 12, 26, 9, 0, tzinfo=COMPANY_ZONE)):
        start_scheduled_cases()
    assert list(ScheduleRun.objects.values_list("occurrence", flat=True)) == [NEXT]
    assert Instance.objects.filter(version__definition__code="T-610").count() == 1
    with clock.moved_to(datetime(2027, 1, 26, 9, 0, tzinfo=COMPANY_ZONE)):
        assert start_scheduled_cases() == 1


@pytest.mark.usefixtures("introduced")
def test_no_other_day_and_nobody_else() -> None:
    with clock.moved_to(INTRODUCED):
        for day in (date(2026, 10, 26), date(2026, 11, 27), date(2027, 1, 26)):
            with pytest.raises(Invalid) as refused:
                take_up_turn(actor("admin"), "T-610", day)
            assert set(refused.value.errors) == {"day"}
        with pytest.raises(Forbidden):
            take_up_turn(actor("general_manager"), "T-610", LAST)
        with pytest.raises(NotFound):
            take_up_turn(actor("admin"), "T-999", LAST)
    assert not ScheduleRun.objects.exists()


@pytest.mark.parametrize(
    ("rule", "day", "month", "last"),
    [("monthly", 26, 1, LAST), ("weekly", 5, 1, date(2026, 11, 27)), ("yearly", 28, 11, date(2025, 11, 28))],
)
def test_the_last_occurrence_of_every_rhythm(rule: str, day: int, month: int, last: date) -> None:
    rhythm = Rhythm(rule, day, INTRODUCED.time(), month)
    assert rhythm.last(INTRODUCED).date() == last
    assert rhythm.after(rhythm.last(INTRODUCED)) > INTRODUCED
    assert rhythm.last(rhythm.moment(last)) == rhythm.moment(last)
    assert rhythm.last(rhythm.moment(last) - timedelta(seconds=1)) < rhythm.moment(last)
