"""Remind reviewers of a joint review that is late."""

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.journal.record import record
from huiqian.org.queries import roster
from huiqian.process.events import ReviewOverdue
from huiqian.process.models import Review
from huiqian.process.reviewing import asked_for, day_of
from huiqian.process.versions import chain_of


@command
def remind_reviewers(actor: Actor, *, limit: int = 50) -> int:
    """Tell whoever still owes an opinion after its time, once a review; returns how many reviews were late.

    Safe to run in any number of workers at once: each takes other rows.
    """
    now = clock.now()
    late = list(
        Review.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("version__definition")
        .filter(outcome=Review.Outcome.OPEN, due_at__lte=now, reminded_at__isnull=True)
        .order_by("due_at")[:limit]
    )
    for review in late:
        owed = list(review.opinions.filter(agrees__isnull=True).values_list("position", flat=True))
        definition = review.version.definition
        people = asked_for(roster(), owed, day_of(now))
        fact = ReviewOverdue(code=definition.code, version=review.version.number, people=people)
        record(actor, chain_of(definition), [fact], at=now, tell="notify.deliver")
    Review.objects.filter(pk__in=[review.pk for review in late]).update(reminded_at=now)
    return len(late)
