"""What somebody has said in joint reviews, and the reviews that a search finds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import cast

from django.db.models import Exists, OuterRef, Q

from huiqian.base.actors import Actor
from huiqian.process.access import readable_versions
from huiqian.process.models import Opinion, Review

# Of a search: as many words as of cases.
MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class SaidReview:
    """A joint review in which the reader spoke, or somebody in their place; `status` is the version's today.

    `behalf` is for whom the reader spoke, `said_by` who spoke for the reader.
    """

    code: str
    name: str
    number: int
    note: str
    status: str
    submitter: str
    submitted_at: datetime
    agrees: bool
    decided_at: datetime
    behalf: str = ""
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class FoundReview:
    """A version that a search found, with what its latest submission says of it."""

    code: str
    name: str
    number: int
    note: str
    status: str
    submitter: str
    submitted_at: datetime


def said_reviews(
    actor: Actor,
    *,
    search: str = "",
    process: str = "",
    until: datetime | None = None,
    since: datetime | None = None,
) -> tuple[SaidReview, ...]:
    """The joint reviews in which this person spoke, or somebody for them, before `until` and not before `since`.

    The latest first; each round once, whatever number of positions was spoken for. 1 query.
    """
    found = Opinion.objects.filter(Q(person_id=actor.person) | Q(behalf_id=actor.person), agrees__isnull=False)
    if until is not None:
        found = found.filter(given_at__lt=until)
    if since is not None:
        found = found.filter(given_at__gte=since)
    if process:
        found = found.filter(review__version__definition__code=process)
    for words in _words(search, "review__"):
        found = found.filter(words)
    heavy = ("bpmn", "content", "layout")
    said = (
        found.select_related("review__version__definition", "review__submitter", "person", "behalf")
        .defer(*(f"review__version__{one}" for one in heavy))
        .order_by("-given_at", "review_id", "place")
    )
    return tuple(_said(actor, list(one)) for _key, one in groupby(said, lambda one: (one.given_at, one.review_id)))


def _said(actor: Actor, opinions: Sequence[Opinion]) -> SaidReview:
    first = opinions[0]
    version, own = first.review.version, first.person_id == actor.id
    return SaidReview(
        code=version.definition.code, name=version.definition.name, number=version.number, note=first.review.note,
        status=version.status, submitter=first.review.submitter.name, submitted_at=first.review.submitted_at,
        agrees=bool(first.agrees), decided_at=cast(datetime, first.given_at),
        behalf=_one_of(one.behalf.name if one.behalf else "" for one in opinions) if own else "",
        said_by="" if own or first.person is None else first.person.name,
    )  # fmt: skip


def _one_of(names: Iterable[str]) -> str:
    """The name that all share; none where somebody spoke for themselves, too."""
    told = set(names)
    return told.pop() if len(told) == 1 else ""


def search_reviews(actor: Actor, text: str, limit: int = 10) -> tuple[FoundReview, ...]:
    """The newest joint reviews of versions that this person may read, by process, note and who submitted it.

    A version that was submitted several times is found by its last note. 2 queries.
    """
    again = Review.objects.filter(version=OuterRef("version"), round__gt=OuterRef("round"))
    found = Review.objects.filter(~Exists(again), version__in=readable_versions(actor))
    for words in _words(text):
        found = found.filter(words)
    newest = (
        found.select_related("version__definition", "submitter")
        .defer("version__bpmn", "version__content", "version__layout")
        .order_by("-submitted_at", "-pk")
    )
    return tuple(_found(one) for one in newest[:limit])


def _found(review: Review) -> FoundReview:
    version = review.version
    return FoundReview(
        code=version.definition.code, name=version.definition.name, number=version.number, note=review.note,
        status=version.status, submitter=review.submitter.name, submitted_at=review.submitted_at,
    )  # fmt: skip


def _words(text: str, review: str = "") -> list[Q]:
    """What a review has to say for each word: its process, its note, or who submitted it."""
    places = ("version__definition__code", "version__definition__name_zh", "version__definition__name_en", "note")
    said = (*(f"{place}__icontains" for place in places), "submitter__name__icontains")
    return [Q(*((f"{review}{place}", word) for place in said), _connector=Q.OR) for word in text.split()[:MOST_WORDS]]
