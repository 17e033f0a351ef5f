"""What surveys do inside a case's transaction: begun with it, opened and closed by its steps, read by its forms."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from huiqian.base.errors import Incident, Invalid
from huiqian.feel import Expression, compile_expression
from huiqian.process.content import SurveyKind
from huiqian.process.members import Readable
from huiqian.process.run import Case
from huiqian.surveys.events import SurveyClosed, SurveyOpened
from huiqian.surveys.models import Answer, Survey
from huiqian.surveys.rules import (
    LONG_TEXT,
    MATRIX,
    SCALE,
    TEXT,
    Question,
    moment_of,
    problems,
    read_questionnaire,
    tally,
)


def token() -> str:
    """A link's secret part: 96 bits nobody guesses, short enough for a QR code that phones read at once."""
    return secrets.token_urlsafe(12)


def begin_surveys(case: Case) -> None:
    """A case that begins gets its process's surveys, with the questions that they start with."""
    Survey.objects.bulk_create([_fresh(case, kind) for kind in case.content.surveys.values()])


def _fresh(case: Case, kind: SurveyKind) -> Survey:
    return Survey(
        case_id=case.id, key=kind.key, title_zh=kind.name_zh, title_en=kind.name_en, token=token(),
        content=dict(kind.questions) or {"pages": []}, created_at=case.now,
    )  # fmt: skip


def _survey(case: Case, inputs: Mapping[str, Any]) -> Survey:
    """The survey that a step names, its row locked; a case that is older than its survey gets it now."""
    key = str(inputs.get("survey") or "")
    kind = case.content.surveys.get(key)
    if kind is None:
        raise Incident("no-survey", _("The process has no survey “%(key)s”."), key=key)
    found = Survey.objects.select_for_update().filter(case_id=case.id, key=key).first()
    if found is None:
        found = _fresh(case, kind)
        found.save()
    return found


def open_survey(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Service step `open_survey`: the survey takes answers from now on. Done again, it changes nothing.

    Inputs: `survey` (its key), `closes` (a day, whose end it is, or a moment; optional), `title` (optional). Incident
    where there is nothing to ask, or the closing time is past.
    """
    survey = _survey(case, inputs)
    try:
        closes = moment_of(inputs.get("closes")) or survey.closes_at
    except ValueError:
        raise Incident("survey-unfit", _("The survey's closing day cannot be read.")) from None
    if survey.opened_at is not None and survey.closed_at is None:
        return {}
    if problems(read_questionnaire(survey.content)):
        raise Incident("survey-unfit", _("The survey has no question yet, or one that is not finished: complete it."))
    if closes is not None and closes <= case.now:
        raise Incident("survey-unfit", _("The survey's closing day is past: choose a later one."))
    # What its builder has chosen stays: the closing time where the step says none, a title of their own.
    title = str(inputs.get("title") or "").strip()
    if title and survey.title_zh == case.content.surveys[survey.key].name_zh:
        survey.title_zh = title[:200]
    survey.closes_at = closes
    case.facts.append(opened(survey, case.now))
    return {}


def opened(survey: Survey, now: datetime) -> SurveyOpened:
    """Let a survey take answers; the fact to write down."""
    survey.opened_at, survey.closed_at = survey.opened_at or now, None
    survey.revision += 1
    survey.save()
    asked = len(read_questionnaire(survey.content))
    return SurveyOpened(survey=survey.pk, key=survey.key, questions=asked, closes_at=survey.closes_at)


def close_survey(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Service step `close_survey`: no more answers. Nothing to do where it never opened or is closed.

    Input: `survey` (its key). Incident for a survey that the process does not have.
    """
    survey = _survey(case, inputs)
    if survey.opened_at is not None and survey.closed_at is None:
        case.facts.append(closed(survey, case.now))
    return {}


def closed(survey: Survey, now: datetime) -> SurveyClosed:
    """Let a survey take no more answers; the fact to write down. Its row is locked: answers in flight are counted."""
    survey.closed_at = now
    survey.revision += 1
    survey.save(update_fields=["closed_at", "revision"])
    return SurveyClosed(survey=survey.pk, key=survey.key, answers=survey.answers.count())


def require_survey(case: Case, element: str, answers: Mapping[str, Any]) -> None:
    """Before a step is handed in: Invalid while a survey that the case needs has no question or an unfinished one."""
    for kind in case.content.surveys.values():
        if not _is_wanted(kind, case, answers):
            continue
        survey = _survey(case, {"survey": kind.key})
        wrong = problems(read_questionnaire(survey.content))
        if not wrong:
            continue
        if "" in wrong:
            text = _("The survey has no question yet. Open it on the case’s page, add at least one, then hand in.")
        else:
            text = _("The survey has questions that are not finished. Open it on the case’s page and complete them.")
        raise Invalid({"survey": [text]}, text=text)


def _is_wanted(kind: SurveyKind, case: Case, answers: Mapping[str, Any]) -> bool:
    if not kind.wanted:
        return True
    expression: Expression = compile_expression(kind.wanted)
    return expression.evaluate({**case.answers, **answers}) is True


def survey_results(case: Readable) -> list[dict[str, object]]:
    """For expressions: {survey, question, kind, answers, summary} for every question of the case's surveys. 2 queries.

    `summary` is a Chinese sentence: 很满意 12（60%），满意 6（30%）；平均 4.3.
    """
    surveys = list(Survey.objects.filter(case_id=case.id))
    answers: dict[int, list[tuple[int, Any]]] = {survey.pk: [] for survey in surveys}
    for survey, pk, values in Answer.objects.filter(survey__in=surveys).values_list("survey_id", "pk", "values"):
        answers[survey].append((pk, values))
    with override("zh-hans"):
        return [
            {
                "survey": survey.title_zh,
                "question": one.question.label.zh,
                "kind": str(one.question.kind_name),
                "answers": Decimal(one.answered),
                "summary": one.summary,
            }
            for survey in surveys
            if survey.opened_at is not None
            for one in tally(read_questionnaire(survey.content), answers[survey.pk])
        ]


def survey_count(case: Readable) -> Decimal:
    """For expressions: how many answers all of the case's surveys have got so far. 1 query."""
    return Decimal(Answer.objects.filter(survey__case_id=case.id).count())


def survey_questions(case: Readable) -> list[dict[str, object]]:
    """For expressions: {page, number, question, kind, options} for every question of the case's surveys. 1 query."""
    with override("zh-hans"):
        return [
            {
                "page": Decimal(page),
                "number": Decimal(asked.numbers[one.name]),
                "question": one.label.zh,
                "kind": str(one.kind_name),
                "options": "；".join(_offered(one)),
            }
            for survey in Survey.objects.filter(case_id=case.id)
            for asked in [read_questionnaire(survey.content)]
            for page, found in enumerate(asked.pages, start=1)
            for one in found.questions
        ]


def _offered(one: Question) -> Iterable[str]:
    """What a question offers, for the printed questionnaire."""
    options = "、".join(option.label.zh for option in one.options)
    if one.kind == MATRIX:
        yield "、".join(row.label.zh for row in one.rows)
    if options:
        yield options
    if one.kind == SCALE:
        ends = [f"{end}＝{words.zh}" for end, words in ((1, one.low), (one.top, one.high)) if words.zh]
        yield f"1–{one.top}" + (f"（{'，'.join(ends)}）" if ends else "")
    if one.kind not in {TEXT, LONG_TEXT} and one.unit.zh:
        yield one.unit.zh
