"""What pages and programs ask about surveys."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from huiqian.base.actors import Actor
from huiqian.documents.models import File
from huiqian.journal.models import Entry
from huiqian.surveys.access import HEAVY, Rights, rights_of, survey_for, visible_surveys
from huiqian.surveys.events import SurveyAnswered
from huiqian.surveys.models import Answer, Invitation, Survey, Upload
from huiqian.surveys.rules import FILE, Questionnaire, Tally, read_questionnaire, tally
from huiqian.surveys.rules.checking import Problems, problems
from huiqian.surveys.rules.sheets import answers_sheet
from huiqian.surveys.rules.states import canonical, closing_text, digest_of


@dataclass(frozen=True, slots=True)
class SurveyView:
    """A survey for its pages: what it asks, how it stands, what the reader may do."""

    survey: Survey
    asked: Questionnaire
    problems: Problems
    state: str
    rights: Rights
    answers: int

    @property
    def closes(self) -> str:
        """When it closes, as people write it; empty where only the process closes it."""
        return closing_text(self.survey.closes_at)

    @property
    def may_change(self) -> bool:
        """Whether the reader may change questions now."""
        return self.rights.builds and not self.answers


def survey_view(actor: Actor, survey_id: int) -> SurveyView:
    """A survey by its number. 3 queries; NotFound where its case is not theirs to see."""
    return view_of(actor, survey_for(actor, survey_id))


def surveys(actor: Actor, case: str = "") -> "QuerySet[Survey, Any]":
    """The surveys this person may see, the newest first, with `answer_count`; of one case by its number. 1 query."""
    found = visible_surveys(actor).annotate(answer_count=Count("answers")).order_by("-id")
    return found.filter(case__number=case) if case else found


def view_of(actor: Actor, survey: Survey) -> SurveyView:
    """What a page shows of a survey that its reader may see. 2 queries."""
    asked = read_questionnaire(survey.content)
    return SurveyView(survey, asked, problems(asked), survey.state, rights_of(actor, survey), survey.answers.count())


def surveys_of_case(actor: Actor, case_id: int) -> list[SurveyView]:
    """The surveys of a case that the reader sees already. 1 query and 2 for each."""
    found = Survey.objects.filter(case_id=case_id).select_related("case").defer(*HEAVY)
    return [view_of(actor, survey) for survey in found]


@dataclass(frozen=True, slots=True)
class Results:
    """What came of a survey so far: how many answered, when last, and every question counted."""

    count: int
    latest: datetime | None
    tallies: tuple[Tally, ...]
    files: Mapping[str, str]


def results(survey: Survey) -> Results:
    """A survey's results as they are now. 1 query, 2 where files were sent along."""
    asked = read_questionnaire(survey.content)
    rows = list(survey.answers.order_by("id").values_list("pk", "values", "answered_at"))
    tallies = tuple(tally(asked, [(pk, values) for pk, values, _at in rows]))
    ids = [text for one in tallies if one.question.kind == "file" for _pk, text in one.texts]
    return Results(len(rows), rows[-1][2] if rows else None, tallies, file_names(ids))


def file_names(ids: Collection[str]) -> dict[str, str]:
    """The names of files by their ids. 1 query, none without ids."""
    if not ids:
        return {}
    return {str(pk): name for pk, name in File.objects.filter(pk__in=list(ids)).values_list("pk", "name")}


def sent_names(survey: Survey, ids: Iterable[str]) -> dict[str, str]:
    """The names of files that respondents sent along for this survey, by id. 1 query, none without ids."""
    wanted = [pk for one in ids if (pk := _uuid(one)) is not None]
    if not wanted:
        return {}
    found = Upload.objects.filter(survey=survey, file__in=wanted).values_list("file_id", "file__name")
    return {str(pk): name for pk, name in found}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text[:40])
    except ValueError:
        return None


def answers_of(survey: Survey) -> list[Answer]:
    """Every answer in the order it came in, with the personal link it came by. 1 query."""
    return list(survey.answers.select_related("invitation").order_by("id"))


def sheet_of_answers(survey: Survey) -> bytes:
    """Every answer as an Excel workbook. At most 2 queries."""
    asked, answers = read_questionnaire(survey.content), answers_of(survey)
    sent = [one.name for one in asked if one.kind == FILE]
    files = file_names([pk for answer in answers for name in sent for pk in answer.values.get(name, ())])
    rows = [
        (one.answered_at, one.language, one.invitation.label if one.invitation else "", one.values) for one in answers
    ]
    return answers_sheet(survey.title, asked, rows, files)


def changed_answers() -> Iterator[tuple[int, int, str]]:
    """Answers that are not what came in: (survey, answer, "changed", "removed" or "inserted"), by the journal's facts.

    Reads all facts of answers and all answers once, a batch at a time.
    """
    told = {
        (int(detail["survey"]), int(detail["answer"])): str(detail["digest"])
        for detail in Entry.objects.filter(kind=SurveyAnswered.kind()).values_list("detail", flat=True).iterator()
    }
    for survey, pk, values in Answer.objects.order_by("pk").values_list("survey_id", "pk", "values").iterator():
        digest = told.pop((survey, pk), None)
        if digest is None:
            yield survey, pk, "inserted"
        elif digest != digest_of(canonical(values)):
            yield survey, pk, "changed"
    for survey, pk in told:
        yield survey, pk, "removed"


def links_of(survey: Survey) -> list[tuple[Invitation, bool]]:
    """The personal links in the order they were made, with whether each has answered. 1 query."""
    return [(one, bool(one.used)) for one in survey.invitations.annotate(used=Count("answer"))]
