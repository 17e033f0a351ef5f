"""Bring a message or a signal to a case."""

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.engine import Broadcast, Deliver
from huiqian.process.calls import KEPT, forget_what_was_heard, settle_parcel, waiting_for
from huiqian.process.models import Parcel, Subscription
from huiqian.process.run import Case, advance, lock_case, save


@command
def deliver_parcel(actor: Actor, parcel: int) -> bool:
    """Bring a message to the oldest wait for its name and key, or a signal to its case; one too old is put away.

    The receiving case keeps the values that a message brings. Returns whether something was done.
    """
    now = clock.now()
    found = Parcel.objects.filter(pk=parcel, settled_at__isnull=True).first()
    if found is None:
        return False
    wait = None if found.signal else waiting_for(found)
    target = found.instance_id if found.signal else wait.instance_id if wait else None
    if target is None:
        return found.thrown_at < now - KEPT and settle_parcel(parcel, now)
    case = lock_case(actor, target, now)
    if not found.signal and not _still_waits(case, wait):
        return False
    if case.state.suspended or not settle_parcel(parcel, now):
        return False
    if not case.running:
        return True
    if found.signal:
        advance(case, Broadcast(found.name, case.variables()))
    else:
        assert wait is not None
        with case.within(wait.wait):
            case.keep(found.values)
            advance(case, Deliver(found.name, found.key or None, case.variables()))
    forget_what_was_heard(case)
    save(case)
    return True


def _still_waits(case: Case, wait: Subscription | None) -> bool:
    """Whether the case, now that it is locked, waits for it as it did when we looked."""
    return bool(wait and case.running and wait.wait in case.state.waits)
