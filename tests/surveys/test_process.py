"""What a process does with a survey: it begins with it, requires it, opens and closes it, reads what came of it."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.errors import Invalid
from huiqian.journal.models import Entry
from huiqian.journal.queries import verify
from huiqian.process.commands import retry_incident
from huiqian.process.models import Incident, Instance
from huiqian.surveys.commands import SurveyClosedNow, arrange_survey, close_due_surveys, save_survey_settings
from huiqian.surveys.models import Answer, Survey
from huiqian.surveys.rules.states import closing_text
from huiqian.work.commands import withdraw_case
from huiqian.work.queries import case_view
from tests.people import actor, answer, asked
from tests.surveys.scene import BUILDER, begin, load_process, open_it, respond


def facts(survey: Survey, kind: str) -> list[dict[str, Any]]:
    return list(Entry.objects.filter(chain=f"case:{survey.case_id}", kind=kind).values_list("detail", flat=True))


def test_it_begins_with_its_case_and_opens_and_closes_with_its_steps(survey: Survey) -> None:
    assert (survey.state, survey.title_zh, survey.answers.count()) == ("draft", "满意度调查", 0)
    with pytest.raises(SurveyClosedNow):
        respond(survey)
    survey = open_it(survey, until="2099-12-31")
    assert survey.state == "open"
    assert survey.closes_at is not None
    assert survey.closes_at.astimezone(clock.COMPANY_ZONE).isoformat() == "2100-01-01T00:00:00+08:00"
    respond(survey)
    answer(survey.case.number, BUILDER, "submit")
    survey.refresh_from_db()
    assert survey.state == "closed"
    assert [one["answers"] for one in facts(survey, "survey_closed")] == [1]
    assert [one["questions"] for one in facts(survey, "survey_opened")] == [8]
    with pytest.raises(SurveyClosedNow):
        respond(survey)
    assert list(verify()) == []


def test_the_step_is_not_handed_in_while_the_survey_is_not_finished(survey: Survey) -> None:
    boss = actor(BUILDER)
    for name in ("use", "brands", "score", "points", "why", "area", "bought", "photo"):
        arrange_survey(boss, survey.pk, "delete", question=name)
    with pytest.raises(Invalid) as refused:
        open_it(survey)
    assert set(refused.value.errors) == {"survey"}
    assert "至少添加一道题" in str(refused.value)
    assert asked(survey.case.number) == {BUILDER}


def test_a_survey_that_is_not_wanted_is_not_required(company: None, tmp_path: Path) -> None:
    load_process(tmp_path, None, wanted="wanted = true")
    with pytest.raises(Invalid):
        open_it(begin(), wanted=True)
    survey = open_it(begin(), wanted=False)
    # It came to the step that opens: with nothing to ask it stands there until somebody mends it.
    assert "no question yet" in Incident.objects.get(instance_id=survey.case_id).text_en


def test_a_closing_day_that_is_past_is_an_incident_that_is_mended(survey: Survey) -> None:
    survey = open_it(survey, until="2020-01-01")
    trouble = Incident.objects.get(instance_id=survey.case_id)
    assert (trouble.element, trouble.text_en) == ("open", "The survey's closing day is past: choose a later one.")
    assert survey.opened_at is None
    Instance.objects.filter(pk=survey.case_id).update(data={"until": "2099-01-01"})
    retry_incident(actor("admin"), trouble.pk)
    survey.refresh_from_db()
    assert survey.state == "open"


def test_expressions_read_what_is_asked_and_what_came_of_it(survey: Survey) -> None:
    variables = case_view(actor(BUILDER), survey.case.number).variables
    rows: Any = variables["survey_questions"]
    assert rows[0] == {
        "page": 1, "number": 1, "question": "您是否使用新风系统？", "kind": "单选", "options": "是、否",
    }  # fmt: skip
    assert [row["options"] for row in rows[2:4]] == ["1–5（1＝很不满意，5＝很满意）", "噪声、价格；好、差"]
    assert variables["survey_results"] == []
    survey = open_it(survey)
    respond(survey)
    respond(survey, {"use": "no"})
    variables = case_view(actor(BUILDER), survey.case.number).variables
    assert variables["survey_count"] == Decimal(2)
    results: Any = variables["survey_results"]
    assert results[0] == {
        "survey": "满意度调查", "question": "您是否使用新风系统？", "kind": "单选", "answers": 2,
        "summary": "是 1（50%），否 1（50%）",
    }  # fmt: skip


def test_time_closes_it_and_tells_so_once(survey: Survey) -> None:
    survey = open_it(survey, until=f"{clock.today() + timedelta(days=1)}")
    assert close_due_surveys(SYSTEM) == 0
    with clock.moved_to(clock.now() + timedelta(days=3)):
        assert survey.state == "closed"
        with pytest.raises(SurveyClosedNow):
            respond(survey)
        assert (close_due_surveys(SYSTEM), close_due_surveys(SYSTEM)) == (1, 0)
    assert len(facts(survey, "survey_closed")) == 1
    assert Answer.objects.count() == 0


def test_a_case_that_is_over_takes_no_answers(survey: Survey) -> None:
    survey = open_it(survey)
    withdraw_case(actor(BUILDER), survey.case.number, "取消")
    survey = Survey.objects.select_related("case").get(pk=survey.pk)
    assert survey.state == "closed"
    with pytest.raises(SurveyClosedNow):
        respond(survey)
    assert close_due_surveys(SYSTEM) == 1


@pytest.mark.parametrize(
    ("about", "questions"),
    [
        ({"build": "nowhere"}, None),
        ({"build": "open"}, None),
        ({}, {"pages": [{"questions": [{"name": "a", "kind": "text"}]}]}),
    ],
)
def test_a_process_whose_survey_cannot_work_is_not_loaded(
    company: None, tmp_path: Path, about: dict[str, str], questions: dict[str, Any] | None
) -> None:
    with pytest.raises(ValueError, match=r"survey|label"):
        load_process(tmp_path, questions, **about)


def test_what_its_builder_chose_stays_when_it_opens(survey: Survey) -> None:
    day = clock.today() + timedelta(days=9)
    save_survey_settings(actor(BUILDER), survey.pk, {"title": "自己的标题", "closes": f"{day} 12:00"})
    survey = open_it(survey)
    assert (survey.title_zh, closing_text(survey.closes_at)) == ("自己的标题", f"{day} 12:00")
