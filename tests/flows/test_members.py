"""Members: the same steps for several people, each with their own answers, documents and returns; and handing on."""

import json
from pathlib import Path
from textwrap import dedent

import pytest
from django.test import Client

from huiqian.documents.models import Document, Link, Signature
from huiqian.documents.queries import document_view, enclosed_in
from huiqian.org.models import Person
from huiqian.process.chain import chain
from huiqian.process.models import Handover, Instance, InstanceLink, Member
from huiqian.work.commands import decide, start_case
from huiqian.work.models import Task
from huiqian.work.queries import case_view
from huiqian.work.queries.board import board
from tests.people import actor, answer, asked
from tests.versions import adopted

pytestmark = pytest.mark.usefixtures("company")

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hq="urn:huiqian:bpmn:1" '
    'targetNamespace="urn:t" expressionLanguage="feel">'
)
MANY = """
<process id="T-001" name="汇集" isExecutable="true" hq:title="topic" hq:summary='string(count(members)) + " 份"'>
  <laneSet id="lanes">
    <lane id="l1" name="市场经理" hq:position="marketing_manager"><flowNodeRef>s</flowNodeRef>
      <flowNodeRef>ask</flowNodeRef><flowNodeRef>check</flowNodeRef><flowNodeRef>sum</flowNodeRef></lane>
    <lane id="l2" name="大客户经理" hq:position="key_account_manager">
      <flowNodeRef>list</flowNodeRef><flowNodeRef>work</flowNodeRef><flowNodeRef>fill</flowNodeRef></lane>
  </laneSet>
  <startEvent id="s"/>
  <userTask id="ask" name="发起" hq:kind="do" hq:form="ask"/>
  <serviceTask id="list" name="列出" hq:operation="list_holders">
    <extensionElements><hq:input name="position" value='"key_account_manager"'/></extensionElements></serviceTask>
  <subProcess id="work" name="每人">
    <multiInstanceLoopCharacteristics hq:collection="key_account_managers[item != excluded]" hq:item="manager"
      hq:result="gathered" hq:output="manager"/>
    <startEvent id="b"/>
    <userTask id="fill" name="填写" hq:kind="do" hq:form="sheet" hq:document="sheet" hq:assignee="manager">
      <extensionElements><hq:output name="said" value='outcome + " " + manager'/></extensionElements></userTask>
    <userTask id="check" name="审阅" hq:form="check" hq:sign="sheet" hq:returnTo="fill"/>
    <endEvent id="e1"/>
    <sequenceFlow id="i1" sourceRef="b" targetRef="fill"/><sequenceFlow id="i2" sourceRef="fill" targetRef="check"/>
    <sequenceFlow id="i3" sourceRef="check" targetRef="e1"/>
  </subProcess>
  <userTask id="sum" name="汇总" hq:kind="do" hq:form="total" hq:document="total"/>
  <serviceTask id="arch" name="存档" hq:operation="archive_document">
    <extensionElements><hq:input name="document" value='"sheet"'/></extensionElements></serviceTask>
  <serviceTask id="go" name="移交" hq:operation="start_process"><extensionElements>
    <hq:input name="process" value='"T-002"'/><hq:input name="document" value='"total"'/>
  </extensionElements></serviceTask>
  <serviceTask id="leave" name="留给下次" hq:operation="hand_on"><extensionElements>
    <hq:input name="process" value='"T-002"'/><hq:input name="document" value='"total"'/>
  </extensionElements></serviceTask>
  <endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="ask"/><sequenceFlow id="f2" sourceRef="ask" targetRef="list"/>
  <sequenceFlow id="f3" sourceRef="list" targetRef="work"/><sequenceFlow id="f4" sourceRef="work" targetRef="sum"/>
  <sequenceFlow id="f5" sourceRef="sum" targetRef="arch"/><sequenceFlow id="f6" sourceRef="arch" targetRef="go"/>
  <sequenceFlow id="f7" sourceRef="go" targetRef="leave"/><sequenceFlow id="f8" sourceRef="leave" targetRef="e"/>
</process>"""
NEXT = """
<process id="T-002" name="接续" isExecutable="true" hq:title="what">
  <laneSet id="lanes"><lane id="l1" name="财务经理" hq:position="finance_manager"><flowNodeRef>s</flowNodeRef>
    <flowNodeRef>take</flowNodeRef></lane></laneSet>
  <startEvent id="s"/><userTask id="take" name="接收" hq:kind="do" hq:form="take" hq:document="take"/><endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="take"/><sequenceFlow id="f2" sourceRef="take" targetRef="e"/>
</process>"""


def form(key: str, *fields: dict[str, object]) -> dict[str, object]:
    """A form with one section."""
    return {"key": key, "name": {"zh": key}, "sections": [{"title": {"zh": key}, "fields": list(fields)}]}


def text(name: str, **more: object) -> dict[str, object]:
    """A text field."""
    return {"name": name, "type": "text", "label": {"zh": name}, **more}


LINES = {
    "name": "lines", "type": "table", "label": {"zh": "明细"}, "totals": ["amount"], "required": True,
    "columns": [
        {"name": "item", "type": "text", "label": {"zh": "项目"}, "required": True},
        {"name": "amount", "type": "money", "label": {"zh": "金额"}, "required": True},
    ],
}  # fmt: skip
ALL_LINES = {
    **LINES, "name": "all_lines", "default_from": "flatten(for m in members return m.lines)",
}  # fmt: skip
GRAND = {
    "name": "grand",
    "type": "money",
    "label": {"zh": "总额"},
    "compute": "sum(for m in members return m.lines_total)",
}


@pytest.fixture
def processes(company: None, tmp_path: Path) -> None:
    """Two small processes: one gathers sheets from every manager, the other takes its total over."""
    many = {
        "code": "T-001", "name": {"zh": "汇集"}, "purpose": {"zh": "试"},
        "documents": {
            "sheet": {"form": "sheet", "each": True, "name": {"zh": "收集表"}},
            "total": {"form": "total", "name": {"zh": "汇总表"}},
        },
    }  # fmt: skip
    following = {
        "code": "T-002", "name": {"zh": "接续"}, "purpose": {"zh": "试"},
        "documents": {"take": {"form": "take", "name": {"zh": "接收单"}}},
        "receives": {"T-001": {"what": '"续：" + topic', "source": "document", "amount": "grand"}},
    }  # fmt: skip
    forms = {
        "T-001": [
            form("ask", text("topic", required=True), text("excluded")), form("sheet", LINES),
            form("check", text("remark")), form("total", ALL_LINES, GRAND),
        ],
        "T-002": [
            form("take", text("what"), text("source"), {"name": "amount", "type": "money", "label": {"zh": "额"}}),
        ],
    }  # fmt: skip
    for said, bpmn in ((many, MANY), (following, NEXT)):
        folder = tmp_path / str(said["code"])
        (folder / "forms").mkdir(parents=True)
        (folder / "process.json").write_text(json.dumps(said))
        (folder / "process.bpmn").write_text(HEAD + dedent(bpmn) + "</definitions>")
        for one in forms[str(said["code"])]:
            (folder / "forms" / f"{one['key']}.json").write_text(json.dumps(one))
    adopted(tmp_path)


def sheet(*amounts: int) -> dict[str, object]:
    """A manager's answers."""
    return {"lines": [{"item": f"第 {n} 项", "amount": str(amount)} for n, amount in enumerate(amounts, 1)]}


MANAGERS = [f"key_account_manager_{n}" for n in range(1, 6)]


def begin() -> str:
    """A case in which four of five managers are asked."""
    values = {"topic": "十二月", "excluded": MANAGERS[4]}
    return start_case(actor("marketing_manager"), "T-001", values).number


def test_every_member_has_answers_documents_and_returns_of_their_own(processes: None) -> None:
    number = begin()
    assert asked(number) == set(MANAGERS[:4])
    answer(number, MANAGERS[1], "submit", values=sheet(10, 20))
    answer(number, MANAGERS[0], "submit", values=sheet(100))
    case = Instance.objects.get(number=number)
    assert "lines" not in case.data
    assert [(m.item, m.number, m.data["lines_total"]) for m in case.members.order_by("number")] == [
        (MANAGERS[1], 1, "30.00"), (MANAGERS[0], 2, "100.00"),
    ]  # fmt: skip
    numbers = Document.objects.filter(dossier=case.pk).order_by("id").values_list("number", flat=True)
    assert list(numbers) == [f"{number}-01-01", f"{number}-01-02"]
    checks = {task.member: task.pk for task in Task.objects.filter(instance=case, element="check", status="open")}
    boss = actor("marketing_manager")
    decide(boss, checks[MANAGERS[1]], "approve")
    decide(boss, checks[MANAGERS[0]], "return", opinion="请补充第二项。")
    assert asked(number) == {*MANAGERS[:1], *MANAGERS[2:4]}
    void = Signature.objects.filter(void_at__isnull=False).values_list("version__document__key", flat=True)
    assert set(void) == {f"sheet@{MANAGERS[0]}"}
    mine = case_view(actor(MANAGERS[0]), number).my_task
    assert mine is not None
    assert [item.opinion for item in mine.returned_opinions] == ["请补充第二项。"]
    assert mine.answers["lines_total"] == "100.00"
    lines = {line.member: line.state for line in board(boss, number).lines}
    assert lines == {MANAGERS[0]: "returned", MANAGERS[1]: "done", MANAGERS[2]: "open", MANAGERS[3]: "open"}


def test_what_members_answered_is_gathered_and_handed_on(processes: None) -> None:
    number = begin()
    for place, login in enumerate(MANAGERS[:4], 1):
        answer(number, login, "submit", values=sheet(place))
    boss = actor("marketing_manager")
    for task in Task.objects.filter(instance__number=number, element="check", status="open"):
        decide(boss, task.pk, "approve")
    view = case_view(boss, number)
    assert view.my_task is not None
    answer(number, "marketing_manager", "submit", values={})
    case = Instance.objects.get(number=number)
    assert (case.status, case.data["grand"], case.data["all_lines_total"]) == ("completed", "10.00", "10.00")
    assert case.data["gathered"] == list(MANAGERS[:4]), "what the members gave together belongs to the case"
    assert "said" not in case.data
    said = Member.objects.filter(instance=case).order_by("number").values_list("data__said", flat=True)
    assert list(said) == [f"submit {login}" for login in MANAGERS[:4]], "an output row writes its member's record"
    assert Document.objects.filter(dossier=case.pk, status="in_force").count() == 4
    following = Instance.objects.get(version__definition__code="T-002")
    assert following.data == {"what": "续：十二月", "source": f"{number}-02", "amount": "10.00"}
    assert (following.title, following.starter.login) == ("续：十二月", "finance_manager")
    assert InstanceLink.objects.filter(source=case, target=following).exists()
    taker = actor("finance_manager")
    assert [line.number for line in enclosed_in(following.pk)] == [f"{number}-02"]
    assert document_view(taker, f"{number}-02").title == "十二月", "who gets the document may read it"
    answer(following.number, "finance_manager", "submit", values={})
    assert Link.objects.get(target__dossier=following.pk).source.number == f"{number}-02"
    # What was left for the next case is taken up by it, once.
    assert Handover.objects.get().taken_by_id is None
    again = start_case(taker, "T-002", {"what": "手工发起"})
    offered = Handover.objects.get()
    assert offered.taken_by_id == again.case_id
    assert [line.number for line in enclosed_in(again.case_id)] == [f"{number}-02"]


def test_the_chain_walks_both_ways_and_hides_what_one_may_not_see(processes: None) -> None:
    number = begin()
    for place, login in enumerate(MANAGERS[:4], 1):
        answer(number, login, "submit", values=sheet(place))
    boss = actor("marketing_manager")
    for task in Task.objects.filter(instance__number=number, element="check", status="open"):
        decide(boss, task.pk, "approve")
    answer(number, "marketing_manager", "submit", values={})
    following = Instance.objects.get(version__definition__code="T-002")
    taker = actor("finance_manager")
    columns = chain(taker, following.number).columns
    assert [[case.number for case in column] for column in columns] == [[""], [following.number]]
    assert [paper.number for paper in columns[0][0].documents] == [f"{number}-02"]
    columns = chain(boss, number).columns
    assert [[(case.number, case.here) for case in column] for column in columns] == [[(number, True)], [("", False)]]
    client = Client()
    client.force_login(Person.objects.get(login="marketing_manager"))
    for address in (
        f"/cases/{number}/chain",
        f"/cases/{number}?tab=board",
        f"/cases/{number}/board",
        f"/cases/{number}",
    ):
        page = client.get(address)
        assert page.status_code == 200
    assert "已提交 4／4" in client.get(f"/cases/{number}/board").text
