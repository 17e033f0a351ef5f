"""SC-007.2, R10: the event calls SC-001 and SC-002 and waits for their report, or cites one of the archive."""

import pytest

from huiqian.base.errors import Invalid
from huiqian.documents.models import Document, Enclosure, Link
from huiqian.jobs.turns import look_after_calls
from huiqian.process.chain import chain
from huiqian.process.models import Call, Instance
from huiqian.work.commands import withdraw_case
from tests.events import LEADER, TEAM, approved_report, cite, propose, write_plan
from tests.loop import finish_plan, finish_research, newest, proposed
from tests.people import actor, answer, asked

pytestmark = pytest.mark.usefixtures("company")
WISHED = {
    "research_way": "call", "research_topic": "活动调研：设计院技术交流", "research_content": ["customer_needs"],
    "research_purpose": "弄清设计院关心的问题和适合的时间。",
}  # fmt: skip


def called(number: str) -> str:
    """王丽 has new research done for the event; the number of its planning."""
    answer(number, LEADER, "submit", values=WISHED)
    return newest("SC-001")


def sign_plan(planning: str) -> str:
    """The research plan is written, approved and signed; the number of the research."""
    period = {"start": "2026-01-05", "end": "2099-12-18"}
    row = {"stage": "实施", "work": "走访", "begins": "2026-01-05", "ends": "2026-02-05", "in_charge": "王丽"}
    plan = proposed("SC-001", "plan", kind="regular", period=period, schedule=[row], methods=["interview"])
    answer(planning, LEADER, "submit", values=plan)
    return finish_plan(planning)


def test_new_research_is_called_and_the_event_waits_for_the_report_not_only_for_the_plan() -> None:
    number = propose()
    planning = called(number)
    case = Instance.objects.get(number=planning)
    assert (case.parent.number, asked(planning), asked(number)) == (number, {LEADER}, set())  # type: ignore[union-attr]
    assert (case.data["topic"], case.data["content"], case.data["kind"]) == (
        "活动调研：设计院技术交流", ["customer_needs"], "regular",
    )  # fmt: skip
    found = sign_plan(planning)
    assert Instance.objects.get(number=planning).status == "completed"
    assert look_after_calls() == 0, "the plan alone is no research"
    assert asked(number) == set()
    finish_research(found)
    assert look_after_calls() == 1
    assert look_after_calls() == 0
    assert asked(number) == {LEADER}
    data = Instance.objects.get(number=number).data
    assert (data["report_number"], data["research_case"]) == (f"{found}-03", found)
    report = Document.objects.get(number=f"{found}-03")
    assert data["report_title"] == report.title
    assert Enclosure.objects.filter(document=report, dossier__instance__number=number).exists()
    write_plan(number)
    assert Link.objects.filter(source=report, target__number=f"{number}-01").exists()
    shown = {one.number: one.level for column in chain(actor(LEADER), number).columns for one in column}
    assert (shown[number], shown[planning], shown[found]) == (0, 1, 2)


@pytest.mark.parametrize("late", [False, True], ids=["its planning", "the research itself"])
def test_research_that_is_withdrawn_lets_the_leader_decide_anew(late: bool) -> None:
    report = approved_report()
    number = propose()
    planning = called(number)
    stopped = sign_plan(planning) if late else planning
    withdraw_case(actor(LEADER), stopped, "预算取消")
    assert look_after_calls() == 1
    assert asked(number) == {LEADER}
    cite(number, report)
    data = Instance.objects.get(number=number).data
    assert (data["research_way"], data["report_number"]) == ("cite", report)


def test_who_withdraws_the_event_withdraws_the_research_wherever_it_is() -> None:
    number = propose()
    found = sign_plan(called(number))
    withdraw_case(actor(LEADER), number, "活动取消")
    assert look_after_calls() == 1
    assert Instance.objects.get(number=found).status == "withdrawn"
    assert not Call.objects.filter(settled_at=None).exists()


def test_only_an_approved_research_report_can_be_cited() -> None:
    report = approved_report()
    number = propose()
    for wrong in ("SC-002-2026-9999-03", report.replace("-03", "-01"), "nothing"):
        with pytest.raises(Invalid) as refused:
            cite(number, wrong)
        assert list(refused.value.errors) == ["cited_report"]
    with pytest.raises(Invalid) as refused:
        answer(number, LEADER, "submit", values={"research_way": "cite", "cited_report": report})
    assert list(refused.value.errors) == ["citing_reason"]
    Document.objects.filter(number=report).update(status="superseded")
    with pytest.raises(Invalid):
        cite(number, report)
    Document.objects.filter(number=report).update(status="in_force")
    title = Document.objects.get(number=report).title
    cite(number, f"{report} {title}")
    assert Instance.objects.get(number=number).data["report_title"] == title


def test_the_decision_can_be_taken_back_while_the_plan_is_written() -> None:
    number = propose()
    cite(number, approved_report())
    answer(number, LEADER, "return", "报告不够新，另行调研。", to="choose_research")
    planning = called(number)
    assert Instance.objects.get(number=planning).parent is not None
    assert "report_number" not in {n for n, value in Instance.objects.get(number=number).data.items() if value}


def test_the_plan_shows_the_research_and_nobody_changes_it_there() -> None:
    report = approved_report()
    number = propose()
    cite(number, report)
    with pytest.raises(Invalid) as refused:
        write_plan(number, report_number="SC-002-2026-0009-03")
    assert list(refused.value.errors) == ["report_number"]
    with pytest.raises(Invalid) as refused:
        write_plan(number, team=[TEAM[0], TEAM[0]])
    assert list(refused.value.errors) == ["team"]
