"""Replay before effect: which of the last months' cases would take another way, whose work changes, who is missing."""

import pytest

from huiqian.base import clock
from huiqian.base.errors import NotFound
from huiqian.org.commands import end_holding
from huiqian.org.models import Holding
from huiqian.process.replay import replay
from tests.people import actor, start
from tests.versions import changed, draft, in_effect

pytestmark = pytest.mark.usefixtures("company")


def _with_finance() -> bytes:
    """The diagram with a step of the finance manager between review and budget."""
    text = in_effect().bpmn
    flow = '<bpmn:sequenceFlow id="to_budget" sourceRef="review" targetRef="budget" />'
    assert flow in text
    text = text.replace(
        flow,
        '<bpmn:sequenceFlow id="to_check" sourceRef="review" targetRef="check" />'
        '<bpmn:sequenceFlow id="to_budget" sourceRef="check" targetRef="budget" />',
    )
    text = text.replace("<bpmn:outgoing>to_budget</bpmn:outgoing>", "<bpmn:outgoing>to_check</bpmn:outgoing>")
    step = (
        '<bpmn:userTask id="check" name="核对预算科目"><bpmn:incoming>to_check</bpmn:incoming>'
        "<bpmn:outgoing>to_budget</bpmn:outgoing></bpmn:userTask>"
    )
    lane = (
        '<bpmn:lane id="lane_finance" name="财务经理" hq:position="finance_manager">'
        "<bpmn:flowNodeRef>check</bpmn:flowNodeRef></bpmn:lane>"
    )
    text = text.replace('<bpmn:userTask id="budget"', step + '<bpmn:userTask id="budget"', 1)
    return text.replace(
        '<bpmn:lane id="lane_business_unit_director"', lane + '<bpmn:lane id="lane_business_unit_director"', 1
    ).encode()


def test_a_step_more_for_every_case() -> None:
    first, second = start(kind="annual"), start(kind="regular")
    found = replay(actor("admin"), "SC-001", draft(_with_finance()).number)
    assert (found.cases, found.otherwise, found.untold) == (2, 2, 0)
    (detour,) = found.detours
    assert detour.more == ("核对预算科目（财务经理）",)
    assert detour.less == detour.moved == ()
    assert {one.number for one in detour.shown} == {first, second}
    assert [(one.position, one.change) for one in found.loads] == [("财务经理", 2)]


def test_a_step_that_another_position_does() -> None:
    start()
    body = changed('hq:position="business_unit_director"', 'hq:position="finance_manager"')
    (detour,) = replay(actor("admin"), "SC-001", draft(body).number).detours
    assert detour.moved == ("审批调研预算费用（事业部经理 → 财务经理）",)


def test_a_case_takes_its_own_way_by_its_answers() -> None:
    """Only annual, monthly and major plans go to the general manager: a regular one has nothing of his to lose."""
    annual, _regular = start(kind="annual"), start(kind="regular")
    body = changed('hq:position="general_manager"', 'hq:position="technical_director"')
    moved = [one for one in replay(actor("admin"), "SC-001", draft(body).number).detours if len(one.moved) == 2]
    assert [case.number for one in moved for case in one.shown] == [annual]


def test_words_alone_change_no_way() -> None:
    start()
    found = replay(actor("admin"), "SC-001", draft().number)
    assert (found.cases, found.detours, found.loads) == (1, (), ())


def test_a_position_that_nobody_holds_is_told_with_who_is_asked_instead() -> None:
    start()
    end_holding(actor("admin"), Holding.objects.get(position__code="finance_manager").pk, until=clock.today())
    found = replay(actor("admin"), "SC-001", draft(_with_finance()).number)
    assert [(one.position, one.instead, one.count) for one in found.vacancies] == [("财务经理", ("周志远",), 1)]


def test_cases_of_others_are_counted_but_not_named() -> None:
    start()
    found = replay(actor("marketing_manager"), "SC-001", draft(_with_finance()).number)
    assert found.detours[0].shown
    version = draft(_with_finance().replace("核对预算科目".encode(), "核对预算".encode()))
    with pytest.raises(NotFound):
        replay(actor("finance_manager"), "SC-001", version.number)
    with pytest.raises(NotFound):
        replay(actor("admin"), "SC-001", in_effect().number)
