"""SC-003 市场推广策划流程, as the handbook says it: discussion, guide, three approvals, carried out; every branch."""

import json
from pathlib import Path
from typing import Any

import pytest

from huiqian.base.errors import Forbidden, Invalid
from huiqian.documents.models import Document, Signature, Version
from huiqian.journal.queries import verify
from huiqian.process.models import Definition, Handover, Instance
from huiqian.work.commands import start_case
from huiqian.work.models import Task
from huiqian.work.queries import case_view
from tests.loop import answer_as_proposed, finish_research, proposed, research
from tests.people import actor, answer, asked
from tests.versions import adopted

pytestmark = pytest.mark.usefixtures("company", "next_plans")

LEADER, DRAFTER = "product_marketing_director", "marketing_manager"
HEADS = {"key_accounts": "key_account_director", "projects": "project_director", "technical": "technical_director"}
APPROVERS = ("product_marketing_director", "technical_director", "general_manager")


NEXT = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hq="urn:huiqian:bpmn:1"
 targetNamespace="urn:t" expressionLanguage="feel"><process id="SC-004" name="销售计划" isExecutable="true">
<laneSet id="lanes"><lane id="l" hq:position="key_account_director"><flowNodeRef>s</flowNodeRef>
<flowNodeRef>plan</flowNodeRef></lane></laneSet><startEvent id="s"/><userTask id="plan" name="计划" hq:kind="do"/>
<endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="plan"/>
<sequenceFlow id="f2" sourceRef="plan" targetRef="e"/></process></definitions>"""


@pytest.fixture
def next_plans(company: None, tmp_path: Path) -> None:
    """Sales planning takes the guide up; where the handbook has no such process yet, a small one stands in."""
    if Definition.objects.filter(code="SC-004").exists():
        return
    (tmp_path / "SC-004").mkdir()
    about = {"code": "SC-004", "name": {"zh": "销售计划"}, "purpose": {"zh": "试"}, "documents": {}}
    (tmp_path / "SC-004" / "process.json").write_text(json.dumps(about))
    (tmp_path / "SC-004" / "process.bpmn").write_text(NEXT)
    adopted(tmp_path)


def begin(**changes: Any) -> str:
    """李强 convenes a discussion."""
    return start_case(actor(LEADER), "SC-003", proposed("SC-003", "agenda", **changes)).number


def contribute(number: str, department: str, **changes: Any) -> None:
    """The head of a department says what it thinks."""
    said = proposed("SC-003", f"contribution_{department}", **changes)
    values = {name: value for name, value in said.items() if name not in {"product", "discussion_notes"}}
    answer(number, HEADS[department], "submit", values=values)


GUIDE = {"audience": "华东区精装房开发商。", "sales_guidance": "每月至少安排意向客户 2 家。"}
DONE = {"carried_out_from": "2026-03-02"}


def up_to_approval(number: str, **guide: Any) -> None:
    """All departments contribute, 王丽 drafts the guide from what they said."""
    for department in HEADS:
        contribute(number, department)
    answer(number, DRAFTER, "submit", values={**GUIDE, **guide})


def test_the_departments_are_asked_at_once_and_their_contributions_fill_the_draft() -> None:
    number = begin(product="XF-350 静音新风机", contribute_by="2099-01-15")
    assert asked(number) == set(HEADS.values())
    tasks = Task.objects.filter(instance__number=number, status="open")
    assert {task.due_at.date().isoformat() for task in tasks if task.due_at} == {"2099-01-15"}
    contribute(number, "projects", targets_projects="标杆项目 4 个。")
    assert asked(number) == set(HEADS.values()) - {"project_director"}
    contribute(number, "key_accounts", targets_key_accounts="首年销售 3,000 台。")
    contribute(number, "technical", targets_technical="返修率低于 0.5%。")
    assert asked(number) == {DRAFTER}
    answer(number, DRAFTER, "submit", values=GUIDE)
    data = Instance.objects.get(number=number).data
    assert data["targets"] == "大客户部：首年销售 3,000 台。\n项目部：标杆项目 4 个。\n技术部：返修率低于 0.5%。"
    assert [row["department"] for row in data["actions"]] == ["大客户部", "项目部", "技术部"]
    assert (data["actions_total"], data["starts_on"]) == ("60000.00", "2099-03-01")
    papers = Document.objects.filter(dossier__instance__number=number).order_by("number")
    assert [paper.name_zh for paper in papers] == [
        "研讨意见（大客户部）", "研讨意见（项目部）", "研讨意见（技术部）", "市场推广计划指导书",
    ]  # fmt: skip


def test_only_the_departments_concerned_and_only_on_what_is_discussed() -> None:
    number = begin(departments=["projects"], topics=["targets"])
    assert asked(number) == {"project_director"}
    answer(number, "project_director", "submit", values={"targets_projects": "标杆项目 4 个。"})
    with pytest.raises(Invalid) as refused:
        answer(number, DRAFTER, "submit", values=GUIDE)
    assert set(refused.value.errors) == {"starts_on", "strategy", "actions"}, "nobody contributed to these"
    row = {
        "department": "项目部",
        "action": "标杆项目",
        "begins": "2099-03-01",
        "ends": "2099-04-30",
        "in_charge": "郑凯",
    }
    more = {"starts_on": "2099-03-01", "strategy": "与设计院合作。", "actions": [row]}
    answer(number, DRAFTER, "submit", values={**GUIDE, **more})
    assert asked(number) == set(APPROVERS)


@pytest.mark.parametrize("refusing", APPROVERS)
def test_any_of_the_three_sends_it_back_with_reasons_and_all_sign_anew(refusing: str) -> None:
    number = begin()
    up_to_approval(number)
    assert asked(number) == set(APPROVERS)
    first = next(login for login in APPROVERS if login != refusing)
    answer(number, first, opinion="同意。")
    answer(number, refusing, "return", "费用偏高，请压缩。", to="draft")
    assert asked(number) == {DRAFTER}
    guide = Document.objects.get(dossier__instance__number=number, key="guide")
    standing = Signature.objects.filter(version__document=guide, void_at=None, outcome="approve")
    assert not standing.exists()
    view = case_view(actor(DRAFTER), number)
    assert view.my_task is not None
    assert [item.opinion for item in view.my_task.returned_opinions] == ["费用偏高，请压缩。"]
    answer(number, DRAFTER, "submit", values={"targets": "首年销售 2,000 台。"})
    assert asked(number) == set(APPROVERS)
    versions = Version.objects.filter(document=guide).order_by("number")
    assert [one.values["targets"] == "首年销售 2,000 台。" for one in versions] == [False, True]


def test_it_is_completed_archived_carried_out_and_left_for_the_next_sales_plans() -> None:
    number = begin()
    up_to_approval(number)
    for login in APPROVERS:
        answer(number, login, opinion="同意。")
    assert asked(number) == {DRAFTER}
    with pytest.raises(Invalid) as refused:
        answer(number, DRAFTER, "submit", values={"targets": "改过的目标", "handling": "无意见"})
    assert set(refused.value.errors) == {"targets"}, "what was approved is not changed afterwards"
    with pytest.raises(Invalid) as refused:
        answer(number, DRAFTER, "submit", values={})
    assert set(refused.value.errors) == {"handling"}
    answer(number, DRAFTER, "submit", values={"handling": "已补充噪声实测数据。"})
    assert asked(number) == {"key_account_director"}
    answer(number, "key_account_director", "submit", values=DONE)
    case = Instance.objects.get(number=number)
    assert (case.status, case.data["execution_tasks"][0]["task"]) == ("completed", "邀请重点客户试用")
    assert set(Document.objects.filter(dossier=case.pk).values_list("status", flat=True)) == {"in_force"}
    offered = Handover.objects.get(source=case)
    assert (offered.process, offered.taken_by_id) == ("SC-004", None)
    assert Document.objects.get(pk=offered.document_id).number == f"{number}-04"
    assert list(verify()) == []


def test_what_needs_a_new_approval_goes_back_when_it_is_completed() -> None:
    number = begin()
    up_to_approval(number)
    for login in APPROVERS:
        answer(number, login)
    answer(number, DRAFTER, "return", "总经理的意见涉及费用，改后重报。", to="draft")
    answer(number, DRAFTER, "submit", values={"targets": "首年销售 2,500 台。"})
    assert asked(number) == set(APPROVERS)


def test_who_starts_it_and_what_research_hands_on() -> None:
    with pytest.raises(Forbidden):
        start_case(actor(DRAFTER), "SC-003", proposed("SC-003", "agenda"))
    number = finish_research(research())
    assert asked(number) == {LEADER}
    view = case_view(actor(LEADER), number)
    assert view.data["basis"] == "以精装房开发商和学校为目标客户。"
    answer(number, LEADER, "submit", values={})
    assert asked(number) == set(HEADS.values())
    assert view.received_from


def test_what_the_forms_propose_to_programs_is_accepted_from_step_to_step() -> None:
    number = begin()
    seen: list[str] = []
    while Instance.objects.get(number=number).status == "running":
        seen.append(answer_as_proposed(number, min(asked(number))))
        assert len(seen) < 20, seen
    assert seen[-2:] == ["complete", "carry_out"]
