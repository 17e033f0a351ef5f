"""A person with several tasks of one case: each has its page, its words, its decision."""

import pytest
from django.test import Client

from huiqian.org.models import Person
from huiqian.process.models import Instance
from huiqian.process.queries import process_view
from huiqian.work.models import Task
from huiqian.work.queries import case_view, inbox
from tests.flows.test_sc008_members import FIRST, SECOND
from tests.people import actor
from tests.training import (
    APPROVER,
    ORGANISER,
    SESSIONS,
    carry_out,
    confirm,
    day,
    measure,
    request,
    task_of,
    up_to_measures,
    up_to_training,
)

pytestmark = pytest.mark.usefixtures("company")


def client_of(login: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(login=login))
    return client


def test_each_session_is_recorded_on_a_page_of_its_own_in_any_order() -> None:
    number = up_to_training()
    second = task_of(number, "give", SESSIONS[1])
    rows = inbox(actor(ORGANISER)).rows
    assert [(row.step_name, row.about) for row in rows] == [("实施培训并登记出勤", one) for one in SESSIONS]
    client = client_of(ORGANISER)
    assert f"/cases/{number}?task={second}" in client.get("/tasks").text
    page = client.get(f"/cases/{number}?task={second}").text
    assert "您在本流程中有 2 项待办" in page
    assert f'action="/tasks/{second}/decision"' in page
    assert f"实施培训并登记出勤 · {SESSIONS[1]}" in page
    typed = {"outcome": "submit", "answers": "1", "session_state": "held", "held_on": day(), "held_hours": "3"}
    for place, name in enumerate(("高志远", "孙立", "周敏")):
        typed |= {f"attendance.{place}.trainee": name, f"attendance.{place}.attended": "present"}
    refused = client.post(f"/tasks/{second}/decision", {**typed, "held_on": day(1)})
    assert refused.status_code == 422
    assert f'action="/tasks/{second}/decision"' in refused.text, "what was typed stays with its own session"
    client.post(f"/tasks/{second}/decision", typed)
    assert [task.member for task in Task.objects.filter(instance__number=number, element="give", status="open")] == [
        SESSIONS[0]
    ]


def test_a_refusal_without_a_reason_is_told_above_the_form_and_nothing_is_lost() -> None:
    number = request()
    task = Task.objects.get(instance__number=number, status="open").pk
    typed = {"outcome": "refuse", "answers": "1", "organiser": ORGANISER, "task_note": "以实操为主。"}
    refused = client_of(APPROVER).post(f"/tasks/{task}/decision", typed)
    assert refused.status_code == 422
    assert "请写明不同意的理由" in refused.text
    assert "以实操为主。" in refused.text
    assert Task.objects.get(pk=task).status == "open"
    client_of(APPROVER).post(f"/tasks/{task}/decision", {**typed, "opinion": "上月刚培训过。"})
    assert Instance.objects.get(number=number).status == "terminated"


def test_a_task_that_is_not_one_s_own_shows_the_first_of_one_s_own() -> None:
    number = up_to_measures(measure(FIRST), measure(SECOND, "technical_director"))
    own, other = (task_of(number, "carry_out", words) for words in (FIRST, SECOND))
    for asked in (str(other), "999999999", "x", str(2**70)):
        page = client_of("project_director").get(f"/cases/{number}?task={asked}")
        assert (page.status_code, f'action="/tasks/{own}/decision"' in page.text) == (200, True)
    assert client_of("project_director").get(f"/tasks/{other}/decision?outcome=submit").status_code == 404


def test_the_progress_tells_which_of_several_was_done() -> None:
    number = up_to_measures(measure(FIRST), measure(SECOND))
    carry_out(number, "project_director", SECOND)
    told = {(item.element, item.about) for item in case_view(actor(ORGANISER), number).timeline if item.about}
    assert told >= {("give", SESSIONS[0]), ("give", SESSIONS[1]), ("carry_out", SECOND), ("confirm", SECOND)}


def test_its_page_lists_the_steps_as_the_handbook_tells_them() -> None:
    steps = [row.element for row in process_view(actor(ORGANISER), "SC-008").steps]
    assert steps == [
        "request", "approve_request", "plan", "approve_plan", "material", "give", "collect", "summary",
        "approve_summary", "carry_out", "confirm", "adjust",
    ]  # fmt: skip


def test_whatever_a_measure_is_called_it_is_shown_as_text_and_comes_to_its_end() -> None:
    words = "<script>alert(1)</script> \"'@#1 {{ 7*7 }} or true"
    number = up_to_measures(measure(words))
    page = client_of("project_director").get(f"/cases/{number}").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;script&gt;alert(1)" in client_of(ORGANISER).get(f"/cases/{number}/board").text
    carry_out(number, "project_director", words)
    confirm(number, words)
    assert Instance.objects.get(number=number).status == "completed"
