"""SC-007 市场活动策划流程, as the handbook says it: kind and approval, research, the event, its log, its template."""

import pytest

from huiqian.documents.models import Document, Link
from huiqian.journal.queries import verify
from huiqian.marketing.models import EventTemplate
from huiqian.process.models import Instance, InstanceLink
from huiqian.work.queries import case_view
from tests.events import (
    BOSS,
    HEAD,
    HELPERS,
    LEADER,
    ROW,
    act,
    approved_report,
    cite,
    end_event,
    photo,
    planned,
    propose,
    running,
    sum_up,
    write_entry,
    write_plan,
)
from tests.people import actor, answer, asked

pytestmark = pytest.mark.usefixtures("company")


def test_an_event_from_the_proposal_to_its_template() -> None:
    report = approved_report()
    number = propose()
    assert asked(number) == {LEADER}
    ahead = {item.element: item.person for item in case_view(actor(LEADER), number).timeline if item.state == "future"}
    assert (ahead["carry_out"], ahead["take_part"]) == ("王丽", ""), "who takes part is not known yet"
    cite(number, report)
    write_plan(number)
    assert asked(number) == {BOSS}
    answer(number, BOSS, opinion="同意举办。")
    assert asked(number) == {LEADER, *HELPERS}
    write_entry(number, HELPERS[0], "签到 40 人。", place="大厅", photos=(photo(HELPERS[0]),))
    act(number, HELPERS[0], "take_part", part_result="登记意向客户 6 家。")
    end_event(number)
    assert asked(number) == {LEADER}, "who had not reported is not asked any more"
    sum_up(number)
    case = Instance.objects.get(number=number)
    assert case.status == "completed"
    papers = Document.objects.filter(dossier=case.pk).order_by("number")
    assert [(paper.name_zh, paper.status) for paper in papers] == [
        (name, "in_force") for name in ("市场活动策划书", "活动记录", "活动总结", "活动样板")
    ]
    record = papers[1].versions.get().values
    assert [(row["author"], row["place"], row["text"], row["photos"]) for row in record["log_entries"]] == [
        ("刘洋", "大厅", "签到 40 人。", "1 张")
    ]
    assert len(record["log_photos"]) == 1
    assert [(row["duty"], row["result"]) for row in record["log_parts"]] == [("分工 1", "登记意向客户 6 家。")]
    template = EventTemplate.objects.get()
    assert (template.code, template.document, template.case_number) == ("ET-001", papers[3], number)
    assert list(verify()) == []
    source = Document.objects.get(number=report)
    assert Link.objects.filter(source=source, target=papers[0]).exists(), "the plan came from the report"
    assert InstanceLink.objects.filter(source=source.dossier_id, target=case.pk).exists()
    assert papers[0].versions.get().values["report_number"] == report


@pytest.mark.parametrize(
    ("kind", "price", "wish", "approver"),
    [
        ("exchange", "100000", False, BOSS), ("exchange", "100000.01", False, HEAD), ("exchange", "100", True, HEAD),
        ("public", "50000", False, BOSS), ("public", "50000.01", False, HEAD), ("advertising", "60000", False, BOSS),
    ],
)  # fmt: skip
def test_special_events_go_to_the_general_manager_regular_ones_to_the_department(
    kind: str, price: str, wish: bool, approver: str
) -> None:
    report = approved_report()
    changes = {"budget": [{**ROW, "price": price}], "special_wish": wish}
    if wish:
        changes["special_reason"] = "邀请主管部门出席"
    number = planned(report, changes, event_kind=kind)
    assert asked(number) == {approver}
    answer(number, approver, "return", "预算请细化。", to="plan")
    assert asked(number) == {LEADER}
    write_plan(number, **changes)
    answer(number, approver)
    assert asked(number) == {LEADER, *HELPERS}
    plan = Document.objects.get(number=f"{number}-01")
    assert (plan.version_count, plan.status) == (2, "in_force")


def test_nobody_but_the_leader_is_needed() -> None:
    number = running(approved_report(), {"team": []})
    assert asked(number) == {LEADER}
