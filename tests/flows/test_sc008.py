"""SC-008 培训管理流程, as the handbook says it: asked for, planned, given, surveyed, summarised, improved, archived."""

import pytest

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.errors import Forbidden, Invalid
from huiqian.documents.models import Document, Signature
from huiqian.journal.queries import verify
from huiqian.org.commands import assign_position, end_holding
from huiqian.org.models import Holding
from huiqian.process.models import Instance, InstanceLink
from huiqian.surveys.commands import SurveyClosedNow, add_question, reopen_survey, save_question
from huiqian.surveys.models import Survey
from huiqian.work.commands import start_case
from huiqian.work.models import Task
from huiqian.work.queries import start_form
from huiqian.work.queries.board import board
from huiqian.work.queries.lookups import open_work_of_former_holders
from tests.loop import proposed
from tests.people import actor, answer, asked
from tests.training import (
    APPROVER,
    ASKER,
    ORGANISER,
    SESSIONS,
    TRAINEES,
    approve,
    carry_out,
    collect,
    confirm,
    day,
    give,
    measure,
    plan,
    plan_values,
    prepare,
    request,
    respond,
    summarise,
    up_to_training,
)

pytestmark = pytest.mark.usefixtures("company")


def test_it_goes_from_the_request_to_the_last_measure() -> None:
    number = request(training_topic="新风机安装与调试培训")
    assert asked(number) == {APPROVER}
    approve(number, plan_by=day(5))
    assert asked(number) == {ORGANISER}
    plan(number)
    assert asked(number) == {APPROVER}
    prepare(number)
    assert asked(number) == {ORGANISER}, "one task for each session"
    assert Task.objects.filter(instance__number=number, element="give", status="open").count() == len(SESSIONS)
    late = [{"trainee": one, "attended": "present"} for one in TRAINEES[:2]]
    give(number, SESSIONS[0], attendance=[*late, {"trainee": TRAINEES[2], "attended": "absent"}])
    assert {line.member: line.state for line in board(actor(ASKER), number).lines} == {
        SESSIONS[0]: "done", SESSIONS[1]: "open",
    }  # fmt: skip
    respond(number, 4, 5)
    give(number, SESSIONS[1])
    collect(number)
    summarise(number, measure("改写作业指导书"), measure("增加实操", "technical_director"))
    case = Instance.objects.get(number=number)
    assert (case.data["total_rate"], case.data["session_results_present_total"]) == ("83.3", "5")
    assert [(row["trainee"], row["attended"], row["rate"]) for row in case.data["trainee_results"]] == [
        (TRAINEES[0], "2", "100"), (TRAINEES[1], "2", "100"), (TRAINEES[2], "1", "50"),
    ]  # fmt: skip
    assert case.data["analysis"].startswith(
        "计划 2 场，举办 2 场；应到 6 人次，实到 5 人次，出勤率 83.3%。培训调查表收回 2 份，回收率 66.7%。"
        "培训内容对工作有帮助：平均 4.5。讲师讲解清楚，能解答问题：平均 4.5。"
    )
    answer(number, APPROVER, opinion="同意，抓紧落实。")
    papers = dict(Document.objects.filter(dossier=case.pk).order_by("number").values_list("name_zh", "status"))
    names = ["技术服务申请单", "培训计划", "培训资料", "培训调查表", "培训总结"]
    assert papers == dict.fromkeys(names, "in_force")
    assert asked(number) == {"project_director", "technical_director"}
    carry_out(number, "project_director", "改写作业指导书")
    confirm(number, "改写作业指导书")
    case.refresh_from_db()
    assert case.status == "running", "it lasts until every measure is done"
    carry_out(number, "technical_director", "增加实操")
    confirm(number, "增加实操")
    case.refresh_from_db()
    assert (case.status, case.title, case.summary) == ("completed", "新风机安装与调试培训", "2 场 · 3 人")
    signed = Signature.objects.filter(version__document__dossier=case.pk, void_at=None).values_list("step", flat=True)
    assert set(signed) == {
        "request", "approve_request", "plan", "approve_plan", "material", "collect", "summary", "approve_summary",
    }  # fmt: skip
    assert list(verify()) == []


def test_employees_can_be_trained_too_and_only_trainings_are_taken() -> None:
    number = request(need_from="employees", customer=None, contact=None, need_department="projects")
    assert Instance.objects.get(number=number).data["need_department"] == "projects"
    with pytest.raises(Invalid) as refused:
        request(service_type="repair")
    assert set(refused.value.errors) == {"service_type"}
    with pytest.raises(Invalid) as refused:
        request(need_from="employees", customer=None, contact=None)
    assert set(refused.value.errors) == {"need_department"}
    with pytest.raises(Invalid) as refused:
        request(customer="C-999")
    assert set(refused.value.errors) == {"customer"}
    with pytest.raises(Invalid) as refused:
        request(wanted={"start": day(-9), "end": day(-1)})
    assert set(refused.value.errors) == {"wanted"}
    form = start_form("SC-008")
    assert form is not None
    for login in (ORGANISER, "key_account_manager_1"):
        with pytest.raises(Forbidden):
            start_case(actor(login), "SC-008", form.example)


def test_a_request_goes_back_with_reasons_and_comes_again() -> None:
    number = request()
    with pytest.raises(Invalid) as refused:
        answer(number, APPROVER, "return", to="request")
    assert set(refused.value.errors) == {"opinion"}
    answer(number, APPROVER, "return", "请写明学员人数和岗位。", to="request")
    assert asked(number) == {ASKER}
    answer(number, ASKER, "submit", values={"need": "安装班组 14 人，含 2 名班组长。", "expected_number": "14"})
    approve(number)
    sheet = Document.objects.get(dossier__instance__number=number, key="request")
    assert (sheet.version_count, asked(number)) == (2, {ORGANISER})


def test_a_refused_request_ends_there() -> None:
    number = request()
    with pytest.raises(Invalid) as refused:
        answer(number, APPROVER, "refuse")
    assert set(refused.value.errors) == {"opinion"}
    answer(number, APPROVER, "refuse", "本季度已为该客户培训过，不再安排。")
    case = Instance.objects.get(number=number)
    assert (case.status, asked(number)) == ("terminated", set())
    assert Document.objects.get(dossier=case.pk).status == "withdrawn"


def test_the_task_goes_to_somebody_who_is_a_marketing_manager() -> None:
    number = request()
    with pytest.raises(Invalid) as refused:
        approve(number, organiser="finance_manager")
    assert set(refused.value.errors) == {"organiser"}
    with pytest.raises(Invalid) as refused:
        approve(number, plan_by=day(-1))
    assert set(refused.value.errors) == {"plan_by"}
    approve(number)
    assert Instance.objects.get(number=number).data["organiser"] == ORGANISER
    answer(number, ORGANISER, "return", "任务要求不清，请明确是否含调试。", to="approve_request")
    assert asked(number) == {APPROVER}
    approve(number, task_note="含调试。")
    assert asked(number) == {ORGANISER}


def test_whoever_takes_the_position_over_takes_the_next_steps_over() -> None:
    number, begun = request(), request()
    for one in (number, begun):
        approve(one)
    plan(number)
    assign_position(SYSTEM, "marketing_manager", "graphic_designer", since=clock.today())
    answer(number, APPROVER)
    assert asked(number) == {"graphic_designer"}, "the position's work is not a person's for ever"
    assert asked(begun) == {ORGANISER}
    assert [line.case_number for line in open_work_of_former_holders("marketing_manager")] == [begun]
    other = request()
    with pytest.raises(Invalid) as refused:
        approve(other, organiser=ORGANISER)
    assert set(refused.value.errors) == {"organiser"}
    approve(other)
    assert Instance.objects.get(number=other).data["organiser"] == "graphic_designer"


def test_while_nobody_holds_the_position_its_superior_stands_in() -> None:
    number = request()
    end_holding(SYSTEM, Holding.objects.get(person__login=ORGANISER).pk, until=clock.today())
    approve(number)
    assert asked(number) == {APPROVER}
    plan_values_ = {k: v for k, v in plan_values().items() if k not in ("training_topic", "expected_number")}
    answer(number, APPROVER, "submit", values=plan_values_)
    assert asked(number) == {APPROVER}


def test_the_plan_comes_again_as_a_new_version_and_its_signature_is_asked_anew() -> None:
    number = request()
    approve(number)
    plan(number)
    answer(number, APPROVER, "return", "请增加一场实操。", to="plan")
    assert asked(number) == {ORGANISER}
    plan(number, sessions=(*SESSIONS, "第三场 实操"))
    prepare(number)
    paper = Document.objects.get(dossier__instance__number=number, key="plan")
    assert paper.version_count == 2
    standing = Signature.objects.filter(version__document=paper, void_at=None, step="approve_plan")
    assert [one.version.number for one in standing] == [2]
    assert Task.objects.filter(instance__number=number, element="give", status="open").count() == 3


def test_what_is_found_while_preparing_sends_the_plan_back() -> None:
    number = request()
    approve(number)
    plan(number)
    answer(number, APPROVER)
    answer(number, ORGANISER, "return", "场地改期，计划须调整。", to="plan")
    plan(number)
    prepare(number)
    assert Document.objects.get(dossier__instance__number=number, key="plan").version_count == 2


def test_a_session_that_was_cancelled_does_not_count() -> None:
    number = up_to_training()
    with pytest.raises(Invalid) as refused:
        give(number, SESSIONS[0], session_state="cancelled", held_on=None)
    assert set(refused.value.errors) == {"cancelled_reason"}
    give(number, SESSIONS[0], session_state="cancelled", held_on=None, cancelled_reason="客户停工。")
    give(number, SESSIONS[1])
    collect(number)
    summarise(number)
    case = Instance.objects.get(number=number)
    assert [(row["state"], row.get("present")) for row in case.data["session_results"]] == [
        ("cancelled", None), ("held", "3"),
    ]  # fmt: skip
    assert (case.data["total_rate"], case.data["trainee_results"][0]["held"]) == ("100", "1")
    assert case.data["analysis"].startswith("计划 2 场，举办 1 场；")


def test_a_training_that_never_took_place_can_still_be_closed() -> None:
    number = up_to_training()
    for session in SESSIONS:
        give(number, session, session_state="cancelled", held_on=None, cancelled_reason="客户停工。")
    collect(number)
    summarise(number, goals_met="missed")
    answer(number, APPROVER)
    case = Instance.objects.get(number=number)
    assert case.status == "completed", "no measures: nothing to follow up"
    assert "total_rate" not in case.data
    assert case.data["analysis"].startswith("计划 2 场，举办 0 场。培训调查表收回 0 份，回收率 0%。")


def test_the_summary_is_returned_until_it_says_enough() -> None:
    number = up_to_training()
    for session in SESSIONS:
        give(number, session)
    collect(number)
    summarise(number)
    answer(number, APPROVER, "return", "请补充改进措施和责任人。", to="summary")
    summarise(number, measure("改写作业指导书"))
    answer(number, APPROVER)
    paper = Document.objects.get(dossier__instance__number=number, key="summary")
    assert (paper.version_count, asked(number)) == (2, {"project_director"})


def test_sheets_on_paper_are_counted_beside_the_answers_by_link() -> None:
    number = up_to_training()
    respond(number, 5)
    for session in SESSIONS:
        give(number, session)
    with pytest.raises(Invalid) as refused:
        collect(number, survey_paper="3")
    assert set(refused.value.errors) == {"survey_sent", "paper_table"}
    rows = [{"question": "培训内容对工作有帮助", "answers": "2", "outcome_text": "平均 4 分"}]
    collect(number, survey_paper="2", paper_table=rows)
    with pytest.raises(SurveyClosedNow):
        respond(number, 5)
    case = Instance.objects.get(number=number)
    told = {name: case.data[name] for name in ("survey_online", "survey_returned", "survey_rate")}
    assert told == {"survey_online": "1", "survey_returned": "3", "survey_rate": "100"}
    summarise(number)
    case.refresh_from_db()
    results = [row["outcome_text"] for row in case.data["survey_overview"]]
    assert (results[0], results[-1]) == ("5 分 1（100%）；平均 5", "平均 4 分")


def test_a_survey_that_was_closed_too_early_is_opened_again() -> None:
    number = up_to_training()
    for session in SESSIONS:
        give(number, session)
    collect(number)
    answer(number, ORGANISER, "return", "还有学员没来得及填写。", to="collect")
    reopen_survey(actor(ORGANISER), Survey.objects.get(case__number=number).pk)
    respond(number, 4, 4, 3)
    collect(number)
    summarise(number)
    assert "培训调查表收回 3 份" in Instance.objects.get(number=number).data["analysis"]
    assert Document.objects.get(dossier__instance__number=number, key="survey").version_count == 2


def test_the_material_waits_for_the_survey_s_questions_and_keeps_them() -> None:
    number = request()
    approve(number)
    plan(number)
    answer(number, APPROVER)
    survey = Survey.objects.get(case__number=number)
    with pytest.raises(SurveyClosedNow):
        respond(number, 5)
    name = add_question(actor(ORGANISER), survey.pk, "choice", 0)
    material = {k: v for k, v in proposed("SC-008", "material").items() if k != "training_topic"}
    with pytest.raises(Invalid) as refused:
        answer(number, ORGANISER, "submit", values=material)
    assert set(refused.value.errors) == {"survey"}
    typed = {"kind": "choice", "label": "您的岗位", "options": "班组长\n安装工"}
    save_question(actor(ORGANISER), survey.pk, name, typed)
    answer(number, ORGANISER, "submit", values=material)
    paper = Document.objects.get(dossier__instance__number=number, key="material")
    rows = paper.versions.get().values["asked_table"]
    assert (len(rows), next(row for row in rows if row["question"] == "您的岗位")["options"]) == (9, "班组长、安装工")
    survey.refresh_from_db()
    assert (survey.state, survey.title_zh) == ("open", "新风机安装与调试培训 培训调查表")


def test_feedback_leads_to_it_with_its_content() -> None:
    from tests.flows.test_sc009 import CLOSED, TELLER, acted_on, feedback

    source = feedback(subject="安装班组不熟悉吊装", feedback_content="三个样板间噪声超标。", contact="高工")
    acted_on(source, seeds=["training"], seed_note="请安排现场实操培训。")
    answer(source, TELLER, "submit", values=CLOSED)
    case = Instance.objects.get(version__definition__code="SC-008")
    assert InstanceLink.objects.filter(source__number=source, target=case).exists()
    assert (case.title, asked(case.number)) == ("客户反馈培训：安装班组不熟悉吊装", {ASKER})
    told = {name: case.data[name] for name in ("service_type", "customer", "contact", "feedback_number")}
    assert told == {
        "service_type": "training", "customer": "C-003", "contact": "高工", "feedback_number": f"{source}-01",
    }  # fmt: skip
    assert case.data["need"] == "客户反馈：三个样板间噪声超标。 移交说明：请安排现场实操培训。"
    with pytest.raises(Invalid) as refused:
        answer(case.number, ASKER, "submit", values={"feedback_number": "SC-009-2020-0001-01"})
    assert "feedback_number" in refused.value.errors
    wanted = {"start": day(5), "end": day(20)}
    answer(case.number, ASKER, "submit", values={"expected_number": "12", "wanted": wanted})
    assert asked(case.number) == {APPROVER}
