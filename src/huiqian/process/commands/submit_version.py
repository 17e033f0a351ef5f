"""Submit a version for the joint review."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid, Stale, Text
from huiqian.journal.record import record
from huiqian.org.queries import roster
from huiqian.process.access import check_may_prepare, version_for_change
from huiqian.process.events import VersionSubmitted
from huiqian.process.models import Opinion, Review, Version
from huiqian.process.reviewing import TIME, NoReviewers, OnItsWay
from huiqian.process.rules import REVIEWERS, asked_for, day_of
from huiqian.process.versions import chain_of

MOST_NOTE = 2000


@command
def submit_version(actor: Actor, process: str, number: int, *, note: str, effective_on: date | None = None) -> Review:
    """Ask the reviewing positions for their opinion of a draft; `note` tells them what changed and why.

    It takes effect when the last one has agreed, or on `effective_on` if that is later. They have five working days,
    then they are reminded every working day. Every version goes this way, one whose words alone changed too (R13).
    Refusals: NotFound, Forbidden, Stale (it is no draft any more), OnItsWay (another version is in review or waits for
    its day), NoReviewers; Invalid for a missing note or a day that has passed.
    """
    version = version_for_change(actor, process, number)
    check_may_prepare(actor, version.definition)
    if version.status != Version.Status.DRAFT:
        raise Stale(_("Only a draft can be submitted. Look at the version again."))
    now = clock.now()
    _check(note, effective_on, day_of(now))
    _check_nothing_is_on_its_way(version)
    snapshot = roster()
    group = snapshot.groups.get(REVIEWERS)
    if group is None or not group.positions:
        raise NoReviewers
    review = Review.objects.create(
        version=version, round=version.reviews.count() + 1, note=note.strip()[:MOST_NOTE], effective_on=effective_on,
        submitter_id=actor.person, submitted_at=now, due_at=snapshot.calendar.due(now, TIME),
    )  # fmt: skip
    Opinion.objects.bulk_create(
        Opinion(review=review, place=place, position=position)
        for place, position in enumerate(group.positions, start=1)
    )
    version.status = Version.Status.IN_REVIEW
    version.save(update_fields=["status"])
    fact = VersionSubmitted(
        code=process, version=number, round=review.round, note=review.note, positions=list(group.positions),
        people=asked_for(snapshot, group.positions, day_of(now)), due_at=review.due_at, effective_on=effective_on,
    )  # fmt: skip
    record(actor, chain_of(version.definition), [fact], at=now, tell="notify.deliver")
    return review


def _check(note: str, effective_on: date | None, today: date) -> None:
    errors: dict[str, list[Text]] = {}
    if not note.strip():
        errors["note"] = [_("Say what changed and why: the reviewers read it first.")]
    if effective_on is not None and effective_on < today:
        errors["effective_on"] = [_("This day has passed. Choose a later one, or leave it empty.")]
    if errors:
        raise Invalid(errors)


def _check_nothing_is_on_its_way(version: Version) -> None:
    under_way = (Version.Status.IN_REVIEW, Version.Status.AGREED)
    other = Version.objects.filter(definition_id=version.definition_id, status__in=under_way).first()
    if other is not None:
        raise OnItsWay(
            _("Version %(number)d is on its way. Wait until it is decided, or withdraw it first.")
            % {"number": other.number}
        )
