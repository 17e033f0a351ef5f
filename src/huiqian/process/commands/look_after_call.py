"""Look after a case that another one called."""

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.documents.models import Document
from huiqian.engine import Complete, Fail, Input, NotPossible, Resume, Withdraw
from huiqian.org.queries import roster
from huiqian.process.calls import settle_call
from huiqian.process.content import content_of
from huiqian.process.members import Members, Seen, variables_of
from huiqian.process.models import Call, Instance
from huiqian.process.run import Case, advance, lock_case, save


@command
def look_after_call(actor: Actor, call: int) -> bool:
    """Tell the caller how the called case has ended, or withdraw a called case whose caller went another way.

    Returns whether something was done; any number of workers may ask, each call is settled once.
    """
    found = Call.objects.filter(pk=call, settled_at__isnull=True).first()
    if found is None:
        return False
    return _withdraw(actor, found) if found.cancelled else _answer(actor, found)


def _withdraw(actor: Actor, call: Call) -> bool:
    now = clock.now()
    child = lock_case(actor, call.child_id, now)
    if not settle_call(call, now):
        return False
    if child.status in (Instance.Status.RUNNING, Instance.Status.SUSPENDED):
        if child.state.suspended:
            advance(child, Resume())
        advance(child, Withdraw())
        save(child)
    return True


def _answer(actor: Actor, call: Call) -> bool:
    now = clock.now()
    case = lock_case(actor, call.caller_id, now)
    if case.status == Instance.Status.SUSPENDED or not settle_call(call, now):
        return False
    # While we waited for the case, it may have called it off; what the engine does not wait for is not told.
    if not case.running or call.wait not in case.state.waits:
        return True
    case.enter(call.wait)
    try:
        advance(case, _said(case, call))
    except NotPossible:
        return True
    save(case)
    return True


def _said(case: Case, call: Call) -> Input:
    variables = case.variables()
    if call.how != Instance.Status.COMPLETED:
        return Fail(call.wait, call.how, variables=variables)
    if call.error:
        return Fail(call.wait, call.error, variables=variables)
    # The called case is over: what it says does not change any more, and its row need not be locked.
    child = Instance.objects.get(pk=call.child_id)
    seen = Seen(child.pk, content_of(child.version_id), child.data, roster(), clock.now(), Members(child.pk))
    told = variables_of(seen)
    result = {name: told[name] for name in child.data if name in told}
    element = case.content.definition.elements[case.state.tokens[int(call.wait)].element]
    return Complete(call.wait, variables, {**result, **_beside(child)} if element.outputs else result)


def _beside(child: Instance) -> dict[str, object]:
    """What output rows may read beside the answers: the called case's number, its documents' numbers by their key."""
    papers = Document.objects.filter(dossier_id=child.pk, status=Document.Status.IN_FORCE)
    return {"case": child.number, "documents": dict(papers.values_list("key", "number"))}
