"""Bring the marketing calendar's rows of a case to what its answers say."""

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.org.access import check_may_administer
from huiqian.process.models import Occasion
from huiqian.process.occasions import slot_of
from huiqian.process.run import keep_occasions, lock_case


@command
def refresh_occasions(actor: Actor, case_id: int) -> bool:
    """Rebuild what the calendar has of one case, under its lock; whether something was otherwise.

    Administrators only. Refusals: Forbidden, NotFound.
    """
    check_may_administer(actor)
    case = lock_case(actor, case_id, clock.now())
    said = case.occasions
    case.occasions = tuple(slot_of(row) for row in Occasion.objects.filter(instance_id=case_id).order_by("pk"))
    differs = said != case.occasions
    keep_occasions(case)
    return differs
