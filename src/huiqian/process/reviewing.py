"""The joint review of a version (G2, R13): who speaks for which position today, and what an opinion does.

Everybody who changes a process's versions queues at the row of its definition.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from huiqian.base.actors import Actor
from huiqian.base.errors import Forbidden, Invalid, Refusal, Stale
from huiqian.journal.record import record
from huiqian.org.queries import roster
from huiqian.org.rules import Roster
from huiqian.process.content import content_of
from huiqian.process.events import OpinionGiven, VersionAgreed, VersionRefused
from huiqian.process.models import Opinion, Review, Version
from huiqian.process.rules import asked_for, day_of, speaks_for
from huiqian.process.versions import chain_of, take_effect

# How long a review may take, in working time.
TIME = "P5D"


class ReviewOver(Stale):
    """The version is not in review: agreed, refused or withdrawn in the meantime, or never submitted."""

    code = "review-over"
    text = _("This version is not in review any more. Reload the page to see what came of it.")


class OpinionStands(Stale):
    """This position's opinion was given already, by oneself or by another holder."""

    code = "opinion-stands"


class OnItsWay(Refusal):
    """Another version of the process is in review, or waits for its day."""

    code = "version-on-its-way"


class NoReviewers(Refusal):
    """The group of reviewing positions is missing."""

    code = "no-reviewers"
    text = _(
        "Nobody is named to review processes. An administrator adds the group “process_reviewers” under Organisation → "
        "Groups of positions."
    )


def concerned(version: Version, review: Review) -> set[int]:
    """Who hears what came of a review: whoever wrote, submitted and spoke. 1 query."""
    spoke = review.opinions.filter(agrees__isnull=False).values_list("person_id", flat=True)
    return {one for one in (version.author_id, review.submitter_id, *spoke) if one is not None}


def open_review(version: Version) -> Review:
    """The review that a version is in. 1 query; ReviewOver where it is in none."""
    found = version.reviews.filter(outcome=Review.Outcome.OPEN).first()
    if found is None or version.status != Version.Status.IN_REVIEW:
        raise ReviewOver
    return found


def give_opinion(actor: Actor, version: Version, text: str, now: datetime, *, agrees: bool) -> Review:
    """Speak for every position that is one's to speak for and has not spoken; the version's definition is locked.

    One refusal ends the review; when the last position has agreed the version takes effect, or waits for its day.
    """
    review, snapshot, day = open_review(version), roster(), day_of(now)
    opinions = list(review.opinions.all())
    awaited = [one for one in opinions if one.agrees is None]
    asked = [(one, speaks_for(snapshot, actor.id, one.position, day, review.submitter_id)) for one in awaited]
    spoken = [(one, speaks) for one, speaks in asked if speaks is not None]
    if not spoken:
        raise _not_yours(actor, opinions, snapshot, day)
    if not (agrees or text):
        raise Invalid({"opinion": [_("Say what has to be corrected.")]})
    for one, speaks in spoken:
        one.agrees, one.text, one.person_id, one.given_at = agrees, text, actor.id, now
        one.via, one.behalf_id = speaks.via, speaks.behalf
        one.save(update_fields=["agrees", "text", "person", "given_at", "via", "behalf"])
    code, positions = version.definition.code, [one.position for one, _speaks in spoken]
    fact = OpinionGiven(code=code, version=version.number, positions=positions, agrees=agrees, opinion=text)
    record(actor, chain_of(version.definition), [fact], at=now)
    if not agrees:
        _refuse(actor, version, review, text, now)
    elif all(one.agrees for one in opinions):
        _agree(actor, version, review, now)
    return review


def _not_yours(actor: Actor, opinions: Sequence[Opinion], snapshot: Roster, day: date) -> Refusal:
    """Why somebody may not speak: it was said already, by them or another, or nobody asks them."""
    for one in opinions:
        own = one.person_id == actor.id or speaks_for(snapshot, actor.id, one.position, day) is not None
        if one.agrees is not None and own:
            when = date_format(localtime(cast(datetime, one.given_at)), "H:i")
            if one.person_id == actor.id:
                return OpinionStands(_("You have given your opinion already, at %(when)s.") % {"when": when})
            name = snapshot.people[cast(int, one.person_id)].name
            said = _("%(name)s has spoken for this position already, at %(when)s.")
            return OpinionStands(said % {"name": name, "when": when})
    return Forbidden(_("This review asks others. You can read the version, but its opinions are not yours to give."))


def end_review(review: Review, outcome: Review.Outcome, person: int | None, now: datetime, reason: str = "") -> None:
    """Close a review."""
    review.outcome, review.ended_at, review.ended_by_id, review.reason = outcome, now, person, reason
    review.save(update_fields=["outcome", "ended_at", "ended_by", "reason"])


def _refuse(actor: Actor, version: Version, review: Review, text: str, now: datetime) -> None:
    open_places = review.opinions.filter(agrees__isnull=True).values_list("position", flat=True)
    told = concerned(version, review) | set(asked_for(roster(), list(open_places), day_of(now)))
    end_review(review, Review.Outcome.REFUSED, actor.id, now)
    version.status = Version.Status.REFUSED
    version.save(update_fields=["status"])
    fact = VersionRefused(
        code=version.definition.code, version=version.number, opinion=text, people=sorted(told)
    )  # fmt: skip
    record(actor, chain_of(version.definition), [fact], at=now, tell="notify.deliver")


def _agree(actor: Actor, version: Version, review: Review, now: datetime) -> None:
    end_review(review, Review.Outcome.AGREED, actor.id, now)
    if review.effective_on is None or review.effective_on <= day_of(now):
        take_effect(actor, version, now, told_of_effect(version, review, day_of(now)))
        return
    version.status = Version.Status.AGREED
    version.save(update_fields=["status"])
    people = sorted(concerned(version, review))
    fact = VersionAgreed(
        code=version.definition.code, version=version.number, effective_on=review.effective_on, people=people
    )
    record(actor, chain_of(version.definition), [fact], at=now, tell="notify.deliver")


def told_of_effect(version: Version, review: Review, day: date) -> set[int]:
    """Who hears that a version is in effect: whoever made or reviewed it, and who works by it from now on."""
    snapshot = roster()
    lanes = {lane.position for lane in content_of(version.pk).definition.lanes if lane.position}
    workers = {person.id for position in lanes for person in snapshot.holders(position, day)}
    return concerned(version, review) | workers
