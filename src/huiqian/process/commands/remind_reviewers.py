"""Remind reviewers of a joint review that is late."""

from django.db.models import Q

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.journal.record import record
from huiqian.org.queries import roster
from huiqian.process.events import ReviewOverdue
from huiqian.process.models import Review
from huiqian.process.rules import asked_for, day_of
from huiqian.process.versions import chain_of


@command
def remind_reviewers(actor: Actor, *, limit: int = 50) -> int:
    """Tell whoever still owes an opinion after its time, once every working day until it is decided; returns how many
    reviews were reminded of.

    Safe to run in any number of workers at once, and again on the same day: each takes other rows, and what was
    reminded of today is left alone.
    """
    now, snapshot = clock.now(), roster()
    today = snapshot.calendar.work_began(now)
    if today is None:
        return 0
    late = list(
        Review.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("version__definition")
        .filter(Q(reminded_at__isnull=True) | Q(reminded_at__lt=today), outcome=Review.Outcome.OPEN, due_at__lte=now)
        .order_by("due_at")[:limit]
    )
    for review in late:
        owed = list(review.opinions.filter(agrees__isnull=True).values_list("position", flat=True))
        definition = review.version.definition
        people = asked_for(snapshot, owed, day_of(now))
        fact = ReviewOverdue(code=definition.code, version=review.version.number, people=people)
        record(actor, chain_of(definition), [fact], at=now, tell="notify.deliver")
    Review.objects.filter(pk__in=[review.pk for review in late]).update(reminded_at=now)
    return len(late)
