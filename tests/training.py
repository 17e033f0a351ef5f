"""What people usually do about a training (SC-008), for the stories about it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.surveys.commands import From, answer_survey
from huiqian.surveys.models import Survey
from huiqian.work.commands import Decided, decide, start_case
from huiqian.work.models import Task
from tests.loop import proposed
from tests.people import actor, answer

OUTSIDE = Actor(id=None, name="", door="survey")
ASKER, APPROVER, ORGANISER = "key_account_director", "product_marketing_director", "marketing_manager"
TRAINEES = ("高志远", "孙立", "周敏")
SESSIONS = ("第一场 安装工艺", "第二场 调试")


def day(days: int = 0) -> str:
    """A day from today on, as forms keep it."""
    return (clock.today() + timedelta(days=days)).isoformat()


def request(**changes: Any) -> str:
    """孙洁 asks for a training; its number."""
    return start_case(actor(ASKER), "SC-008", proposed("SC-008", "request", **changes)).number


def approve(number: str, **changes: Any) -> None:
    """李强 approves the request and gives the task to 王丽."""
    answer(number, APPROVER, values={"task_note": "以实操为主。", **changes})


def plan_values(
    sessions: Sequence[str] = SESSIONS, trainees: Sequence[str] = TRAINEES, **changes: Any
) -> dict[str, Any]:
    """A 培训计划 that the form accepts, for these sessions and trainees."""
    rows = [
        {"session": one, "date": day(), "time": "9:00–12:00", "place": "培训中心", "trainer": "王丽", "hours": "3"}
        for one in sessions
    ]
    people = [{"trainee": one, "unit": "客户安装班组"} for one in trainees]
    cost = [{"item": "实操耗材", "quantity": "3", "price": "80"}]
    return proposed("SC-008", "plan", sessions=rows, trainees=people, budget=cost, **changes)


def plan(number: str, **changes: Any) -> None:
    """王丽 makes the plan."""
    values = {k: v for k, v in plan_values(**changes).items() if k not in ("training_topic", "expected_number")}
    answer(number, ORGANISER, "submit", values=values)


def prepare(number: str) -> None:
    """The plan is approved and the material is ready."""
    answer(number, APPROVER)
    material = proposed("SC-008", "material")
    answer(number, ORGANISER, "submit", values={k: v for k, v in material.items() if k != "training_topic"})


def task_of(number: str, element: str, member: str) -> int:
    """The open task of one session, or of one measure."""
    return Task.objects.get(instance__number=number, element=element, member=member, status="open").pk


def give(number: str, session: str, **changes: Any) -> Decided:
    """王丽 records a session that was held today, all present unless it is said."""
    values = {"held_on": day(), **changes}
    return decide(actor(ORGANISER), task_of(number, "give", session), "submit", values=values)


def up_to_training(**plan_changes: Any) -> str:
    """A training whose plan is approved and whose material is ready; its number."""
    number = request()
    approve(number)
    plan(number, **plan_changes)
    prepare(number)
    return number


def respond(number: str, *scores: int) -> None:
    """Trainees answer the survey by its link, each with a score of their own, without an account."""
    survey = Survey.objects.get(case__number=number)
    for score in scores:
        values = {name: str(score) for name in ("useful", "trainer", "material", "organised")}
        answers = {**values, "length": "right", "overall": "9"}
        answer_survey(OUTSIDE, survey.token, answers, From(key=str(uuid4())))


def collect(number: str, **changes: Any) -> None:
    """王丽 collects the survey."""
    answer(number, ORGANISER, "submit", values=changes)


def measure(words: str, who: str = "project_director", days: int = 10) -> dict[str, str]:
    """A row of the summary's measures."""
    return {"measure": words, "responsible": who, "due": day(days)}


def summarise(number: str, *measures: dict[str, str], **changes: Any) -> None:
    """王丽 writes the summary with these measures."""
    said = {"goals_met": "met", "conclusions": "班组已掌握减振吊装。", "measures": list(measures)}
    answer(number, ORGANISER, "submit", values={**said, **changes})


def up_to_measures(*measures: dict[str, str]) -> str:
    """A training that was given, its summary with these measures approved; its number."""
    number = up_to_training()
    for session in SESSIONS:
        give(number, session)
    collect(number)
    summarise(number, *measures)
    answer(number, APPROVER)
    return number


def carry_out(number: str, who: str, words: str, **changes: Any) -> Decided:
    """Whoever is responsible carries a measure out."""
    values = {"measure_state": "done", "measure_done_on": day(), "measure_result": "已完成并发到班组。", **changes}
    return decide(actor(who), task_of(number, "carry_out", words), "submit", values=values)


def give_back(number: str, who: str, words: str, reason: str = "应由技术部负责。") -> Decided:
    """Whoever is responsible cannot do it and gives it back."""
    values = {"measure_state": "given_back", "given_back_reason": reason}
    return decide(actor(who), task_of(number, "carry_out", words), "submit", values=values)


def confirm(number: str, words: str, outcome: str = "approve", opinion: str = "") -> Decided:
    """王丽 confirms a measure, or sends it back."""
    values = {"measure_effect": "good"} if outcome == "approve" else None
    return decide(actor(ORGANISER), task_of(number, "confirm", words), outcome, opinion=opinion, values=values)
