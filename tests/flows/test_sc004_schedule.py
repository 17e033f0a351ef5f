"""SC-004 begins by itself on the 26th, 09:00: over a whole year, through rest days and downtimes, once each."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.clock import COMPANY_ZONE
from huiqian.jobs.turns import start_scheduled_cases
from huiqian.org.effects import note
from huiqian.org.events import CalendarSeeded
from huiqian.org.models import SpecialDay
from huiqian.process.models import Instance, Schedule, ScheduleRun
from huiqian.work.models import Task
from tests.people import asked
from tests.sales import MANAGERS

YEAR = 2027
# 2027-06-26 is a Saturday that is worked (调休); 2027-08-26 and 27 are holidays before a weekend.
SPECIAL = {date(2027, 6, 26): True, date(2027, 8, 26): False, date(2027, 8, 27): False}
# Plans opened on a rest day are due the next working day; those of a server that was down, when it is back.
DUE = {
    1: date(2027, 1, 26), 2: date(2027, 3, 2), 3: date(2027, 3, 26), 4: date(2027, 4, 26), 5: date(2027, 5, 26),
    6: date(2027, 6, 26), 7: date(2027, 7, 27), 8: date(2027, 8, 30), 9: date(2027, 9, 27), 10: date(2027, 10, 26),
    11: date(2027, 11, 26), 12: date(2027, 12, 27),
}  # fmt: skip
LOOKS = ((8, 30), (8, 59), (9, 0), (9, 1), (16, 1))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment in Shanghai."""
    return datetime.combine(day, time(hour, minute), COMPANY_ZONE)


DOWN = (
    (at(date(2027, 2, 24), 0), at(date(2027, 3, 2), 8, 30)),  # over the whole 26th, and longer
    (at(date(2027, 7, 26), 8), at(date(2027, 7, 26), 16)),  # over the morning of the 26th
)


def moments() -> Iterator[datetime]:
    """When the worker looks, all through the year, while it runs."""
    for number in range(365):
        day = date(YEAR, 1, 1) + timedelta(days=number)
        for hour, minute in LOOKS if day.day in (1, 2, 25, 26, 27) else LOOKS[2:3]:
            now = at(day, hour, minute)
            if not any(begins <= now < ends for begins, ends in DOWN):
                yield now


@pytest.fixture
def year(company: None) -> None:
    """The year begins; its special days are known."""
    for day, works in SPECIAL.items():
        SpecialDay.objects.update_or_create(day=day, defaults={"works": works})
    note(SYSTEM, CalendarSeeded(first=YEAR, last=YEAR, days=len(SPECIAL)))
    Schedule.objects.exclude(definition__code="SC-004").delete()
    Schedule.objects.update(next_at=at(date(YEAR, 1, 26), 9))


@pytest.mark.usefixtures("year")
def test_every_month_of_a_year_is_planned_once_whatever_day_the_26th_is() -> None:
    opened: dict[date, datetime] = {}
    with clock.moved_to(at(date(YEAR, 1, 1), 0)):
        for now in moments():
            clock.advance(now - clock.now())
            if start_scheduled_cases():
                run = ScheduleRun.objects.order_by("-pk").select_related("case")[0]
                assert run.case is not None, run.reason_zh
                opened[run.occurrence] = now
                check_opened(run.case)
    assert list(opened) == [date(YEAR, month, 26) for month in range(1, 13)]
    late = {date(2027, 2, 26): DOWN[0][1], date(2027, 7, 26): at(date(2027, 7, 26), 16, 1)}
    assert opened == {day: late.get(day, at(day, 9)) for day in opened}
    cases = Instance.objects.filter(version__definition__code="SC-004").order_by("started_at")
    assert [case.data["plan_month"] for case in cases] == [
        *(f"{YEAR}-{month:02d}" for month in range(2, 13)), f"{YEAR + 1}-01",
    ]  # fmt: skip
    due = Task.objects.filter(element="plan").order_by("due_at").values_list("due_at", flat=True).distinct()
    assert [moment.astimezone(COMPANY_ZONE).date() for moment in due if moment] == list(DUE.values())


def check_opened(case: Instance) -> None:
    """It is ready: every key account manager is asked, for the whole of next month."""
    assert asked(case.number) == {*MANAGERS, "key_account_director"}
    first = date.fromisoformat(case.data["plan_period"]["start"])
    last = date.fromisoformat(case.data["plan_period"]["end"])
    assert (first.day, (last + timedelta(days=1)).day) == (1, 1)
    assert first.strftime("%Y-%m") == last.strftime("%Y-%m") == case.data["plan_month"]
