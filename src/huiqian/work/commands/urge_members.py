"""Push everybody who has not handed in yet."""

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.process.access import case_for
from huiqian.process.run import lock_case, write_facts
from huiqian.work.commands.urge_task import PAUSE
from huiqian.work.events import TaskUrged
from huiqian.work.models import Assignment, Urge


@command
def urge_members(actor: Actor, number: str) -> int:
    """Push all those of whom the same step of a case is asked and who have not done it; how many were pushed now.

    Who was pushed within the hour is left in peace, and oneself. Refusals: NotFound.
    """
    found = case_for(actor, number)
    case = lock_case(actor, found.pk, clock.now())
    shares = list(
        Assignment.objects.filter(task__instance_id=case.id, task__status="open", status="open")
        .exclude(task__member="")
        .exclude(person_id=actor.person)
        .exclude(task__urges__sent_at__gt=case.now - PAUSE)
        .order_by("task_id")
    )
    people: dict[int, list[int]] = {}
    for share in shares:
        people.setdefault(share.task_id, []).append(share.person_id)
    Urge.objects.bulk_create(Urge(task_id=task, sender_id=actor.person, sent_at=case.now) for task in people)
    case.facts += [TaskUrged(task=task, people=some) for task, some in people.items()]
    write_facts(case)
    return len(shares)
