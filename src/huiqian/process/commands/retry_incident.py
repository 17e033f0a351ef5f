"""Retry where a case stands with an incident."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import NotFound, Refusal, Stale
from huiqian.engine import NotPossible, Retry
from huiqian.org.access import check_may_administer
from huiqian.process.events import IncidentRetried
from huiqian.process.models import Incident
from huiqian.process.run import advance, lock_case, save


class CannotRetry(Refusal):
    """The case does not take a retry: it is suspended or over."""

    code = "cannot-retry"
    text = _("This case is suspended or over; nothing can be retried in it.")


@command
def retry_incident(actor: Actor, incident: int) -> bool:
    """Try again where a case cannot go on, after the cause was mended; returns whether it goes on now.

    For administrators. What fails again stays, with its new reason. Refusals: Forbidden, NotFound, Stale (solved in
    the meantime), CannotRetry.
    """
    check_may_administer(actor)
    found = Incident.objects.filter(pk=incident).first()
    if found is None:
        raise NotFound
    case = lock_case(actor, found.instance_id, clock.now())
    found.refresh_from_db()
    if found.solved_at is not None:
        raise Stale(_("Somebody has retried this already. Look at the case."))
    if not case.running:
        raise CannotRetry
    case.facts.append(IncidentRetried(element=found.element, code=found.code))
    with case.within(found.wait):
        try:
            advance(case, Retry(found.wait, case.variables()))
        except NotPossible:
            raise CannotRetry from None
    save(case)
    return not Incident.objects.filter(instance=case.id, element=found.element, solved_at__isnull=True).exists()
