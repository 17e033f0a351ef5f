"""Versions of processes: what changed, who says what of it; submit, agree, refuse."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from huiqian.api.bearer import actor_of
from huiqian.api.idempotency import idempotent
from huiqian.process.commands import agree_to_version, refuse_version, submit_version
from huiqian.process.reviews import ReviewView, VersionLine, VersionView, version_view, versions

router = Router()


class Version(Schema):
    """A version: draft, in_review, agreed (waits for its day), in_effect, refused, retired or discarded."""

    number: int
    status: str
    note: str
    author: str
    created_at: datetime
    effective_on: date | None
    effective_from: datetime | None
    retired_at: datetime | None


class Change(Schema):
    """Something that is otherwise: added, removed or changed, as a sentence; `element` is its place in the diagram."""

    part: str
    kind: str
    sentence: str
    element: str


class Opinion(Schema):
    """What a position says; `agrees` is null while it is awaited, `asked` are then those who may say it today."""

    position: str
    agrees: bool | None
    opinion: str
    person: str
    behalf: str
    given_at: datetime | None
    asked: list[str]
    yours: bool


class Review(Schema):
    """A joint review of the version; `outcome` is empty while it is open, then agreed, refused or withdrawn."""

    round: int
    note: str
    submitted_by: str
    submitted_at: datetime
    due_at: datetime
    effective_on: date | None
    outcome: str
    ended_at: datetime | None
    reason: str
    opinions: list[Opinion]


class VersionDetail(Version):
    """A version with what it says otherwise than version `compared_with`, and its reviews, the newest first."""

    compared_with: int | None
    changes: list[Change]
    reviews: list[Review]


class Submission(Schema):
    """What submitting a version takes."""

    note: str = Field(description="What changed and why: the reviewers read it first.")
    effective_on: date | None = Field(None, description="None: as soon as the last one has agreed.")


class Saying(Schema):
    """An opinion; refusing needs a text."""

    agrees: bool
    opinion: str = ""


def _line(one: VersionLine) -> dict[str, Any]:
    return {
        "number": one.number, "status": one.status, "note": one.note, "author": one.author,
        "created_at": one.created_at, "effective_on": one.effective_on, "effective_from": one.effective_from,
        "retired_at": one.retired_at,
    }  # fmt: skip


def _review(one: ReviewView) -> dict[str, Any]:
    opinions = [
        {"position": said.position_code, "agrees": said.agrees, "opinion": said.text, "person": said.person,
         "behalf": said.behalf, "given_at": said.given_at, "asked": list(said.asked), "yours": said.mine}
        for said in one.opinions
    ]  # fmt: skip
    return {
        "round": one.round, "note": one.note, "submitted_by": one.submitter, "submitted_at": one.submitted_at,
        "due_at": one.due_at, "effective_on": one.effective_on, "outcome": one.outcome, "ended_at": one.ended_at,
        "reason": one.reason, "opinions": opinions,
    }  # fmt: skip


def _detail(view: VersionView) -> VersionDetail:
    parts = view.differences.parts if view.differences else ()
    changes = [
        {"part": part.title, "kind": one.kind, "sentence": one.sentence, "element": one.element}
        for part in parts
        for one in part.changes
    ]
    reviews = [_review(one) for one in view.reviews]
    return VersionDetail.model_validate(
        {**_line(view.line), "compared_with": view.before, "changes": changes, "reviews": reviews}
    )


@router.get("/{code}/versions", response=list[Version], summary="Versions of a process")
def list_versions(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """The versions you may read, the newest first: what is not in effect yet only those who prepare or review it."""
    return [_line(one) for one in versions(actor_of(request), code).lines]


@router.get("/{code}/versions/{number}", response=VersionDetail, summary="One version")
def get_version(request: HttpRequest, code: str, number: int) -> VersionDetail:
    """A version with what changed, and its joint reviews."""
    return _detail(version_view(actor_of(request), code, number))


@router.post("/{code}/versions/{number}/submission", response={200: VersionDetail}, summary="Submit a version")
@idempotent
def post_submission(request: HttpRequest, code: str, number: int, body: Submission) -> tuple[int, VersionDetail]:
    """Submit a draft for the joint review."""
    submit_version(actor_of(request), code, number, note=body.note, effective_on=body.effective_on)
    return 200, _detail(version_view(actor_of(request), code, number))


@router.post("/{code}/versions/{number}/opinion", response={200: VersionDetail}, summary="Agree or refuse")
@idempotent
def post_opinion(request: HttpRequest, code: str, number: int, body: Saying) -> tuple[int, VersionDetail]:
    """Give your opinion of a version in review, for every position that you are asked for."""
    verb = agree_to_version if body.agrees else refuse_version
    verb(actor_of(request), code, number, body.opinion)
    return 200, _detail(version_view(actor_of(request), code, number))
