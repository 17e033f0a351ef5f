"""What pages and the API ask about versions of processes and their joint reviews."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils.translation import pgettext

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.base.languages import language
from huiqian.diagram import Mark, draw
from huiqian.engine import check
from huiqian.org.queries import roster
from huiqian.org.rules import Roster
from huiqian.process.access import may_prepare, may_read, version_for, visible_versions
from huiqian.process.brought import in_force
from huiqian.process.content import Content, content_of
from huiqian.process.differences import ADDED, CHANGED, NOTHING, REMOVED, Differences, compare_versions
from huiqian.process.differences.change import listed
from huiqian.process.models import Definition, Opinion, Review, Version
from huiqian.process.queries import StepRow, lane_heads, step_rows
from huiqian.process.rules import REVIEWERS, speaks_for

Status = Version.Status


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list of a process's versions."""

    number: int
    status: str
    note: str
    author: str
    created_at: datetime
    submitted_at: datetime | None
    effective_on: date | None
    effective_from: datetime | None
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """What a position says in a review: `asked` are the people who may say it today, while it is awaited."""

    position: str
    position_code: str
    agrees: bool | None
    text: str
    person: str
    behalf: str
    via: str
    given_at: datetime | None
    asked: tuple[str, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A joint review with its opinions, in the order of the positions."""

    round: int
    note: str
    submitter: str
    submitted_at: datetime
    due_at: datetime
    effective_on: date | None
    outcome: str
    ended_at: datetime | None
    ended_by: str
    reason: str
    opinions: tuple[OpinionLine, ...]

    @property
    def agreed(self) -> int:
        """How many positions have agreed."""
        return sum(one.agrees is True for one in self.opinions)

    @property
    def mine(self) -> tuple[OpinionLine, ...]:
        """The positions that the reader is asked to speak for."""
        return tuple(one for one in self.opinions if one.mine)


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version for its page, beside the one before it; `differences` is None for a process's first version."""

    line: VersionLine
    code: str
    name: str
    before: int | None
    differences: Differences | None
    diagram: str
    diagram_before: str
    reviews: tuple[ReviewView, ...]
    may_prepare: bool
    # A version of this process is in review, or waits for its day: no other can be submitted.
    on_its_way: int | None
    # The positions that a submission would ask.
    reviewers: tuple[str, ...]
    # What the engine finds worth knowing of the diagram, and did not find in the one before it.
    warnings: tuple[str, ...]
    # Who does what, where nothing is in effect that it could be compared with.
    steps: tuple[StepRow, ...]

    @property
    def open(self) -> ReviewView | None:
        """The review it is in."""
        return self.reviews[0] if self.reviews and self.line.status == Status.IN_REVIEW else None

    @property
    def mine(self) -> tuple[OpinionLine, ...]:
        """The positions that the reader is asked to speak for now."""
        return self.open.mine if self.open else ()

    @property
    def mine_names(self) -> str:
        """Those positions by name, with whom the reader stands in for."""
        return listed(one.position for one in self.mine)

    @property
    def last_one(self) -> bool:
        """Whether nobody's opinion is awaited beside the reader's."""
        return self.open is not None and all(one.mine for one in self.open.opinions if one.agrees is None)


@dataclass(frozen=True, slots=True)
class VersionList:
    """The versions of a process that a person may read, newest first."""

    code: str
    name: str
    lines: tuple[VersionLine, ...]
    may_prepare: bool

    @property
    def in_effect(self) -> bool:
        """Whether cases can begin by one of them."""
        return any(one.status == Status.IN_EFFECT for one in self.lines)

    @property
    def coming(self) -> tuple[VersionLine, ...]:
        """Those that are not in effect yet."""
        return tuple(one for one in self.lines if one.status in (Status.DRAFT, Status.IN_REVIEW, Status.AGREED))


@dataclass(frozen=True, slots=True)
class WaitingReview:
    """A version that waits for the reader's opinion."""

    code: str
    name: str
    number: int
    note: str
    submitter: str
    submitted_at: datetime
    due_at: datetime
    agreed: int
    asked: int


def versions(actor: Actor, code: str) -> VersionList:
    """The versions of a process. 4 queries; NotFound for an unknown process, or one without a version to be read."""
    definition = Definition.objects.filter(code=code).first()
    if definition is None:
        raise NotFound
    reviews = Prefetch("reviews", queryset=Review.objects.select_related("submitter").order_by("-round"))
    found = (
        visible_versions(actor, code)
        .select_related("author")
        .defer("bpmn", "content", "layout")
        .prefetch_related(reviews)
        .order_by("-number")
    )
    lines = tuple(_line(one) for one in found)
    if not lines:
        raise NotFound
    return VersionList(code, definition.name, lines, may_prepare(actor, definition.owner))


@dataclass(frozen=True, slots=True)
class Coming:
    """A version that is not in effect yet: a draft, in review, or agreed and waiting for its day."""

    code: str
    name: str
    number: int
    status: str


def coming_versions(actor: Actor) -> tuple[Coming, ...]:
    """The versions not yet in effect of all processes that this person prepares or reviews. 1 query while there is
    none, 2 at most for whoever does not prepare them.
    """
    found = Version.objects.filter(status__in=(Status.DRAFT, Status.IN_REVIEW, Status.AGREED)).order_by("number")
    rows = list(found.select_related("definition").defer("bpmn", "content", "layout"))
    others = [one.pk for one in rows if not may_prepare(actor, one.definition.owner)]
    reviewed = _reviewed(actor, others) if others else frozenset()
    return tuple(
        Coming(one.definition.code, one.definition.name, one.number, one.status)
        for one in rows
        if one.pk not in others or (one.pk in reviewed and one.status != Status.DRAFT)
    )


def _reviewed(actor: Actor, versions: Sequence[int]) -> frozenset[int]:
    """Of these versions those whose reviews ask this person, or did hear them. 1 query."""
    snapshot, day = roster(), clock.today()
    said = Opinion.objects.filter(review__version__in=versions)
    return frozenset(
        version
        for version, position, person in said.values_list("review__version_id", "position", "person_id")
        if person == actor.id or speaks_for(snapshot, actor.id, position, day) is not None
    )


def _line(version: Version) -> VersionLine:
    review = next(iter(sorted(version.reviews.all(), key=lambda one: -one.round)), None)
    return VersionLine(
        number=version.number, status=version.status, note=review.note if review else version.note,
        author=version.author.name if version.author else "", created_at=version.created_at,
        submitted_at=review.submitted_at if review else None, effective_on=review.effective_on if review else None,
        effective_from=version.effective_from, retired_at=version.retired_at,
    )  # fmt: skip


def version_view(actor: Actor, code: str, number: int) -> VersionView:
    """A version with its drawing, what it says otherwise than the one before it, and its reviews. 9 queries, 11
    where it brings decision tables or a schedule.

    A version that was in effect is compared with the one that it took over from, any other with the one in effect. What
    changed is told to whoever reads the version; how the one before looked only to those who may read that one, too.
    """
    version, snapshot = version_for(actor, code, number), roster()
    before = _before(version)
    standing = in_force(version, before) if before and version.effective_from is None else NOTHING
    differences = compare_versions(before, version, snapshot, standing) if before else None
    content = content_of(version.pk)
    told = before is not None and bool(differences and differences.marked(REMOVED, CHANGED)) and may_read(actor, before)
    under_way = Version.objects.filter(
        definition_id=version.definition_id, status__in=(Status.IN_REVIEW, Status.AGREED)
    )
    return VersionView(
        line=_line(version), code=code, name=version.definition.name, before=before.number if before else None,
        differences=differences, diagram=_drawing(content, snapshot, differences, ADDED),
        diagram_before=_drawing(content_of(before.pk), snapshot, differences, REMOVED) if before and told else "",
        reviews=_reviews(actor, version, snapshot), may_prepare=may_prepare(actor, version.definition.owner),
        on_its_way=under_way.values_list("number", flat=True).first(), reviewers=_reviewers(snapshot),
        warnings=_warnings(version, before) if version.effective_from is None else (),
        steps=step_rows(content, snapshot) if before is None else (),
    )  # fmt: skip


def _warnings(version: Version, before: Version | None) -> tuple[str, ...]:
    known = {finding.text(language()) for finding in check(before.bpmn.encode())} if before else set()
    found = (finding.text(language()) for finding in check(version.bpmn.encode()))
    return tuple(text for text in found if text not in known)


def _reviewers(snapshot: Roster) -> tuple[str, ...]:
    group = snapshot.groups.get(REVIEWERS)
    return tuple(snapshot.position_name(code) for code in group.positions) if group else ()


def _before(version: Version) -> Version | None:
    others = Version.objects.select_related("definition").filter(definition_id=version.definition_id)
    if version.effective_from is None:
        return others.filter(status=Status.IN_EFFECT).first()
    return others.filter(effective_from__lt=version.effective_from).order_by("-effective_from").first()


def _drawing(content: Content, snapshot: Roster, differences: Differences | None, own: str) -> str:
    """The drawing with what is otherwise marked: `own` is what only this one of the two has."""
    heads = lane_heads(content, snapshot, clock.today())
    if differences is None:
        return draw(content.layout, {}, language=language(), heads=heads)
    words = {
        own: pgettext("change", "new") if own == ADDED else pgettext("change", "removed"),
        CHANGED: pgettext("change", "changed"),
    }
    marks: dict[str, Mark] = {}
    for name in content.definition.elements:
        kind = differences.marks.get(name, "")
        marks[name] = Mark(kind, note=words[kind]) if kind in words else Mark("kept")  # type: ignore[arg-type]
    flows = {
        name: kind for name, kind in differences.marks.items() if name in content.definition.flows and kind in words
    }
    return draw(content.layout, marks, language=language(), heads=heads, flows=flows)


def _reviews(actor: Actor, version: Version, snapshot: Roster) -> tuple[ReviewView, ...]:
    opinions = Prefetch("opinions", queryset=Opinion.objects.select_related("person", "behalf"))
    found = version.reviews.select_related("submitter", "ended_by").prefetch_related(opinions).order_by("-round")
    return tuple(_review(actor, one, snapshot) for one in found)


def _review(actor: Actor, review: Review, snapshot: Roster) -> ReviewView:
    return ReviewView(
        round=review.round, note=review.note, submitter=review.submitter.name, submitted_at=review.submitted_at,
        due_at=review.due_at, effective_on=review.effective_on, outcome=review.outcome, ended_at=review.ended_at,
        ended_by=review.ended_by.name if review.ended_by else "", reason=review.reason,
        opinions=tuple(_opinion(actor, one, snapshot, review) for one in review.opinions.all()),
    )  # fmt: skip


def _opinion(actor: Actor, opinion: Opinion, snapshot: Roster, review: Review) -> OpinionLine:
    day, awaited = clock.today(), review.outcome == "" and opinion.agrees is None
    speaks = speaks_for(snapshot, actor.id, opinion.position, day, review.submitter_id) if awaited else None
    chosen = snapshot.choose(opinion.position, day) if awaited else ()
    return OpinionLine(
        position=snapshot.position_name(opinion.position), position_code=opinion.position, agrees=opinion.agrees,
        text=opinion.text, person=opinion.person.name if opinion.person else "",
        behalf=opinion.behalf.name if opinion.behalf else "", via=opinion.via or (chosen[0].via if chosen else ""),
        given_at=opinion.given_at, asked=tuple(one.person.name for one in chosen),
        mine=speaks is not None,
    )  # fmt: skip


def awaited_of(actor: Actor, awaited: Sequence[tuple[int, int, str]]) -> frozenset[int]:
    """Of awaited opinions, by review, its submitter and position: the reviews in which this person is asked. No query
    beside the organisation's.
    """
    snapshot, day = roster(), clock.today()
    return frozenset(
        review
        for review, submitter, position in awaited
        if speaks_for(snapshot, actor.id, position, day, submitter) is not None
    )


def waiting_reviews(actor: Actor) -> tuple[WaitingReview, ...]:
    """The versions that wait for this person's opinion, the most urgent first. 1 query while nothing is in review."""
    found = (
        Review.objects.filter(outcome=Review.Outcome.OPEN)
        .select_related("version__definition", "submitter")
        .defer("version__bpmn", "version__content", "version__layout")
        .prefetch_related("opinions")
        .order_by("due_at", "pk")
    )
    reviews = list(found)
    awaited = [
        (one.pk, one.submitter_id, said.position)
        for one in reviews
        for said in one.opinions.all()
        if said.agrees is None
    ]
    mine = awaited_of(actor, awaited)
    return tuple(_waiting(one) for one in reviews if one.pk in mine)


def _waiting(review: Review) -> WaitingReview:
    opinions = list(review.opinions.all())
    return WaitingReview(
        code=review.version.definition.code, name=review.version.definition.name, number=review.version.number,
        note=review.note, submitter=review.submitter.name, submitted_at=review.submitted_at, due_at=review.due_at,
        agreed=sum(one.agrees is True for one in opinions), asked=len(opinions),
    )  # fmt: skip
