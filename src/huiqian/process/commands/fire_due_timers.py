"""Fire the timers that are due."""

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.engine import Fire, NotPossible
from huiqian.process.models import Instance, Timer
from huiqian.process.run import advance, lock_case, save


@command
def fire_due_timers(actor: Actor) -> bool:
    """Fire one timer that is due, if there is one; returns whether there was. Any number of workers may ask at once."""
    now = clock.now()
    # The timer itself is not locked: everybody locks the case first, and who held the timer while waiting for the case
    # would stand in the way of whoever has the case and cancels its timers.
    # A suspended case keeps its timers until it goes on.
    due = Timer.objects.filter(due_at__lte=now).exclude(instance__status=Instance.Status.SUSPENDED)
    timer = due.order_by("due_at").first()
    if timer is None:
        return False
    wait, instance_id = timer.wait, timer.instance_id
    case = lock_case(actor, instance_id, now)
    if case.status == Instance.Status.SUSPENDED:
        return True
    # While we waited for the case, somebody may have left the timer's place, or another worker fired it.
    still_there = Timer.objects.filter(pk=timer.pk).delete()[0]
    if still_there and case.running:
        try:
            advance(case, Fire(wait, case.variables()))
        except NotPossible:
            return True
        save(case)
    return True
