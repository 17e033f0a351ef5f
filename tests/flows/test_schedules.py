"""Processes that begin by themselves: over a year, after a downtime, in a race, with a start that fails."""

import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Forbidden, Invalid, NotFound, Stale
from huiqian.jobs.turns import start_scheduled_cases
from huiqian.process.commands import retry_scheduled, save_schedule, start_scheduled
from huiqian.process.models import Instance, Schedule, ScheduleRun
from tests.flows.small import load_line, step
from tests.people import actor, asked

NEXT_MONTH = 'string(year(occurrence + duration("P1M"))) + "-" + string(month(occurrence + duration("P1M")))'
SAID = {"day": 26, "at": "09:00", "values": {"plan_month": 'occurrence + duration("P1M")'}}


def at(*moment: int) -> datetime:
    """A moment in Shanghai."""
    return datetime(*moment, tzinfo=COMPANY_ZONE)  # type: ignore[misc,arg-type]


def _load(folder: Path, moment: datetime, **about: object) -> Schedule:
    # The handbook's own schedules have tests of their own.
    Schedule.objects.all().delete()
    with clock.moved_to(moment):
        load_line(folder, "T-600", step("plan"), schedule=SAID, **about)
    return Schedule.objects.get(definition__code="T-600")


def _save(**changes: object) -> Schedule:
    said = {"enabled": True, "rule": "monthly", "day": "26", "at": "09:00", "values": SAID["values"], "based_on": 1}
    return save_schedule(actor("admin"), "T-600", **{**said, **changes})  # type: ignore[arg-type]


def test_a_year_of_months_each_begun_once(company: None, tmp_path: Path) -> None:
    _load(tmp_path, at(2026, 1, 10))
    with clock.moved_to(at(2026, 1, 10)):
        for _day in range(365):
            clock.advance(timedelta(days=1))
            start_scheduled_cases()
    runs = list(ScheduleRun.objects.order_by("occurrence").select_related("case"))
    assert [run.occurrence for run in runs] == [date(2026, month, 26) for month in range(1, 13)]
    assert [run.case.data["plan_month"] for run in runs][-2:] == ["2026-12-26", "2027-01-26"]  # type: ignore[union-attr]
    assert all(asked(run.case.number) == {"marketing_manager"} for run in runs)  # type: ignore[union-attr]
    assert {run.case.starter.login for run in runs} == {"marketing_manager"}  # type: ignore[union-attr]


def test_a_server_that_was_down_catches_up_in_order_and_not_for_ever(company: None, tmp_path: Path) -> None:
    _load(tmp_path, at(2026, 1, 10))
    with clock.moved_to(at(2026, 4, 26, 9, 0)):
        assert start_scheduled_cases() == 4
        assert start_scheduled_cases() == 0
    with clock.moved_to(at(2028, 6, 1)):
        assert start_scheduled_cases() == 12
    days = list(ScheduleRun.objects.order_by("pk").values_list("occurrence", flat=True))
    assert days == sorted(days)
    assert days[4] == date(2027, 6, 26)


def test_workers_that_race_start_one_case(real_company: None, tmp_path: Path) -> None:
    _load(tmp_path, at(2026, 1, 10))

    def work() -> None:
        try:
            with clock.moved_to(at(2026, 1, 27)):
                start_scheduled(SYSTEM)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Instance.objects.filter(version__definition__code="T-600").count() == 1


def test_a_start_that_fails_is_kept_and_retried_and_holds_up_nobody(company: None, tmp_path: Path) -> None:
    schedule = _load(tmp_path, at(2026, 1, 10))
    schedule.values = {"plan_month": "1 +"}
    schedule.save()
    with clock.moved_to(at(2026, 2, 27)):
        assert start_scheduled_cases() == 2
        run = ScheduleRun.objects.get(occurrence=date(2026, 1, 26))
        assert run.case is None
        assert run.reason_zh
        assert not retry_scheduled(actor("admin"), run.pk)
        _save()
        assert retry_scheduled(actor("admin"), run.pk)
        run.refresh_from_db()
        assert run.case is not None
        assert run.case.data == {"plan_month": "2026-02-26"}
        with pytest.raises(Stale):
            retry_scheduled(actor("admin"), run.pk)
        with pytest.raises(Forbidden):
            retry_scheduled(actor("marketing_manager"), run.pk)
        with pytest.raises(NotFound):
            retry_scheduled(actor("admin"), 0)


def test_the_starter_is_who_holds_the_position_or_a_superior(company: None, tmp_path: Path) -> None:
    _load(tmp_path, at(2026, 1, 10), starter="product_marketing_director")
    with clock.moved_to(at(2026, 1, 26, 9)):
        start_scheduled_cases()
    assert Instance.objects.get(version__definition__code="T-600").starter.login == "product_marketing_director"


def test_a_schedule_belongs_to_administrators_once_it_is_there(company: None, tmp_path: Path) -> None:
    _load(tmp_path, at(2026, 1, 10))
    with clock.moved_to(at(2026, 1, 12)):
        saved = _save(rule="weekly", day="5", at="14:30")
        assert saved.next_at == at(2026, 1, 16, 14, 30)
        load_line(tmp_path, "T-600", step("plan"), step("more"), schedule=SAID)
        assert Schedule.objects.get().rule == "weekly"
        with pytest.raises(Stale):
            _save()
        with pytest.raises(Forbidden):
            save_schedule(actor("general_manager"), "T-600", enabled=True, rule="weekly", day="1", at="09:00")
        _save(enabled=False, based_on=2)
    with clock.moved_to(at(2027, 1, 1)):
        assert start_scheduled_cases() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rule": "daily"}, "rule"), ({"day": "32"}, "day"), ({"day": "x"}, "day"),
        ({"rule": "weekly", "day": "8"}, "day"),
        ({"rule": "yearly", "month": "13"}, "month"), ({"at": "25:00"}, "at"), ({"starter": "nobody"}, "starter"),
        ({"values": {"plan_month": "1 +"}}, "values.plan_month"), ({"values": {"a b": "1"}}, "values.a b"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(
    company: None, tmp_path: Path, changes: dict[str, object], field: str
) -> None:
    _load(tmp_path, at(2026, 1, 10))
    with pytest.raises(Invalid) as refused:
        _save(**changes)
    assert set(refused.value.errors) == {field}


def test_what_the_handbook_begins_by_itself_begins(company: None) -> None:
    with clock.moved_to(clock.now() + timedelta(days=40)):
        start_scheduled_cases()
    for run in ScheduleRun.objects.select_related("schedule__definition"):
        assert run.case_id is not None, (run.schedule.definition.code, run.reason_zh)
    assert ScheduleRun.objects.values("schedule").distinct().count() == Schedule.objects.count()
