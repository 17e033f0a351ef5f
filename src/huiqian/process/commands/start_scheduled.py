"""Start the cases of schedules."""

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.commands import command
from huiqian.process.models import Schedule, ScheduleRun
from huiqian.process.schedules import MOST_BACK, rhythm_of, take_turn


@command
def start_scheduled(actor: Actor) -> bool:
    """Take one turn of a schedule that is due, if there is one; returns whether there was.

    Turns missed while nobody worked are taken one after the other, in their order, at most 12 back. A turn is taken
    once, however many workers ask; one that fails is kept with its reason and does not hold up those after it.
    """
    now = clock.now()
    schedule = (
        Schedule.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("definition")
        .filter(enabled=True, next_at__lte=now)
        .order_by("next_at")
        .first()
    )
    if schedule is None:
        return False
    rhythm = rhythm_of(schedule)
    turn = rhythm.missed(schedule.next_at, now, MOST_BACK)
    day = turn.astimezone(COMPANY_ZONE).date()
    run, new = ScheduleRun.objects.get_or_create(schedule=schedule, occurrence=day, defaults={"tried_at": now})
    if new:
        take_turn(actor, run, now)
    schedule.next_at = rhythm.after(turn)
    schedule.save(update_fields=["next_at"])
    return True
