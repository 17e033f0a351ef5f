"""GET /handbook: what the processes in effect say, as data and as files."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from huiqian.api.bearer import actor_of
from huiqian.insight.printing import print_handbook
from huiqian.insight.queries import Handbook as Book
from huiqian.insight.queries import handbook
from huiqian.insight.word import write_handbook

router = Router()

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class HandbookNamed(Schema):
    """Something with a code and a name; a step's code is its element."""

    code: str
    name: str


class HandbookRule(Schema):
    """A general rule, and how the system keeps it."""

    code: str
    text: str
    kept: str


class HandbookWay(Schema):
    """A way on from a branching: when it is taken, and where it leads."""

    when: str
    to: list[str]


class HandbookBranching(Schema):
    """What is asked behind a step; `kind` is one, some, all (at the same time) or event."""

    kind: str
    question: str
    ways: list[HandbookWay]


class HandbookDecisionTable(Schema):
    """A decision table in words; the first `inputs` columns ask, the last is the note. Without rows: told before."""

    key: str
    name: str
    version: int
    policy: str
    inputs: int
    heads: list[str]
    rows: list[list[str]]


class HandbookStep(Schema):
    """A step in words; `kind` is do, approve, part, call, rule, system or wait."""

    element: str
    name: str
    kind: str
    positions: list[HandbookNamed]
    lane: str
    words: str
    how: list[str]
    form: str
    writes: str
    signs: str
    due: str
    answers: list[str]
    returns: list[HandbookNamed]
    branchings: list[HandbookBranching]
    decision: HandbookDecisionTable | None


class HandbookStepGroup(Schema):
    """The steps that make up one step of the company's numbering; "" for what has no number."""

    number: str
    steps: list[HandbookStep]


class HandbookDocumentLine(Schema):
    """A document that a process makes: the steps that write it, the positions that sign it."""

    key: str
    name: str
    each: bool
    written: list[HandbookNamed]
    signed: list[HandbookNamed]


class HandbookLinkLine(Schema):
    """What comes from another process or goes on to it."""

    process: HandbookNamed
    kind: str
    how: str
    document: str
    fields: list[str]


class HandbookSignature(Schema):
    """A position's signature in the joint review of the version."""

    position: str
    person: str
    at: datetime


class HandbookProcess(Schema):
    """A process as the handbook tells it."""

    code: str
    name: str
    department: str
    version: int
    since: datetime | None
    signed: list[HandbookSignature]
    provisional: bool
    purpose: str
    begins: str
    watch: list[HandbookNamed]
    groups: list[HandbookStepGroup]
    documents: list[HandbookDocumentLine]
    receives: list[HandbookLinkLine]
    hands_on: list[HandbookLinkLine]


class HandbookPosition(Schema):
    """A position with today's holders; `risk` is none (nobody), one or "": then `stand_in` is asked, found by `via`."""

    code: str
    name: str
    department: str
    superior: str
    holders: list[str]
    deputies: list[str]
    risk: str
    stand_in: list[str]
    via: str


class Handbook(Schema):
    """《市场部工作职责与工作流程》 as it is in effect on a day; `without` are processes without a version in effect."""

    title: str
    company: str
    day: date
    rules: list[HandbookRule]
    reviewers: list[HandbookNamed]
    processes: list[HandbookProcess]
    without: list[HandbookNamed]
    positions: list[HandbookPosition]


def _file(kind: str) -> dict[str, Any]:
    return {"responses": {200: {"content": {kind: {}}}}}


@router.get("", response=Handbook, summary="The handbook as it is in effect today")
def get_handbook(request: HttpRequest) -> Book:
    """General rules, processes with their steps in words, positions with today's holders."""
    return handbook(actor_of(request))


@router.get("/pdf", summary="The handbook as A4 PDF", openapi_extra=_file("application/pdf"))
def get_pdf(request: HttpRequest) -> HttpResponse:
    """The handbook to print."""
    return _sent(print_handbook(actor_of(request)).content, "application/pdf", "handbook.pdf")


@router.get("/docx", summary="The handbook as a Word document", openapi_extra=_file(DOCX))
def get_docx(request: HttpRequest) -> HttpResponse:
    """The handbook to go on writing with."""
    return _sent(write_handbook(actor_of(request)).content, DOCX, "handbook.docx")


def _sent(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
