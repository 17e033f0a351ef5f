"""Building a survey: its questions, pages and texts."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid, NotFound, Text
from huiqian.forms.rules import Field, Words
from huiqian.forms.rules.kinds import Wrong, clean
from huiqian.journal.record import record
from huiqian.process.run import Case
from huiqian.surveys.access import survey_to_build
from huiqian.surveys.events import SurveyChanged
from huiqian.surveys.models import Survey
from huiqian.surveys.rules import Question, Questionnaire, editing, moment_of, read_questionnaire, to_json

ARRANGEMENTS = ("up", "down", "copy", "delete", "add-page", "delete-page", "name-page")


@command
def add_question(actor: Actor, survey_id: int, kind: str, page: int = 0) -> str:
    """Add a question of a kind at the end of a page (from 0); its name.

    Refusals: NotFound, Forbidden, SurveyHasAnswers; Invalid for an unknown kind or too many questions.
    """
    case, survey = survey_to_build(actor, survey_id)
    asked = read_questionnaire(survey.content)
    question = editing.fresh(asked, kind)
    _save(actor, case, survey, editing.put(asked, question, page), "question_added", question.name)
    return question.name


@command
def save_question(actor: Actor, survey_id: int, name: str, typed: Mapping[str, str]) -> Question:
    """Change a question to what its form says; half-finished is kept, too, and told as such.

    Refusals: NotFound, Forbidden, SurveyHasAnswers; Invalid, by field, for what cannot be kept.
    """
    case, survey = survey_to_build(actor, survey_id)
    asked = read_questionnaire(survey.content)
    before = _question(asked, name)
    question = editing.question_from(typed, before, asked.before(name))
    if question != before:
        _save(actor, case, survey, editing.changed(asked, question), "question_changed", name)
    return question


@command
def arrange_survey(
    actor: Actor, survey_id: int, how: str, *, question: str = "", page: int = 0, title: str = ""
) -> None:
    """Move a question (`up`, `down`), `copy` or `delete` it; `add-page`, `delete-page`, `name-page` (from 0).

    Refusals: NotFound, Forbidden, SurveyHasAnswers; Invalid for too many questions or pages, or a title too long.
    """
    case, survey = survey_to_build(actor, survey_id)
    asked = read_questionnaire(survey.content)
    if how in ("up", "down", "copy", "delete"):
        _question(asked, question)
    match how:
        case "up" | "down":
            done = editing.moved(asked, question, -1 if how == "up" else 1)
        case "copy":
            done = editing.copied(asked, question)
        case "delete":
            done = editing.without(asked, question)
        case "add-page":
            done = editing.with_page(asked)
        case "delete-page":
            done = editing.without_page(asked, page)
        case "name-page":
            done = editing.with_title(asked, page, title)
        case _:
            raise NotFound
    _save(actor, case, survey, done, f"arranged: {how}", question)


@command
def save_survey_settings(actor: Actor, survey_id: int, typed: Mapping[str, str]) -> Survey:
    """Change title, texts before and after, who may answer, and when it closes; also when there are answers already.

    Fields: title, title_en, intro, intro_en, thanks, thanks_en, mode, once, closes (a day). Refusals: NotFound,
    Forbidden; Invalid by field.
    """
    case, survey = survey_to_build(actor, survey_id, questions=False)
    errors: dict[str, list[Text]] = {}
    titles = {name: _text(typed, name, errors) for name in ("title", "title_en")}
    if not titles["title"] and "title" not in errors:
        errors["title"] = [_("Give it a title: respondents see it.")]
    closes = survey.closes_at
    try:
        closes = _closing(typed.get("closes", ""))
    except Wrong as wrong:
        errors["closes"] = [wrong.sentence]
    if closes is not None and closes != survey.closes_at and closes <= clock.now():
        errors["closes"] = [_("This day is past. Choose a later one, or close the survey.")]
    try:
        asked = editing.with_texts(read_questionnaire(survey.content), typed)
    except Invalid as refusal:
        raise Invalid({**errors, **refusal.errors}) from None
    if errors:
        raise Invalid(errors)
    survey.title_zh, survey.title_en, survey.closes_at = titles["title"], titles["title_en"], closes
    survey.mode = Survey.Mode.PERSONAL if typed.get("mode") == "personal" else Survey.Mode.OPEN
    survey.once = bool(typed.get("once"))
    _save(actor, case, survey, asked, "settings")
    return survey


def _closing(typed: str) -> datetime | None:
    """2026-12-31 (to the end of the day) or 2026-12-31 18:00. Wrong for anything else that is not empty."""
    day, at = typed.strip(), None
    if found := re.fullmatch(r"(.*?)[ T](\d{1,2})[:：](\d{2})", day[:40]):
        day = found[1]
        if int(found[2]) > 23 or int(found[3]) > 59:
            raise Wrong(_("Enter a time like 18:00 behind the date."))
        at = time(int(found[2]), int(found[3]))
    said = clean(Field(name="closes", type="date", label=Words()), day)
    if said is None or at is None:
        return moment_of(said)
    return datetime.combine(date.fromisoformat(str(said)), at, clock.COMPANY_ZONE)


def _text(typed: Mapping[str, str], name: str, errors: dict[str, list[Text]]) -> str:
    try:
        return str(clean(Field(name=name, type="text", label=Words(), max_length=200), typed.get(name, "")) or "")
    except Wrong as wrong:
        errors[name] = [wrong.sentence]
        return ""


def _question(asked: Questionnaire, name: str) -> Question:
    if name not in asked.by_name:
        raise NotFound
    return asked.by_name[name]


def _save(actor: Actor, case: Case, survey: Survey, asked: Questionnaire, what: str, question: str = "") -> None:
    survey.content = to_json(asked)
    survey.revision += 1
    survey.save()
    record(actor, case.chain, [SurveyChanged(survey=survey.pk, key=survey.key, what=what, question=question)])
