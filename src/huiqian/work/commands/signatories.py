"""Add a signatory to a step (加签), and take one off who has not decided yet (减签)."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.commands import command
from huiqian.base.errors import Forbidden, Invalid, NotFound, Refusal
from huiqian.documents.effects import add_reader
from huiqian.process.access import may_see_case
from huiqian.process.run import Case, lock_case_of_task, write_facts
from huiqian.work.access import AlreadyDecided, CaseClosed, read_task, share_for_decision
from huiqian.work.events import SignatoryAdded, SignatoryRemoved
from huiqian.work.models import Assignment, Task
from huiqian.work.rules import AFTER, BEFORE, OpenTask, Share, check_signatory


class NotOffered(Refusal):
    """The step knows no signatories beside its own."""

    code = "signatories-not-offered"
    text = _("Nobody can be added to this step. Hand the task over, or copy your colleague on the case.")


@command
def add_signatory(actor: Actor, task_id: int, person: str, place: str, *, reason: str, behalf: str = "") -> None:
    """Let a colleague (a login) decide a step, too: before, after or beside oneself, with a reason.

    All of them must agree then; any of them may return. The colleague gives an opinion and fills in nothing.
    Refusals: NotFound, Forbidden, CaseClosed, AlreadyDecided, NotOffered, Invalid.
    """
    now = clock.now()
    case = lock_case_of_task(actor, task_id, now)
    task = read_task(task_id)
    share = share_for_decision(actor, case, task, behalf)
    offered = check_signatory(case.content.definition.elements[task.element], task, place, reason)
    if not offered:
        raise NotOffered
    added = next((one for one in case.roster.people.values() if one.login == person and one.active), None)
    if added is None:
        raise Invalid({"person": [_("There is no such person, or the account is closed.")]})
    if added.id == actor.id or any(one.person == added.id and one.status != "closed" for one in task.shares):
        raise Invalid({"person": [_("This person is asked in this step already.")]})
    turn, status = _make_room(task, share, place)
    Assignment.objects.create(
        task_id=task.id, person_id=added.id, status=status, via=Assignment.Via.ADDED, turn=turn, assigned_at=now,
        added_by_id=actor.person, due_at=Assignment.objects.values_list("due_at", flat=True).get(pk=share.id),
    )  # fmt: skip
    add_reader(case.id, added.id, "participant", now)
    fact = SignatoryAdded(
        task=task.id, element=task.element, people=[added.id], place=place, reason=reason.strip()[:1000]
    )
    case.facts.append(fact)
    write_facts(case, behalf=share.person if share.person != actor.id else None)


def _make_room(task: OpenTask, share: Share, place: str) -> tuple[int, str]:
    """Say how the task is settled from now on; the turn and status of whoever is added."""
    tasks, shares = Task.objects.filter(pk=task.id), Assignment.objects.filter(task_id=task.id)
    if place not in (BEFORE, AFTER):
        tasks.update(mode=Task.Mode.ALL)
        return share.turn, Assignment.Status.OPEN
    tasks.update(mode=Task.Mode.SEQUENCE)
    turn = share.turn if place == BEFORE else share.turn + 1
    shares.filter(turn__gte=turn).update(turn=F("turn") + 1)
    if place == BEFORE:
        shares.filter(pk=share.id).update(status=Assignment.Status.WAITING)
        return turn, Assignment.Status.OPEN
    return turn, Assignment.Status.WAITING


@command
def remove_signatory(actor: Actor, task_id: int, person: str, *, reason: str) -> None:
    """Take an added signatory off who has not decided yet, with a reason: by whoever added them, or an administrator.

    Refusals: NotFound, Forbidden, CaseClosed, AlreadyDecided, Invalid (no reason, or nobody would be left to decide).
    """
    case = lock_case_of_task(actor, task_id, clock.now())
    task = read_task(task_id)
    if not reason.strip():
        raise Invalid({"reason": [_("Say why.")]})
    share = _added(actor, case, task, person)
    if not case.running:
        raise CaseClosed
    if task.status != "open" or share.status not in ("open", "waiting"):
        raise AlreadyDecided
    left = [one for one in task.shares if one.id != share.id and one.status in ("open", "waiting")]
    if not left:
        raise Invalid({"person": [_("Nobody would be left to decide this step.")]})
    Assignment.objects.filter(pk=share.id).update(status=Assignment.Status.CLOSED)
    if task.mode == "sequence" and share.status == "open":
        following = min(left, key=lambda one: one.turn)
        Assignment.objects.filter(pk=following.id).update(status=Assignment.Status.OPEN, assigned_at=case.now)
    case.facts.append(
        SignatoryRemoved(task=task.id, element=task.element, people=[share.person], reason=reason.strip()[:1000])
    )
    write_facts(case)


def _added(actor: Actor, case: Case, task: OpenTask, login: str) -> Share:
    """The share of somebody who was added by the actor, or by whom they decide for; administrators take off anybody."""
    people = {actor.person} | case.roster.stands_in_for(actor.person, case.now.astimezone(COMPANY_ZONE).date())
    added = next((one.id for one in case.roster.people.values() if one.login == login), None)
    found = [one for one in task.shares if one.person == added and one.via == "added"]
    if not found:
        if may_see_case(actor, case.id):
            raise Invalid({"person": [_("This person was not added to the step.")]})
        raise NotFound
    by = Assignment.objects.values_list("added_by_id", flat=True).get(pk=found[-1].id)
    if not actor.admin and by not in people:
        if may_see_case(actor, case.id):
            raise Forbidden(_("Only whoever added somebody to a step, or an administrator, can take them off."))
        raise NotFound
    return found[-1]
