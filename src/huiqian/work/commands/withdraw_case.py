"""Take a case back."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Forbidden, Invalid
from huiqian.engine import Withdraw
from huiqian.process.access import case_for
from huiqian.process.run import advance, lock_case, save
from huiqian.work.access import CaseClosed
from huiqian.work.events import CaseWithdrawn


@command
def withdraw_case(actor: Actor, number: str, reason: str) -> None:
    """The starter takes a running case back, with a reason; open tasks close, its documents are marked withdrawn.

    Refusals: NotFound, Forbidden (somebody else's case), CaseClosed, Invalid (no reason).
    """
    found = case_for(actor, number)
    if found.starter_id != actor.id:
        raise Forbidden(_("Only the person who started a case can withdraw it."))
    if not reason.strip():
        raise Invalid({"reason": [_("Say why you withdraw it.")]})
    case = lock_case(actor, found.pk, clock.now())
    if not case.running:
        raise CaseClosed
    case.facts.append(CaseWithdrawn(reason=reason.strip()[:1000]))
    advance(case, Withdraw())
    save(case)
