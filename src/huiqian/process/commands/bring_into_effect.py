"""Bring versions into effect whose day has come."""

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.process.models import Definition, Review, Version
from huiqian.process.reviewing import told_of_effect
from huiqian.process.rules import day_of
from huiqian.process.versions import take_effect


@command
def bring_into_effect(actor: Actor) -> bool:
    """Let one version take effect that was agreed to and whose day has come; returns whether there was one.

    Any number of workers may ask at once: each takes another process.
    """
    now = clock.now()
    due = Review.objects.filter(
        version__status=Version.Status.AGREED, outcome=Review.Outcome.AGREED, effective_on__lte=day_of(now)
    )
    definition = (
        Definition.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
        .filter(pk__in=due.values("version__definition"))
        .first()
    )
    if definition is None:
        return False
    # Read again under the lock: it may have been withdrawn, or brought into effect, a moment ago.
    review = due.select_related("version").filter(version__definition=definition).first()
    if review is None:
        return False
    version = review.version
    version.definition = definition
    take_effect(actor, version, now, told_of_effect(version, review, day_of(now)))
    return True
