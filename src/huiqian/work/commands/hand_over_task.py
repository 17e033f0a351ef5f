"""Hand an open task to somebody else."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.documents.effects import add_reader
from huiqian.documents.models import Reader
from huiqian.process.access import may_see_case
from huiqian.process.run import lock_case_of_task, write_facts
from huiqian.work.access import AlreadyDecided, CaseClosed
from huiqian.work.events import TaskHandedOver
from huiqian.work.models import Assignment, Recheck
from huiqian.work.rechecks import pass_on


@command
def hand_over_task(actor: Actor, assignment_id: int, to: str, *, reason: str = "") -> None:
    """Give one's share of an open task to somebody else (`to` is a login); an administrator can do it for anybody.

    The deadline stays. Both names go on the record. Refusals: NotFound, Forbidden, CaseClosed, AlreadyDecided, Invalid.
    """
    task_id = Assignment.objects.filter(pk=assignment_id).values_list("task_id", flat=True).first()
    if task_id is None:
        raise NotFound
    now = clock.now()
    case = lock_case_of_task(actor, task_id, now)
    share = Assignment.objects.select_related("task").get(pk=assignment_id)
    if not actor.admin and share.person_id != actor.id:
        if not may_see_case(actor, case.id):
            raise NotFound
        raise Forbidden(_("Only the person who was asked, or an administrator, can hand this task over."))
    if not case.running:
        raise CaseClosed
    if share.status not in (Assignment.Status.OPEN, Assignment.Status.WAITING):
        raise AlreadyDecided
    receiver = next((p for p in case.roster.people.values() if p.login == to and p.active), None)
    if receiver is None:
        raise Invalid({"to": [_("There is no such person, or the account is closed.")]})
    if Assignment.objects.filter(task_id=task_id, person_id=receiver.id, status__in=("open", "waiting")).exists():
        raise Invalid({"to": [_("This person is asked in this step already.")]})
    former = share.person_id
    share.status = Assignment.Status.CLOSED
    share.save(update_fields=["status"])
    Assignment.objects.create(
        task_id=task_id, person_id=receiver.id, turn=share.turn, due_at=share.due_at, assigned_at=now,
        via=Assignment.Via.TRANSFERRED if actor.id == former else Assignment.Via.HANDED_OVER, added_by_id=actor.id,
        status=Assignment.Status.OPEN,
    )  # fmt: skip
    add_reader(case.id, receiver.id, Reader.Role.PARTICIPANT, now)
    case.facts.append(
        TaskHandedOver(
            task=task_id, element=share.task.element, person=former, to=receiver.id, reason=reason.strip()[:1000]
        )
    )
    # Who has nothing more to do with the case is not asked whether it is still right.
    shares = Assignment.objects.filter(task__instance_id=case.id, status__in=("open", "waiting"))
    if not shares.filter(person_id=former).exists():
        for recheck in Recheck.objects.filter(instance_id=case.id, person_id=former, answer=""):
            pass_on(case, recheck, receiver.id)
    write_facts(case)
