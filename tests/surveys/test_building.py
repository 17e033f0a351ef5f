"""Building a survey: who may, until when, and what is told where."""

from datetime import timedelta

import pytest

from huiqian.base import clock
from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.journal.models import Entry
from huiqian.surveys.access import SurveyHasAnswers, rights_of, survey_for
from huiqian.surveys.commands import add_question, arrange_survey, save_question, save_survey_settings
from huiqian.surveys.models import Survey
from huiqian.surveys.rules import Questionnaire, problems, read_questionnaire
from tests.people import actor
from tests.surveys.scene import BUILDER, open_it, respond

SETTINGS = {"title": "新风系统用户调查", "once": "1", "mode": "open", "intro": "您好", "thanks": "谢谢"}


def asked(survey: Survey) -> Questionnaire:
    survey.refresh_from_db()
    return read_questionnaire(survey.content)


def test_a_question_is_added_and_changed_field_by_field(survey: Survey) -> None:
    boss = actor(BUILDER)
    name = add_question(boss, survey.pk, "several", 1)
    assert (name, asked(survey).page_of(name), list(problems(asked(survey))[name])) == ("q1", 1, ["label", "options"])
    typed = {
        "kind": "several", "label": " 您关心什么？ ", "label_en": "What matters?", "required": "on",
        "options": "噪声 | Noise\n\n价格\n 能耗 ", "if_question": "use", "if_op": "is", "if_value": "yes",
    }  # fmt: skip
    one = save_question(boss, survey.pk, name, typed)
    assert asked(survey).by_name[name] == one
    assert (one.label.zh, one.required, [option.label.zh for option in one.options]) == (
        "您关心什么？", True, ["噪声", "价格", "能耗"],
    )  # fmt: skip
    assert one.options[0].label.en == "Noise"
    assert one.show_if is not None
    assert (one.show_if.question, one.show_if.op, one.show_if.value) == ("use", "is", "yes")
    assert problems(asked(survey)) == {}
    assert Entry.objects.filter(chain=f"case:{survey.case_id}", kind="survey_changed").count() == 2
    save_question(boss, survey.pk, name, typed)
    assert Entry.objects.filter(kind="survey_changed").count() == 2, "what changes nothing leaves no trace"


def test_what_cannot_be_kept_is_told_at_its_field_and_changes_nothing(survey: Survey) -> None:
    before = asked(survey)
    boss = actor(BUILDER)
    with pytest.raises(Invalid) as refused:
        save_question(boss, survey.pk, "area", {"label": "长" * 301, "least": "abc", "most": "9" * 30})
    assert set(refused.value.errors) == {"label", "least", "most"}
    with pytest.raises(Invalid):
        add_question(boss, survey.pk, "dance")
    with pytest.raises(NotFound):
        save_question(boss, survey.pk, "nowhere", {})
    with pytest.raises(NotFound):
        arrange_survey(boss, survey.pk, "dance")
    assert asked(survey) == before


def test_changing_the_kind_keeps_what_was_written_for_the_other(survey: Survey) -> None:
    boss = actor(BUILDER)
    save_question(boss, survey.pk, "use", {"kind": "text", "label": "x"})
    one = save_question(boss, survey.pk, "use", {"kind": "choice", "label": "x"})
    assert [option.code for option in one.options] == ["yes", "no"]


def test_pages_and_copies(survey: Survey) -> None:
    boss = actor(BUILDER)
    arrange_survey(boss, survey.pk, "add-page")
    arrange_survey(boss, survey.pk, "name-page", page=2, title="其他 | Other")
    arrange_survey(boss, survey.pk, "copy", question="use")
    arrange_survey(boss, survey.pk, "down", question="use")
    found = asked(survey)
    assert (len(found.pages), found.pages[2].title.en) == (3, "Other")
    assert [one.name for one in found.pages[0].questions] == ["q1", "use", "brands", "score"]
    arrange_survey(boss, survey.pk, "delete-page", page=0)
    assert [len(page.questions) for page in asked(survey).pages] == [9, 0]
    with pytest.raises(Invalid):
        arrange_survey(boss, survey.pk, "name-page", page=0, title="长" * 101)


def test_a_condition_about_a_question_that_was_moved_behind_is_told(survey: Survey) -> None:
    boss = actor(BUILDER)
    arrange_survey(boss, survey.pk, "up", question="brands")
    assert problems(asked(survey))["brands"].keys() == {"show_if"}


def test_only_whoever_has_the_step_builds_and_nobody_else_learns_of_it(survey: Survey) -> None:
    with pytest.raises(NotFound):
        add_question(actor("finance_manager"), survey.pk, "text")
    with pytest.raises(NotFound):
        survey_for(actor("finance_manager"), survey.pk)
    with pytest.raises(Forbidden):
        add_question(actor("admin"), survey.pk, "text")
    rights = rights_of(actor(BUILDER), survey)
    assert (rights.builds, rights.keeps) == (True, True)
    survey = open_it(survey)
    assert not rights_of(actor(BUILDER), survey).builds
    with pytest.raises(Forbidden):
        add_question(actor(BUILDER), survey.pk, "text")


def test_questions_that_were_answered_stay_but_texts_and_the_closing_day_may_change(survey: Survey) -> None:
    # As where a case went back to the step after its survey had been open.
    Survey.objects.filter(pk=survey.pk).update(opened_at=clock.now())
    survey.refresh_from_db()
    respond(survey)
    boss, before = actor(BUILDER), asked(survey)
    for change in (
        lambda: add_question(boss, survey.pk, "text"),
        lambda: save_question(boss, survey.pk, "use", {"label": "x"}),
        lambda: arrange_survey(boss, survey.pk, "delete", question="use"),
    ):
        with pytest.raises(SurveyHasAnswers):
            change()
    day = clock.today() + timedelta(days=7)
    save_survey_settings(boss, survey.pk, {**SETTINGS, "closes": f"{day}"})
    found = asked(survey)
    assert (found.pages, found.thanks.zh, survey.title_zh) == (before.pages, "谢谢", "新风系统用户调查")
    assert survey.closes_at is not None
    assert survey.closes_at.astimezone(clock.COMPANY_ZONE).date() == day + timedelta(days=1)


def test_settings_that_cannot_be_are_told_all_at_once(survey: Survey) -> None:
    before = survey.title_zh
    with pytest.raises(Invalid) as refused:
        save_survey_settings(
            actor(BUILDER), survey.pk, {**SETTINGS, "title": " ", "closes": "2020-01-01", "intro": "长" * 2001}
        )
    assert set(refused.value.errors) == {"title", "closes", "intro"}
    survey.refresh_from_db()
    assert survey.title_zh == before
