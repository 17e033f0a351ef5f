"""Ask for a task to be done soon (催办)."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import NotFound, Refusal
from huiqian.process.access import may_see_case
from huiqian.process.run import lock_case_of_task, write_facts
from huiqian.work.access import AlreadyDecided, read_task
from huiqian.work.events import TaskUrged
from huiqian.work.models import Urge

PAUSE = timedelta(hours=1)


class UrgedAlready(Refusal):
    """Somebody urged a moment ago."""

    code = "urged-already"
    text = _("Somebody urged this task within the last hour. Give them a little time.")


@command
def urge_task(actor: Actor, task_id: int, *, text: str = "") -> None:
    """Push whoever keeps a task of a case one may read waiting, once an hour at most.

    Refusals: NotFound, AlreadyDecided, UrgedAlready.
    """
    now = clock.now()
    case = lock_case_of_task(actor, task_id, now)
    if not may_see_case(actor, case.id):
        raise NotFound
    task = read_task(task_id)
    if task.status != "open":
        raise AlreadyDecided
    if Urge.objects.filter(task_id=task_id, sent_at__gt=now - PAUSE).exists():
        raise UrgedAlready
    Urge.objects.create(task_id=task_id, sender_id=actor.person, text=text.strip()[:200], sent_at=now)
    people = [share.person for share in task.shares if share.status == "open"]
    case.facts.append(TaskUrged(task=task_id, people=people))
    write_facts(case)
