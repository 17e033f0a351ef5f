"""While somebody is away, whoever decides for them hears of their tasks, too."""

from datetime import timedelta

import pytest

from huiqian.base import clock
from huiqian.journal.models import Entry
from huiqian.notify.commands import deliver
from huiqian.notify.models import Notice
from huiqian.org.commands import appoint_deputy
from huiqian.work.commands import decide, remind_overdue, urge_task
from tests.people import actor, open_task, start

pytestmark = pytest.mark.usefixtures("company")
AWAY, DEPUTY = "product_marketing_director", "finance_manager"


def told(login: str) -> dict[str, str | None]:
    """What somebody has heard, and for whom."""
    deliver(actor("admin"), list(Entry.objects.values_list("pk", flat=True)))
    return {notice.kind: notice.detail.get("behalf") for notice in Notice.objects.filter(person__login=login)}


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
