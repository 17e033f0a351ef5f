"""Take a version back from its joint review."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid
from huiqian.journal.record import record
from huiqian.org.queries import roster
from huiqian.process.access import check_may_prepare, version_for_change
from huiqian.process.events import VersionWithdrawn
from huiqian.process.models import Review, Version
from huiqian.process.reviewing import ReviewOver, concerned, end_review
from huiqian.process.rules import asked_for, day_of
from huiqian.process.versions import chain_of

MOST_TEXT = 2000


@command
def withdraw_version(actor: Actor, process: str, number: int, reason: str) -> Version:
    """Take a version back that is in review, or that was agreed to and waits for its day; it is a draft again.

    Submitted anew, all opinions are asked anew; those given stay readable.
    Refusals: NotFound, Forbidden, ReviewOver, Invalid without a reason.
    """
    version = version_for_change(actor, process, number)
    check_may_prepare(actor, version.definition)
    if version.status not in (Version.Status.IN_REVIEW, Version.Status.AGREED):
        raise ReviewOver
    said = reason.strip()[:MOST_TEXT]
    if not said:
        raise Invalid({"reason": [_("Say why: the reviewers are told.")]})
    now = clock.now()
    review = version.reviews.order_by("-round")[0]
    told = concerned(version, review) | set(
        asked_for(roster(), list(review.opinions.values_list("position", flat=True)), day_of(now))
    )
    end_review(review, Review.Outcome.WITHDRAWN, actor.id, now, said)
    version.status = Version.Status.DRAFT
    version.save(update_fields=["status"])
    fact = VersionWithdrawn(code=process, version=number, reason=said, people=sorted(told))
    record(actor, chain_of(version.definition), [fact], at=now, tell="notify.deliver")
    return version
