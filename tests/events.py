"""What people usually do with marketing events (SC-007), for the stories about them."""

import io
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from huiqian.base import clock
from huiqian.documents.commands import upload_file
from huiqian.documents.models import Document
from huiqian.documents.tests.samples import picture
from huiqian.marketing.commands import add_event_entry
from huiqian.marketing.models import EventEntry, EventLog, EventTemplate
from huiqian.marketing.rules.happenings import EntryCard
from huiqian.process.models import Instance
from huiqian.work.commands import decide, start_case
from huiqian.work.models import Assignment
from tests.loop import finish_research, proposed, research
from tests.people import actor, answer

LEADER, BOSS, HEAD = "marketing_manager", "product_marketing_director", "general_manager"
HELPERS = ("key_account_manager_1", "key_account_manager_2")
TEAM = [{"person": login, "duty": f"分工 {login[-1]}"} for login in HELPERS]
ROW = {"item": "场地租赁", "quantity": "1", "price": "12000.00"}


def approved_report() -> str:
    """The number of a market research report that is in the archive."""
    number = research()
    finish_research(number)
    return f"{number}-03"


def propose(**changes: Any) -> str:
    """王丽 proposes an event; its number."""
    return start_case(actor(LEADER), "SC-007", proposed("SC-007", "proposal", **changes)).number


def cite(number: str, report: str) -> None:
    """She cites a report of the archive."""
    values = {"research_way": "cite", "cited_report": report, "citing_reason": "同一地区、同一客户群。"}
    answer(number, LEADER, "submit", values=values)


def plan_of(number: str, **changes: Any) -> dict[str, Any]:
    """A 市场活动策划书 without material, for two helpers and 12,000 yuan."""
    said = {
        "venue": "苏州国际会议中心", "findings": "客户最关心低噪声，安排现场测试。",
        "goals": "到场 80 人，意向客户 15 家。",
        "audience": "设计院暖通专业负责人。", "programme": [{"day": "2099-03-10", "item": "新品讲解与现场测试"}],
        "team": TEAM, "budget": [ROW], "risks": "讲师缺席：备选讲师替补。",
    }  # fmt: skip
    return {**said, **changes}


def write_plan(number: str, **changes: Any) -> None:
    """She writes the plan."""
    answer(number, LEADER, "submit", values=plan_of(number, **changes))


def planned(report: str, changes: Mapping[str, Any] | None = None, **proposal: Any) -> str:
    """An event whose plan waits for its approval; its number."""
    number = propose(**proposal)
    cite(number, report)
    write_plan(number, **(changes or {}))
    return number


def running(report: str, changes: Mapping[str, Any] | None = None, **proposal: Any) -> str:
    """A regular event that is under way; its number."""
    number = planned(report, changes, **proposal)
    answer(number, BOSS)
    return number


def act(number: str, login: str, element: str, outcome: str = "submit", **values: Any) -> None:
    """Somebody answers one of several steps that are open for them."""
    share = Assignment.objects.get(
        task__instance__number=number, task__element=element, person__login=login, status="open", task__status="open"
    )
    decide(actor(login), share.task_id, outcome, values=values or None)


def revise(number: str, note: str = "报名人数超出预期，增设分会场。", **changes: Any) -> None:
    """She asks for a revision and hands the new version in."""
    act(number, LEADER, "carry_out", "revise")
    act(number, LEADER, "revise", revision_note=note, **changes)


def photo(login: str, name: str = "现场.png") -> str:
    """Somebody's photo, uploaded."""
    return str(upload_file(actor(login), name, io.BytesIO(picture(size=(64, 48)))).pk)


def write_entry(number: str, login: str, text: str = "现场测试开始。", **card: Any) -> EventEntry:
    """Somebody writes into the log."""
    return add_event_entry(actor(login), number, EntryCard(text=text, **card), uuid4())


RESULT = {"attendance": "86", "leads": "17", "course": "活动按策划书进行，反响良好。"}


def end_event(number: str, **changes: Any) -> None:
    """The event is over."""
    act(number, LEADER, "carry_out", "submit", **{**RESULT, **changes})


def sum_up(number: str, **changes: Any) -> None:
    """She writes the summary and forms the template; `changes` are the template's."""
    said = {"goals_met": "exceeded", "effect": "意向客户 17 家，超出目标。", "improvements": "增加签到通道。"}
    answer(number, LEADER, "submit", values=said)
    answer(number, LEADER, "submit", values={"suits": "设计院集中的城市，80–120 人。", **changes})


def template_of(report: str, name: str = "新风系统技术交流会样板") -> str:
    """The code of a template that an event left."""
    number = running(report)
    end_event(number)
    sum_up(number, template_name=name)
    return str(Instance.objects.get(number=number).data["registered_template"])


def bare_template(document: str) -> EventTemplate:
    """A template with nothing in it but the document it stands for, for tests of pages."""
    paper = Document.objects.get(number=document)
    known = {"name": "交流会样板", "document": paper, "case_number": paper.number[:-3], "sort_key": "jiaoliuhui"}
    now = clock.now()
    made, _new = EventTemplate.objects.get_or_create(
        code="ET-001", defaults={**known, "created_at": now, "renewed_at": now}
    )
    return made


def bare_log(number: str) -> EventLog:
    """A case's log, open without the steps that lead there, for tests of pages."""
    case = Instance.objects.get(number=number)
    return EventLog.objects.create(case=case, city="苏州", opened_at=clock.now())
