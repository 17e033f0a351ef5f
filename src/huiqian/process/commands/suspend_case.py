"""Let a case stand still, and let it go on."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid, Stale
from huiqian.engine import Resume, Suspend
from huiqian.org.access import check_may_administer
from huiqian.process.access import case_for
from huiqian.process.events import CaseResumed, CaseSuspended
from huiqian.process.models import Instance
from huiqian.process.run import advance, lock_case, save


@command
def suspend_case(actor: Actor, number: str, reason: str) -> None:
    """Let a running case stand still, with a reason: nobody can decide in it, its timers wait. For administrators.

    Refusals: NotFound, Forbidden, Invalid (no reason), Stale (it does not run).
    """
    found = case_for(actor, number)
    check_may_administer(actor)
    if not reason.strip():
        raise Invalid({"reason": [_("Say why it stands still.")]})
    case = lock_case(actor, found.pk, clock.now())
    if not case.running:
        raise Stale
    advance(case, Suspend())
    case.status = Instance.Status.SUSPENDED
    case.facts.append(CaseSuspended(reason=reason.strip()[:1000]))
    save(case)


@command
def resume_case(actor: Actor, number: str) -> None:
    """Let a suspended case go on; what came meanwhile (timers, answers of called cases, messages) is taken up now.

    For administrators. Refusals: NotFound, Forbidden, Stale (it is not suspended).
    """
    found = case_for(actor, number)
    check_may_administer(actor)
    case = lock_case(actor, found.pk, clock.now())
    if case.status != Instance.Status.SUSPENDED:
        raise Stale
    advance(case, Resume())
    case.status = Instance.Status.RUNNING
    case.facts.append(CaseResumed())
    save(case)
