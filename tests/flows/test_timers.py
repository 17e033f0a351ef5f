"""Timers: a case waits for a moment, and a worker moves it on when it has come."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.errors import Forbidden, Invalid, Stale
from huiqian.process.commands import fire_due_timers, resume_case, suspend_case
from huiqian.process.models import Timer
from huiqian.work.commands import start_case, withdraw_case
from tests.people import actor, asked, plan
from tests.versions import adopted

BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hq="urn:huiqian:bpmn:1" id="file"
    targetNamespace="urn:test" expressionLanguage="feel">
  <process id="T-001" name="冷静期" isExecutable="true" hq:code="T-001" hq:title="topic">
    <laneSet id="lanes">
      <lane id="drafter" name="市场经理" hq:position="marketing_manager">
        <flowNodeRef>start</flowNodeRef><flowNodeRef>draft</flowNodeRef><flowNodeRef>pause</flowNodeRef>
      </lane>
      <lane id="reviewer" name="产品市场部经理" hq:position="product_marketing_director">
        <flowNodeRef>review</flowNodeRef><flowNodeRef>end</flowNodeRef>
      </lane>
    </laneSet>
    <startEvent id="start"/>
    <userTask id="draft" name="编制" hq:kind="do" hq:form="plan" hq:document="plan" hq:assignee="starter"/>
    <intermediateCatchEvent id="pause" name="冷静期">
      <timerEventDefinition id="hour"><timeDuration>PT1H</timeDuration></timerEventDefinition>
    </intermediateCatchEvent>
    <userTask id="review" name="审核" hq:kind="approve"/>
    <endEvent id="end"/>
    <sequenceFlow id="a" sourceRef="start" targetRef="draft"/>
    <sequenceFlow id="b" sourceRef="draft" targetRef="pause"/>
    <sequenceFlow id="c" sourceRef="pause" targetRef="review"/>
    <sequenceFlow id="d" sourceRef="review" targetRef="end"/>
  </process>
</definitions>
"""
ABOUT = {
    "code": "T-001",
    "name": {"zh": "冷静期", "en": "Cooling off"},
    "purpose": {"zh": "等一小时再审核。", "en": "Waits an hour before the review."},
    "documents": {"plan": {"form": "plan", "name": {"zh": "策划书", "en": "Plan"}}},
}


@pytest.fixture
def waiting(company: None, tmp_path: Path) -> str:
    """A case that waits for an hour."""
    folder = tmp_path / "T-001"
    (folder / "forms").mkdir(parents=True)
    (folder / "process.bpmn").write_text(BPMN)
    (folder / "process.json").write_text(json.dumps(ABOUT, ensure_ascii=False))
    form = Path(settings.HANDBOOK) / "SC-001" / "forms" / "plan.json"
    (folder / "forms" / "plan.json").write_text(form.read_text())
    adopted(tmp_path)
    return start_case(actor("marketing_manager"), "T-001", plan()).number


def test_nothing_happens_before_its_time(waiting: str) -> None:
    assert not fire_due_timers(SYSTEM)
    assert asked(waiting) == set()
    assert Timer.objects.count() == 1


def test_the_case_goes_on_when_its_time_has_come(waiting: str) -> None:
    with clock.moved_to(clock.now() + timedelta(minutes=61)):
        assert fire_due_timers(SYSTEM)
        assert not fire_due_timers(SYSTEM)
    assert asked(waiting) == {"product_marketing_director"}
    assert not Timer.objects.exists()


def test_a_case_that_was_withdrawn_meanwhile_stays_withdrawn(waiting: str) -> None:
    withdraw_case(actor("marketing_manager"), waiting, "不再需要")
    with clock.moved_to(clock.now() + timedelta(hours=2)):
        while fire_due_timers(SYSTEM):
            pass
    assert asked(waiting) == set()
    assert not Timer.objects.exists()


def test_a_suspended_case_keeps_its_timer_until_it_goes_on(waiting: str) -> None:
    admin = actor("admin")
    with pytest.raises(Forbidden):
        suspend_case(actor("marketing_manager"), waiting, "等通知")
    with pytest.raises(Invalid):
        suspend_case(admin, waiting, " ")
    suspend_case(admin, waiting, "等总部通知")
    with pytest.raises(Stale):
        suspend_case(admin, waiting, "等总部通知")
    with clock.moved_to(clock.now() + timedelta(hours=2)):
        assert not fire_due_timers(SYSTEM)
        resume_case(admin, waiting)
        with pytest.raises(Stale):
            resume_case(admin, waiting)
        assert fire_due_timers(SYSTEM)
    assert asked(waiting) == {"product_marketing_director"}
