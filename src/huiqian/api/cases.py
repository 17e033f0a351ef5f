"""Cases: start, read, withdraw."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router, Schema
from pydantic import Field

from huiqian.api.bearer import actor_of
from huiqian.api.idempotency import idempotent
from huiqian.documents.rules import attachment_headers
from huiqian.insight.evidence.packing import ZIP, evidence
from huiqian.proofing.queries import pins_of_case
from huiqian.work.commands import comment_on_case, copy_case, start_case, withdraw_case
from huiqian.work.queries import CaseView, TimelineItem, case_view, cases

router = Router()


class NewCase(Schema):
    """What starting a case takes."""

    process: str = Field(examples=["SC-001"])
    values: dict[str, Any] = Field(description="Answers to the form that GET /processes/{code} describes.")


class CaseLine(Schema):
    """A case in a list."""

    number: str
    title: str
    summary: str
    process: str
    status: str
    started_at: datetime
    ended_at: datetime | None


class CasePage(Schema):
    """Up to 25 cases; `next` is what to send as `after` for more, empty on the last page."""

    items: list[CaseLine]
    next: str


class Progress(Schema):
    """One line of a case's progress: done, returned, current, future, skipped or cancelled.

    `void`: a later return took this decision's signature out of force.
    """

    state: str
    element: str
    step: str
    position: str
    person: str
    added_by: str = Field("", description="Who added them to the step.")
    taken_back: bool = Field(False, description="Whoever decided it took it back.")
    behalf: str = Field("", description="For whom it was decided, where that is not the person.")
    deputy: str = Field("", description="Who decides for the person, who is away today.")
    outcome: str
    opinion: str
    at: datetime | None
    due_at: datetime | None
    expected_at: datetime | None = Field(None, description="When a step to come is done if all goes as usual.")
    why: str
    task: int | None
    void: bool


class DocumentOfCase(Schema):
    """A document of a case."""

    number: str
    name: str
    status: str
    versions: int


class CopyOfCase(Schema):
    """Somebody who was copied on a case."""

    login: str
    name: str
    by: str
    text: str
    sent_at: datetime
    read_at: datetime | None


class Case(CaseLine):
    """A case with its answers, progress and documents."""

    round: int
    starter: str
    values: dict[str, Any]
    my_task: int | None
    progress: list[Progress]
    through_at: datetime | None = Field(
        None, description="When the case is through if every step takes as long as usual; null where nobody can say."
    )
    documents: list[DocumentOfCase]
    copies: list[CopyOfCase]


class PinRemark(Schema):
    """What somebody said of a pin (reply), or made of it: settled, confirmed, reopened."""

    kind: str
    version: int
    text: str
    author: str
    at: datetime


class PinOfCase(Schema):
    """A pin on a page of a version's file; `left` and `top` are percents of the page."""

    number: int
    document: str
    version: int
    file: str
    sha256: str
    page: int
    left: str
    top: str
    text: str
    state: str = Field(description="open, settled or confirmed")
    author: str
    at: datetime
    remarks: list[PinRemark]


class Reason(Schema):
    """Why."""

    reason: str


class NewCopies(Schema):
    """Whom to copy on a case."""

    people: list[str] = Field(description="Their logins.")
    text: str = Field("", description="A word with it, 200 characters at most.")


class Text(Schema):
    """What to say."""

    text: str


def _progress(item: TimelineItem) -> Progress:
    return Progress(
        state=item.state, element=item.element, step=item.step, position=item.position_name, person=item.person,
        outcome=item.outcome, opinion=item.opinion, at=item.at, due_at=item.due_at, why=item.why, task=item.task_id,
        void=item.void, taken_back=item.taken_back, added_by=item.added_by, behalf=item.behalf, deputy=item.deputy,
        expected_at=item.expected_at,
    )  # fmt: skip


def _case(view: CaseView) -> Case:
    return Case(
        number=view.number, title=view.title, summary=view.summary, process=view.process_code, status=view.status,
        started_at=view.started_at, ended_at=view.ended_at, round=view.round, starter=view.starter.name,
        values=dict(view.data), my_task=view.my_task.task_id if view.my_task else None,
        progress=[_progress(item) for item in view.timeline], through_at=view.through_at,
        documents=[
            DocumentOfCase(number=d.number, name=d.name, status=d.status, versions=d.version_count)
            for d in view.documents
        ],
        copies=[
            CopyOfCase(
                login=c.person.login, name=c.person.name, by=c.sender.name, text=c.text, sent_at=c.sent_at,
                read_at=c.read_at,
            )
            for c in view.copies
        ],
    )  # fmt: skip


@router.get("", response=CasePage, summary="Cases you may read")
def list_cases(request: HttpRequest, status: str = "", process: str = "", after: str = "") -> CasePage:
    """The cases you started, act in, watch over or administer, newest first."""
    found = cases(actor_of(request), status=status, process=process, after=after)
    items = [
        CaseLine(
            number=c.number, title=c.title, summary=c.summary, process=c.number.rsplit("-", 2)[0], status=c.status,
            started_at=c.started_at, ended_at=c.ended_at,
        )
        for c in found.cases
    ]  # fmt: skip
    return CasePage(items=items, next=found.after)


@router.post("", response={201: Case}, summary="Start a case")
@idempotent
def post_case(request: HttpRequest, body: NewCase) -> tuple[int, Case]:
    """Start a case; its first form is answered with `values`, and it goes to the next step."""
    started = start_case(actor_of(request), body.process, body.values)
    return 201, _case(case_view(actor_of(request), started.number))


@router.get("/{number}", response=Case, summary="One case")
def get_case(request: HttpRequest, number: str) -> Case:
    """A case you may read."""
    return _case(case_view(actor_of(request), number))


PACK: dict[str, Any] = {"responses": {200: {"content": {ZIP: {}}}}}


@router.get("/{number}/evidence", summary="A case's evidence pack", openapi_extra=PACK)
def get_evidence(request: HttpRequest, number: str) -> HttpResponse | StreamingHttpResponse:
    """A zip of a case you may read, to be checked offline: documents, files, signatures, the journal, a checker."""
    pack = evidence(actor_of(request), number)
    return StreamingHttpResponse(pack.chunks, headers=attachment_headers(pack.name, ZIP))


@router.get("/{number}/pins", response=list[PinOfCase], summary="A case's pins")
def get_pins(request: HttpRequest, number: str) -> list[PinOfCase]:
    """The pins on the files of a case you may read, with what was said of them."""
    return [
        PinOfCase(
            number=pin.number, document=pin.document, version=pin.version, file=pin.file, sha256=pin.sha256,
            page=pin.page, left=f"{pin.left:.2f}", top=f"{pin.top:.2f}", text=pin.text, state=pin.state,
            author=pin.author, at=pin.set_at,
            remarks=[
                PinRemark(kind=r.kind, version=r.version, text=r.text, author=r.author_name, at=r.said_at)
                for r in pin.remarks
            ],
        )
        for pin in pins_of_case(actor_of(request), number)
    ]  # fmt: skip


@router.post("/{number}/withdrawal", response={200: Case}, summary="Withdraw a case")
@idempotent
def post_withdrawal(request: HttpRequest, number: str, body: Reason) -> tuple[int, Case]:
    """Take back a case you started."""
    withdraw_case(actor_of(request), number, body.reason)
    return 200, _case(case_view(actor_of(request), number))


@router.post("/{number}/comments", response={201: Text}, summary="Comment on a case")
@idempotent
def post_comment(request: HttpRequest, number: str, body: Text) -> tuple[int, Text]:
    """Say something about a case you may read."""
    return 201, Text(text=comment_on_case(actor_of(request), number, body.text).text)


@router.post("/{number}/copies", response={200: Case}, summary="Copy colleagues on a case")
@idempotent
def post_copies(request: HttpRequest, number: str, body: NewCopies) -> tuple[int, Case]:
    """Let colleagues know of a case you take part in; they may read it from now on."""
    copy_case(actor_of(request), number, body.people, text=body.text)
    return 200, _case(case_view(actor_of(request), number))
