"""Surveys: how they stand and what came of them, to read."""

from datetime import datetime
from decimal import Decimal

from django.http import HttpRequest
from ninja import Router, Schema

from huiqian.api.bearer import actor_of
from huiqian.surveys import queries
from huiqian.surveys.models import Survey as SurveyRow
from huiqian.surveys.rules import FILE, Bar, Tally

router = Router()
MOST = 100


class Survey(Schema):
    """A survey of a case. `state`: draft, open or closed; `path` is its open link, below this server's address."""

    id: int
    case: str
    key: str
    title: str
    state: str
    personal_links_only: bool
    opened_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    answers: int
    path: str


class SurveyPage(Schema):
    """Up to 100 surveys, the newest first; `next` is the next page's number, null on the last one."""

    items: list[Survey]
    next: int | None


class Count(Schema):
    """How often an answer was given; `share` in percent of those who answered."""

    code: str
    label: str
    count: int
    share: Decimal


class Line(Schema):
    """A row of a matrix, counted."""

    label: str
    answered: int
    counts: list[Count]


class Result(Schema):
    """One question's result. `texts` are answers in words, newest first; for files their ids, for GET /files."""

    name: str
    number: int
    kind: str
    question: str
    required: bool
    answered: int
    counts: list[Count]
    lines: list[Line]
    mean: Decimal | None
    median: Decimal | None
    lowest: str
    highest: str
    texts: list[str]
    summary: str


class SurveyResults(Survey):
    """A survey with every question's result as it is now."""

    results: list[Result]


@router.get("", response=SurveyPage)
def surveys(request: HttpRequest, case: str = "", page: int = 1) -> SurveyPage:
    """The surveys of the cases you may read, or of one case by its number."""
    page = min(max(page, 1), 10_000)
    found = queries.surveys(actor_of(request), case)[(page - 1) * MOST : page * MOST + 1]
    rows = list(found)
    items = [_survey(row, row.answer_count) for row in rows[:MOST]]
    return SurveyPage(items=items, next=page + 1 if len(rows) > MOST else None)


@router.get("/{survey_id}", response=SurveyResults)
def survey(request: HttpRequest, survey_id: int) -> SurveyResults:
    """One survey and what came of it so far."""
    view = queries.survey_view(actor_of(request), survey_id)
    found = queries.results(view.survey)
    return SurveyResults(
        **_survey(view.survey, found.count).dict(), results=[_result(one) for one in found.tallies]
    )  # fmt: skip


def _survey(row: SurveyRow, answers: int) -> Survey:
    return Survey(
        id=row.pk, case=row.case.number, key=row.key, title=row.title, state=row.state,
        personal_links_only=row.mode == SurveyRow.Mode.PERSONAL, opened_at=row.opened_at, closes_at=row.closes_at,
        closed_at=row.closed_at, answers=answers, path=f"/s/{row.token}",
    )  # fmt: skip


def _result(one: Tally) -> Result:
    question = one.question
    return Result(
        name=question.name, number=one.number, kind=question.kind, question=str(question.label),
        required=question.required, answered=one.answered, counts=[_count(bar) for bar in one.bars],
        lines=[
            Line(label=line.label, answered=line.answered, counts=[_count(bar) for bar in line.bars])
            for line in one.lines
        ],
        mean=one.mean, median=one.middle, lowest=one.lowest, highest=one.highest,
        texts=[text for _pk, text in one.texts], summary="" if question.kind == FILE else one.summary,
    )  # fmt: skip


def _count(bar: Bar) -> Count:
    return Count(code=bar.code, label=bar.label, count=bar.count, share=bar.share)
