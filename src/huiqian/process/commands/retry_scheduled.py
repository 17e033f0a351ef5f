"""Retry a turn of a schedule."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import NotFound, Stale
from huiqian.org.access import check_may_administer
from huiqian.process.models import ScheduleRun
from huiqian.process.schedules import take_turn


@command
def retry_scheduled(actor: Actor, run: int) -> bool:
    """Start the case of a turn that failed; returns whether it began now. For administrators.

    Refusals: Forbidden, NotFound, Stale (it was started in the meantime).
    """
    check_may_administer(actor)
    found = (
        ScheduleRun.objects.select_for_update(of=("self",))
        .select_related("schedule__definition")
        .filter(pk=run)
        .first()
    )
    if found is None:
        raise NotFound
    if found.case_id is not None:
        raise Stale(_("This turn has its case already."))
    take_turn(actor, found, clock.now())
    return found.case_id is not None
