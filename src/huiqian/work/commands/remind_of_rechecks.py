"""Remind whoever owes an answer to a re-check that is late."""

from django.db.models import Q

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.journal.record import record
from huiqian.org.queries import roster
from huiqian.work.events import RecheckOverdue
from huiqian.work.models import Recheck
from huiqian.work.rechecks import GIVEN_UP


@command
def remind_of_rechecks(actor: Actor, *, limit: int = 200) -> int:
    """Tell whoever still owes an answer after its time, once every working day; returns how many were told.

    Safe to run in any number of workers at once, and again on the same day: each takes other rows.
    """
    now = clock.now()
    today = roster().calendar.work_began(now)
    if today is None:
        return 0
    late = list(
        Recheck.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(Q(reminded_at__isnull=True) | Q(reminded_at__lt=today), answer="", due_at__lte=now)
        .exclude(instance__status__in=GIVEN_UP)
        .order_by("due_at")[:limit]
    )
    for one in late:
        fact = RecheckOverdue(recheck=one.pk, people=[one.person_id])
        record(actor, f"case:{one.instance_id}", [fact], at=now, tell="notify.deliver")
    Recheck.objects.filter(pk__in=[one.pk for one in late]).update(reminded_at=now)
    return len(late)
