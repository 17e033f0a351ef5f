"""While somebody is away, whoever decides for them hears of their tasks, too."""

from datetime import timedelta

import pytest

from huiqian.base import clock
from huiqian.journal.models import Entry
from huiqian.notify.commands import deliver
from huiqian.notify.models import Notice
from huiqian.org.commands import appoint_deputy, end_deputy
from huiqian.org.models import Deputy
from huiqian.work.commands import decide, remind_overdue, urge_task
from tests.people import actor, open_task, start

pytestmark = pytest.mark.usefixtures("company")
AWAY, DEPUTY = "product_marketing_director", "finance_manager"


def heard(login: str) -> list[tuple[str, str, bool]]:
    """What somebody has heard of deputyships: the kind, whose name stands over it, and whether they are the deputy."""
    deliver(actor("admin"), list(Entry.objects.values_list("pk", flat=True)))
    found = Notice.objects.filter(person__login=login, kind__startswith="deputy_").order_by("pk")
    return [(one.kind, one.case_title, one.detail["to_deputy"]) for one in found]


def told(login: str) -> dict[str, str | None]:
    """What somebody has heard, and for whom."""
    deliver(actor("admin"), list(Entry.objects.values_list("pk", flat=True)))
    return {
        notice.kind: notice.detail.get("behalf")
        for notice in Notice.objects.filter(person__login=login).exclude(kind__startswith="deputy_")
    }


def stand_in() -> None:
    """李强 is away for ten days."""
    today = clock.today()
    appoint_deputy(actor(AWAY), AWAY, DEPUTY, since=today, until=today + timedelta(days=10))


def test_tasks_pushes_and_reminders_go_to_both_and_say_for_whom() -> None:
    stand_in()
    urge_task(actor("marketing_manager"), open_task(start(), AWAY))
    with clock.moved_to(clock.now() + timedelta(days=9)):
        assert remind_overdue(actor("admin")) == 1
    kinds = {"task_opened", "task_urged", "task_overdue"}
    assert told(AWAY) == dict.fromkeys(kinds)
    assert told(DEPUTY) == dict.fromkeys(kinds, "李强")


def test_who_is_away_hears_what_was_decided_for_them() -> None:
    number = start()
    stand_in()
    decide(actor(DEPUTY), open_task(number, AWAY), "approve", behalf=AWAY)
    assert "task_decided" in told(AWAY)
    assert "task_decided" not in told(DEPUTY)


def test_without_a_deputy_nobody_else_hears() -> None:
    start()
    assert told(DEPUTY) == {}


def test_a_deputy_hears_that_they_are_named_and_that_it_ends_early() -> None:
    stand_in()
    assert heard(DEPUTY) == [("deputy_appointed", "李强", True)]
    end_deputy(actor(AWAY), Deputy.objects.get().pk)
    assert heard(DEPUTY) == [("deputy_appointed", "李强", True), ("deputy_ended", "李强", True)]
    assert heard(AWAY) == []


def test_who_is_away_hears_what_an_administrator_arranges_for_them() -> None:
    today = clock.today()
    appoint_deputy(actor("admin"), AWAY, DEPUTY, since=today, until=today)
    assert heard(AWAY) == [("deputy_appointed", "许文静", False)]
