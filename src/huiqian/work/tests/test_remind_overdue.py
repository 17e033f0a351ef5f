"""Tasks that are late: their people are reminded once."""

from datetime import timedelta

import pytest

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.journal.models import Entry
from huiqian.work.commands import remind_overdue
from huiqian.work.models import Task
from tests.people import actor, answer, open_task, start

pytestmark = pytest.mark.usefixtures("company")


def _late(number: str, login: str) -> int:
    task = open_task(number, login)
    Task.objects.filter(pk=task).update(due_at=clock.now() - timedelta(minutes=1))
    return task


def _reminded() -> list[dict[str, object]]:
    return [entry.detail for entry in Entry.objects.filter(kind="task_overdue")]


def test_the_people_of_a_late_task_are_reminded_once() -> None:
    task = _late(start(), "product_marketing_director")
    assert remind_overdue(SYSTEM) == 1
    assert remind_overdue(SYSTEM) == 0
    assert _reminded() == [{"task": task, "people": [actor("product_marketing_director").id]}]


def test_nobody_is_reminded_before_the_deadline_or_after_the_decision() -> None:
    decided = start()
    task = _late(decided, "product_marketing_director")
    answer(decided, "product_marketing_director")
    start()
    assert Task.objects.get(pk=task).status == "done"
    assert remind_overdue(SYSTEM) == 0
    assert _reminded() == []


def test_many_are_reminded_a_portion_at_a_time() -> None:
    for _ in range(3):
        _late(start(), "product_marketing_director")
    assert remind_overdue(SYSTEM, limit=2) == 2
    assert remind_overdue(SYSTEM, limit=2) == 1
