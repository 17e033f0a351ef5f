"""SC-008's sessions and measures: each on its own, refused, given back, given to somebody else, dropped."""

from typing import Any

import pytest

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.errors import Forbidden, Invalid
from huiqian.org.commands import change_person, end_holding
from huiqian.org.models import Holding
from huiqian.process.models import Instance
from huiqian.work.access import AlreadyDecided
from huiqian.work.commands import decide
from huiqian.work.models import Task
from tests.loop import answer_as_proposed, proposed
from tests.people import actor, answer, asked
from tests.training import (
    APPROVER,
    ORGANISER,
    SESSIONS,
    TRAINEES,
    approve,
    carry_out,
    collect,
    confirm,
    day,
    give,
    give_back,
    measure,
    plan_values,
    request,
    summarise,
    task_of,
    up_to_measures,
    up_to_training,
)

pytestmark = pytest.mark.usefixtures("company")
FIRST, SECOND = "改写作业指导书", "增加实操"


def session(**changes: Any) -> dict[str, Any]:
    row = plan_values()["sessions"][0]
    return {**row, **changes}


def test_a_plan_that_cannot_be_is_told_at_its_field() -> None:
    number = request()
    approve(number)
    whole = {k: v for k, v in plan_values().items() if k not in ("training_topic", "expected_number")}
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"sessions": [session(date=day(-1))]}, "sessions.0.date"),
        ({"sessions": [session(), session()]}, "sessions"),
        ({"sessions": [session(hours="0")]}, "sessions.0.hours"),
        ({"sessions": []}, "sessions"),
        ({"sessions": [session(session=f"第 {n} 场") for n in range(21)]}, "sessions"),
        ({"trainees": [{"trainee": "高志远"}, {"trainee": "高志远"}]}, "trainees"),
        ({"trainees": [{"trainee": f"学员 {n}"} for n in range(101)]}, "trainees"),
        ({"training_goals": " "}, "training_goals"),
    ]
    for changes, path in wrong:
        with pytest.raises(Invalid) as refused:
            answer(number, ORGANISER, "submit", values={**whole, **changes})
        assert list(refused.value.errors) == [path], changes
    assert asked(number) == {ORGANISER}


def present(*names: str, **more: Any) -> list[dict[str, Any]]:
    return [{"trainee": name, "attended": "present", **more} for name in names]


def marked(how: str) -> dict[str, str]:
    return {"trainee": TRAINEES[2], "attended": how}


def test_an_attendance_that_cannot_be_is_told_at_its_row() -> None:
    number = up_to_training()
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"attendance": present(*TRAINEES[:2], "路人甲")}, "attendance.2.trainee"),
        ({"attendance": present(*TRAINEES, "路人甲")}, "attendance.3.trainee"),
        ({"attendance": present(*TRAINEES[:2])}, "attendance"),
        ({"attendance": present(*TRAINEES, TRAINEES[0])}, "attendance"),
        ({"attendance": present(*TRAINEES[:2], TRAINEES[1])}, "attendance"),
        ({"attendance": [*present(*TRAINEES[:2]), marked("excused")]}, "attendance.2.remark"),
        ({"attendance": [*present(*TRAINEES[:2]), marked("dead")]}, "attendance.2.attended"),
        ({"held_hours": "25"}, "held_hours"),
    ]
    for changes, path in wrong:
        with pytest.raises(Invalid) as refused:
            give(number, SESSIONS[0], **{"attendance": present(*TRAINEES), **changes})
        assert path in refused.value.errors, changes
    assert task_of(number, "give", SESSIONS[0])


def test_a_session_is_recorded_after_it_was_held_by_whoever_was_given_the_task() -> None:
    number = up_to_training()
    with pytest.raises(Invalid) as refused:
        give(number, SESSIONS[0], held_on=day(1))
    assert set(refused.value.errors) == {"held_on"}
    with pytest.raises(Forbidden):
        decide(actor("key_account_director"), task_of(number, "give", SESSIONS[0]), "submit", values={"held_on": day()})
    give(number, SESSIONS[1])
    record = Instance.objects.get(number=number).members.get(item=SESSIONS[1])
    told = {name: record.data[name] for name in ("expected_count", "present_count", "attendance_rate")}
    assert told == {"expected_count": "3", "present_count": "3", "attendance_rate": "100"}
    assert record.data["session_planned"].startswith(f"{SESSIONS[1]} · {day()} · 9:00–12:00 · 培训中心 · 讲师 王丽")


def test_a_session_keeps_its_own_record_and_cannot_be_given_twice() -> None:
    number = up_to_training()
    task = task_of(number, "give", SESSIONS[0])
    give(number, SESSIONS[0], attendance=[*present(*TRAINEES[:2]), marked("late")])
    give(number, SESSIONS[1], attendance=[*present(*TRAINEES[:2]), marked("absent")])
    rates = dict(Instance.objects.get(number=number).members.values_list("item", "data__attendance_rate"))
    assert rates == {SESSIONS[0]: "100", SESSIONS[1]: "66.7"}
    with pytest.raises(AlreadyDecided):
        decide(actor(ORGANISER), task, "submit", values={"held_on": day()})


def test_one_person_may_have_several_measures_each_with_its_own_end() -> None:
    number = up_to_measures(measure(FIRST), measure(SECOND))
    assert Task.objects.filter(instance__number=number, element="carry_out", status="open").count() == 2
    carry_out(number, "project_director", FIRST, measure_result="改为图示版。")
    carry_out(number, "project_director", SECOND, measure_result="增加半天实操。")
    results = dict(Instance.objects.get(number=number).members.values_list("item", "data__measure_result"))
    assert (results[FIRST], results[SECOND]) == ("改为图示版。", "增加半天实操。")
    assert asked(number) == {ORGANISER}


def test_a_measure_that_is_not_done_well_goes_back_for_itself_alone() -> None:
    number = up_to_measures(measure(FIRST), measure(SECOND, "technical_director"))
    carry_out(number, "project_director", FIRST)
    confirm(number, FIRST, "return", "请附改后的指导书。")
    assert asked(number) == {"project_director", "technical_director"}
    carry_out(number, "project_director", FIRST, measure_result="已附改后指导书。")
    with pytest.raises(Invalid) as refused:
        decide(actor(ORGANISER), task_of(number, "confirm", FIRST), "approve", values={"measure_effect": "partly"})
    assert set(refused.value.errors) == {"measure_effect_note"}
    confirm(number, FIRST)
    assert asked(number) == {"technical_director"}


def test_a_measure_that_somebody_cannot_do_is_given_to_somebody_else() -> None:
    number = up_to_measures(measure(FIRST))
    with pytest.raises(Invalid) as refused:
        give_back(number, "project_director", FIRST, reason="")
    assert set(refused.value.errors) == {"given_back_reason"}
    give_back(number, "project_director", FIRST)
    assert asked(number) == {ORGANISER}
    again = {"measure_decision": "again", "measure_person": "technical_director", "measure_due": day(20)}
    task = task_of(number, "adjust", FIRST)
    with pytest.raises(Invalid) as refused:
        decide(actor(ORGANISER), task, "submit", values={**again, "measure_change_note": ""})
    assert set(refused.value.errors) == {"measure_change_note"}
    late = {"measure_change_note": "改由技术总监负责。", "measure_due": day(-1)}
    with pytest.raises(Invalid) as refused:
        decide(actor(ORGANISER), task, "submit", values={**again, **late})
    assert set(refused.value.errors) == {"measure_due"}
    decide(actor(ORGANISER), task, "submit", values={**again, "measure_change_note": "改由技术总监负责。"})
    assert asked(number) == {"technical_director"}
    open_ = Task.objects.get(instance__number=number, element="carry_out", status="open")
    assert open_.due_at is not None
    assert open_.due_at.date().isoformat() == day(20)
    carry_out(number, "technical_director", FIRST)
    confirm(number, FIRST)
    assert Instance.objects.get(number=number).status == "completed"


def test_a_measure_can_be_dropped_with_a_reason() -> None:
    number = up_to_measures(measure(FIRST))
    give_back(number, "project_director", FIRST)
    values = {"measure_decision": "drop", "measure_change_note": "指导书已由新版国标代替。"}
    decide(actor(ORGANISER), task_of(number, "adjust", FIRST), "submit", values=values)
    case = Instance.objects.get(number=number)
    assert (case.status, case.members.get(item=FIRST).data["measure_decision"]) == ("completed", "drop")


def test_a_measure_of_somebody_who_left_is_asked_of_the_marketing_manager() -> None:
    number = up_to_training()
    for one in SESSIONS:
        give(number, one)
    collect(number)
    summarise(number, measure(FIRST, "key_account_manager_5"))
    end_holding(SYSTEM, Holding.objects.get(person__login="key_account_manager_5").pk, until=clock.today())
    change_person(SYSTEM, "key_account_manager_5", name="林晓雯", active=False)
    answer(number, APPROVER)
    assert asked(number) == {ORGANISER}


def test_measures_that_cannot_be_are_told_at_their_row() -> None:
    number = up_to_training()
    for one in SESSIONS:
        give(number, one)
    collect(number)
    wrong = [
        ([measure(FIRST, "nobody")], "measures.0.responsible"),
        ([measure(FIRST, days=-1)], "measures.0.due"),
        ([measure(FIRST), measure(FIRST, "technical_director")], "measures"),
        ([measure(SESSIONS[0])], "measures"),
        ([{"measure": FIRST, "due": day(1)}], "measures.0.responsible"),
    ]
    for measures, path in wrong:
        with pytest.raises(Invalid) as refused:
            summarise(number, *measures)
        assert list(refused.value.errors) == [path], measures


def test_a_hundred_trainees_in_twenty_sessions_are_still_counted() -> None:
    names = [f"学员{n:03d}" for n in range(100)]
    sessions = [f"第 {n} 场" for n in range(1, 21)]
    number = up_to_training(sessions=sessions, trainees=names)
    for one in sessions:
        give(number, one)
    collect(number)
    summarise(number)
    case = Instance.objects.get(number=number)
    assert case.data["total_rate"] == "100"
    assert {row["attended"] for row in case.data["trainee_results"]} == {"20"}


def test_what_the_forms_propose_to_programs_is_accepted_from_step_to_step() -> None:
    number = request(**proposed("SC-008", "request"))
    seen: list[str] = []
    while Instance.objects.get(number=number).status == "running":
        seen.append(answer_as_proposed(number, min(asked(number))))
    assert seen == [
        "approve_request", "plan", "approve_plan", "material", "give", "collect", "summary", "approve_summary",
        "carry_out", "confirm",
    ]  # fmt: skip
