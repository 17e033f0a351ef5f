"""Remind the people of tasks that are late."""

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.journal.record import record
from huiqian.work.events import TaskOverdue
from huiqian.work.models import Task


@command
def remind_overdue(actor: Actor, *, limit: int = 200) -> int:
    """Tell the people of tasks whose deadline passed, once each; returns how many tasks were late.

    Safe to run in any number of workers at once: each takes other rows.
    """
    now = clock.now()
    late = list(
        Task.objects.select_for_update(skip_locked=True)
        .filter(status=Task.Status.OPEN, due_at__lte=now, reminded_at__isnull=True)
        .order_by("due_at")[:limit]
    )
    for task in late:
        people = list(task.assignments.filter(status="open").values_list("person_id", flat=True))
        fact = TaskOverdue(task=task.pk, people=people)
        record(actor, f"case:{task.instance_id}", [fact], at=now, tell="notify.deliver")
    Task.objects.filter(pk__in=[task.pk for task in late]).update(reminded_at=now)
    return len(late)
