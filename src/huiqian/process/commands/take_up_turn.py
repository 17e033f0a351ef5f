"""Take up a turn of a schedule by hand."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid, NotFound, Stale
from huiqian.org.access import check_may_administer
from huiqian.process.models import Schedule, ScheduleRun
from huiqian.process.schedules import open_turns, take_turn


@command
def take_up_turn(actor: Actor, code: str, day: date) -> ScheduleRun:
    """Start the case of a process's last turn, which nobody took (the schedule came later, or was switched off), or of
    its next one, early. The turn is taken by this: it does not come again by itself. For administrators.

    Refusals: Forbidden, NotFound, Stale (it has been taken), Invalid (the schedule has no such turn now).
    """
    check_may_administer(actor)
    schedule = Schedule.objects.select_for_update(of=("self",)).filter(definition__code=code).first()
    if schedule is None:
        raise NotFound
    now = clock.now()
    if schedule.runs.filter(occurrence=day).exists():
        raise Stale(_("This turn has been taken already."))
    if day not in open_turns(schedule, now):
        raise Invalid({"day": [_("Only the last turn, or the next one, can be taken up by hand.")]})
    run = ScheduleRun(schedule=schedule, occurrence=day, tried_at=now)
    take_turn(actor, run, now)
    return run
