"""Take one's own decision back (撤回审批), while nothing after it was touched."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.commands import command
from huiqian.base.errors import Forbidden, NotFound, Refusal
from huiqian.documents.effects import void_signature
from huiqian.engine import NotPossible, TakeBack
from huiqian.org.rules import Chosen
from huiqian.process.access import may_see_case
from huiqian.process.run import Case, advance, lock_case_of_task, save
from huiqian.work.access import CaseClosed, read_task
from huiqian.work.events import DecisionTakenBack
from huiqian.work.models import Assignment
from huiqian.work.rules import OpenTask, Share, last_decided


class NotTakenBack(Refusal):
    """Somebody has acted on what came after, or it had effect outside of the case."""

    code = "not-taken-back"
    text = _(
        "This can no longer be taken back: somebody has acted after it, or it has taken effect. "
        "Ask whoever has the case now to return it."
    )


@command
def take_back_decision(actor: Actor, task_id: int, *, reason: str = "") -> None:
    """Take back what one decided, or one's deputy did: what it opened closes, its signature is void, one is asked anew.

    What was filled in stays, to be corrected. Refusals: NotFound, Forbidden, CaseClosed, NotTakenBack (it was a return,
    somebody has acted after it or signed the same step, or it has taken effect).
    """
    now = clock.now()
    case = lock_case_of_task(actor, task_id, now)
    task = read_task(task_id)
    share = _decided_by(actor, case, task)
    if not case.running:
        raise CaseClosed
    if last_decided(task) != share:
        raise NotTakenBack
    _go_back(case, task, share, reason.strip()[:1000])
    save(case, behalf=share.person if share.person != actor.id else None)


def _decided_by(actor: Actor, case: Case, task: OpenTask) -> Share:
    """The share that the actor decided, or that was theirs and decided for them."""
    today = case.now.astimezone(COMPANY_ZONE).date()
    people = {actor.person} | case.roster.stands_in_for(actor.person, today)
    own = [one for one in task.shares if one.status == "done" and one.person in people]
    found = [one for one in own if actor.id in (one.person, one.decided_by)]
    if found:
        return found[-1]
    if not may_see_case(actor, case.id):
        raise NotFound
    raise Forbidden(_("Only whoever decided can take it back."))


def _go_back(case: Case, task: OpenTask, share: Share, reason: str) -> None:
    """Let the engine put the case back where it was; NotTakenBack where somebody has acted since."""
    asked = Assignment.objects.filter(task__instance_id=case.id, task__status="open").values_list("pk", flat=True)
    open_before, place = list(asked), len(case.facts)
    Assignment.objects.filter(pk=share.id).update(status=Assignment.Status.TAKEN_BACK)
    if share.decided_at is not None:
        void_signature(case.id, task.element, share.decided_at, case.now)
    case.ask_again[task.element] = (Chosen(case.roster.people[share.person], share.via),)
    case.enter(task.wait)
    try:
        advance(case, TakeBack(task.wait, case.variables()))
    except NotPossible:
        raise NotTakenBack from None
    closed = Assignment.objects.filter(pk__in=open_before, task__status="cancelled")
    if closed.filter(status="done").exists():
        raise NotTakenBack
    people = sorted(set(closed.values_list("person_id", flat=True)))
    case.facts.insert(place, DecisionTakenBack(task=task.id, element=task.element, reason=reason, people=people))
