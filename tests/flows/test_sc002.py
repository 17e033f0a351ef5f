"""SC-002 市场调研流程, as the handbook says it: from the approved plan to the approved report, on every branch."""

import pytest

from huiqian.base.errors import Invalid, NotFound
from huiqian.documents.models import Document, Signature, Version
from huiqian.documents.queries import document_view
from huiqian.journal.queries import verify
from huiqian.process.chain import chain
from huiqian.process.models import Instance, InstanceLink
from huiqian.surveys.commands import add_question, save_question
from huiqian.surveys.models import Survey
from huiqian.surveys.rules.states import closing_text
from huiqian.work.commands import decide, start_case
from huiqian.work.models import Task
from huiqian.work.queries import case_view
from huiqian.work.queries.board import board
from tests.loop import MANAGERS, answer_as_proposed, assign, collect, field_work, prepare, research, write_report
from tests.people import actor, answer, asked
from tests.surveys.scene import respond

pytestmark = pytest.mark.usefixtures("company")


def test_the_approved_plan_begins_it_with_its_content() -> None:
    number = research(topic="华东区新风系统市场调研", kind="regular", content=["competitors"])
    case = Instance.objects.get(number=number)
    plan = InstanceLink.objects.get(target=case).source
    assert (case.title, case.starter.login) == ("华东区新风系统市场调研", "marketing_manager")
    assert case.data["plan_number"] == f"{plan.number}-01"
    assert (case.data["content"], case.data["research_until"]) == (["competitors"], plan.data["period"]["end"])
    assert asked(number) == {"marketing_manager"}
    # Who works on the research may read the plan that it follows, and only that of its case.
    assert document_view(actor("marketing_manager"), f"{plan.number}-01").status == "in_force"
    with pytest.raises(NotFound):
        start_case(actor("marketing_manager"), "SC-002", {})


def test_everyone_who_holds_the_position_is_listed_and_can_be_left_out_with_a_reason() -> None:
    number = research()
    prepare(number)
    assert asked(number) == {"key_account_director"}
    form = case_view(actor("key_account_director"), number).my_task
    assert form is not None
    left_out = {MANAGERS[4]: "", MANAGERS[3]: "产假"}
    with pytest.raises(Invalid) as refused:
        assign(number, left_out=left_out)
    assert set(refused.value.errors) == {"assignments.4.reason"}
    with pytest.raises(Invalid) as refused:
        assign(number, left_out={MANAGERS[4]: "调岗"}, listed=MANAGERS[1:])
    assert set(refused.value.errors) == {"assignments"}
    with pytest.raises(Invalid) as refused:
        assign(number, left_out=dict.fromkeys(MANAGERS, "没空"))
    assert set(refused.value.errors) == {"assignments"}
    with pytest.raises(Invalid) as refused:
        assign(number, listed=[*MANAGERS[:4], "finance_manager"])
    assert {"assignments.4.person", "assignments"} >= set(refused.value.errors) >= {"assignments.4.person"}
    assign(number, left_out={MANAGERS[4]: "调岗", MANAGERS[3]: "产假"})
    assert asked(number) == set(MANAGERS[:3])
    tasks = Task.objects.filter(instance__number=number, element="collect")
    assert {task.due_at.date().isoformat() for task in tasks if task.due_at} == {"2099-11-30"}


def test_the_plan_s_content_decides_what_a_sheet_must_hold() -> None:
    number = research(content=["special"], special_description="摸清学校项目的招标要求。")
    prepare(number, special_description="摸清学校项目的招标要求。")
    assign(number, left_out=dict.fromkeys(MANAGERS[1:], "本次不参加"))
    with pytest.raises(Invalid) as refused:
        answer(number, MANAGERS[0], "submit", values=collect(competitors=[], needs=[]))
    assert set(refused.value.errors) == {"special_findings"}
    answer(number, MANAGERS[0], "submit", values=collect(special_findings="评分中节能占 15 分。"))
    member = Instance.objects.get(number=number).members.get()
    assert "competitors" not in member.data
    assert member.data["sheet_task"] == f"走访 {MANAGERS[0]}"


@pytest.mark.parametrize("asked_for", [True, False])
def test_training_only_where_it_is_asked_for(asked_for: bool) -> None:
    number = research()
    prepare(number)
    assign(number, **({"training_asked": True, "training_topic": "价格核实"} if asked_for else {}))
    if asked_for:
        assert asked(number) == {"marketing_manager"}
        training = {"training_held_on": "2026-03-02", "training_attendees": "全体", "training_summary": "讲解填写要求"}
        answer(number, "marketing_manager", "submit", values=training)
    assert asked(number) == set(MANAGERS)
    assert Task.objects.filter(instance__number=number, element="train").exists() is asked_for


def test_the_assignment_goes_back_when_the_questionnaire_is_not_good_enough() -> None:
    number = research()
    prepare(number)
    answer(number, "key_account_director", "return", "收集表缺少渠道政策。", to="prepare")
    assert asked(number) == {"marketing_manager"}
    prepare(number)
    assert asked(number) == {"key_account_director"}
    assert Version.objects.filter(document__dossier__instance__number=number).count() == 2


def test_a_single_sheet_goes_back_and_the_others_stay() -> None:
    number = research()
    prepare(number)
    assign(number)
    for login in MANAGERS[:3]:
        answer(number, login, "submit", values=collect())
    checks = {task.member: task.pk for task in Task.objects.filter(instance__number=number, element="check")}
    checker = actor("marketing_manager")
    decide(checker, checks[MANAGERS[0]], "approve", values={"sheet_quality": "complete"})
    with pytest.raises(Invalid) as refused:
        decide(checker, checks[MANAGERS[1]], "approve", values={"sheet_quality": "partial"})
    assert set(refused.value.errors) == {"sheet_remark"}
    decide(checker, checks[MANAGERS[1]], "return", opinion="缺少成交价。", to="collect")
    assert asked(number) == {*MANAGERS[1:2], *MANAGERS[3:], "marketing_manager"}
    lines = {line.member: line.state for line in board(checker, number).lines}
    assert (lines[MANAGERS[0]], lines[MANAGERS[1]], lines[MANAGERS[3]]) == ("done", "returned", "open")
    case = Instance.objects.get(number=number)
    standing = Signature.objects.filter(version__document__dossier=case.pk, void_at=None, step="check")
    assert [one.version.document.key for one in standing] == [f"collection@{MANAGERS[0]}"] or standing.count() == 2
    answer(number, MANAGERS[1], "submit", values=collect(price="5000"))
    document = Document.objects.get(dossier=case.pk, key=f"collection@{MANAGERS[1]}")
    assert document.version_count == 2


def test_the_report_gathers_the_sheets_and_begins_the_promotion() -> None:
    number = research(topic="华东区新风系统市场调研")
    prepare(number)
    assign(number, left_out={MANAGERS[4]: "调岗"})
    field_work(number, MANAGERS[:4])
    assert asked(number) == {"marketing_manager"}
    write_report(number)
    case = Instance.objects.get(number=number)
    assert (case.data["sheet_count"], case.data["sheet_authors"]) == ("4", "刘洋、吴涛、何静、马超群")
    prices = case.data["competitor_prices"]
    assert [(row["price"], row["collector"]) for row in prices] == [
        ("5201.00", "刘洋"), ("5202.00", "吴涛"), ("5203.00", "何静"), ("5204.00", "马超群"),
    ]  # fmt: skip
    assert len(case.data["customer_needs"]) == 4
    answer(number, "product_marketing_director", "return", "请补充价格带分析。", to="report")
    write_report(number, competitor_analysis="价格带下移约 8%。")
    answer(number, "product_marketing_director", opinion="同意。")
    case.refresh_from_db()
    assert case.status == "completed"
    papers = dict(Document.objects.filter(dossier=case.pk).values_list("key", "status"))
    assert papers == dict.fromkeys(
        ["questionnaire", *(f"collection@{login}" for login in MANAGERS[:4]), "report"], "in_force"
    )
    promotion = Instance.objects.get(version__definition__code="SC-003")
    assert (promotion.title, promotion.starter.login) == ("XF-350 静音新风机", "product_marketing_director")
    assert promotion.data["basis_number"] == f"{number}-03"
    assert list(verify()) == []
    columns = chain(actor("product_marketing_director"), number).columns
    assert [[one.process_code for one in column] for column in columns] == [["SC-001"], ["SC-002"], ["SC-003"]]


def test_what_the_forms_propose_to_programs_is_accepted_from_step_to_step() -> None:
    number = research(methods=["questionnaire"], content=["competitors", "customer_needs", "special"],
                      special_description="摸清学校项目的招标要求。")  # fmt: skip
    seen: list[str] = []
    while Instance.objects.get(number=number).status == "running":
        seen.append(answer_as_proposed(number, min(asked(number))))
        assert len(seen) < 40, seen
    assert (seen.count("collect"), seen[-1]) == (len(MANAGERS), "approve_report")


def test_its_questionnaire_is_built_asked_and_told_in_the_report() -> None:
    number = research(methods=["questionnaire"])
    survey = Survey.objects.select_related("case").get(case__number=number)
    boss = actor("marketing_manager")
    wanted = {"survey_wanted": True, "survey_audience": "近两年成交的终端用户。", "survey_closes": "2099-11-01"}
    add_question(boss, survey.pk, "text", 1)
    with pytest.raises(Invalid) as refused:
        prepare(number, **wanted)
    assert set(refused.value.errors) == {"survey"}, "a question without words is not finished"
    save_question(boss, survey.pk, "q1", {"label": "您最想改进哪一点？"})
    prepare(number, **wanted)
    version = Version.objects.get(document__dossier__instance__number=number, document__key="questionnaire")
    rows = version.values["survey_table"]
    assert (len(rows), rows[0]["question"], rows[0]["options"][:4], rows[-1]["question"]) == (
        11, "您的身份", "业主或住", "您最想改进哪一点？",
    )  # fmt: skip
    survey.refresh_from_db()
    assert survey.state == "draft"
    assign(number, left_out=dict.fromkeys(MANAGERS[1:], "本次不参加"))
    survey.refresh_from_db()
    assert (survey.state, closing_text(survey.closes_at)) == ("open", "2099-11-01")
    for overall in ("5", "4"):
        respond(survey, {"role": "owner", "uses": "yes", "overall": overall, "matters": ["noise"]})
    field_work(number, MANAGERS[:1])
    write_report(number)
    case = Instance.objects.get(number=number)
    assert case.data["survey_answers"] == "2"
    told = {row["question"]: row["finding"] for row in case.data["survey_findings"]}
    assert told["您对所用新风系统的总体满意度"] == "4 分 1（50%），5 分 1（50%）；平均 4.5"
    survey.refresh_from_db()
    assert survey.state == "closed", "it closes with the report"
    answer(number, "product_marketing_director", "return", "请补充。", to="report")
    write_report(number)
    answer(number, "product_marketing_director")
    case.refresh_from_db()
    assert case.status == "completed"


def test_without_a_questionnaire_none_is_opened() -> None:
    number = research()
    prepare(number)
    assign(number)
    survey = Survey.objects.get(case__number=number)
    assert (survey.opened_at, asked(number)) == (None, set(MANAGERS))
    assert "survey_table" not in Instance.objects.get(number=number).data
