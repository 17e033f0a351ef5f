"""The API: a training from its request to its last measure, by programs that send what they are given as an example."""

import jsonschema
import pytest

from tests.api.program import Program
from tests.training import APPROVER, ASKER, ORGANISER

pytestmark = pytest.mark.usefixtures("company")


def answer_next(login: str, outcome: str = "submit") -> None:
    """A program takes the one task it has, checks what it proposes against the form's schema and sends it."""
    program = Program(login)
    (task,) = program.get("/tasks").json()["items"]
    detail = program.get(f"/tasks/{task['id']}").json()
    more = {}
    if detail["form"]:
        jsonschema.validate(detail["example"], detail["form"])
        more = {"values": detail["example"]}
    sent = program.post(f"/tasks/{task['id']}/decision", {"outcome": outcome, **more})
    assert sent.status_code == 200, sent.content


def test_the_whole_of_sc008() -> None:
    asker = Program(ASKER)
    example = asker.get("/processes/SC-008").json()["example"]
    begun = asker.post("/cases", {"process": "SC-008", "values": example})
    assert begun.status_code == 201, begun.content
    number = begun.json()["number"]
    answer_next(APPROVER, "approve")
    answer_next(ORGANISER)
    answer_next(APPROVER, "approve")
    for _step in ("material", "give", "collect", "summary"):
        answer_next(ORGANISER)
    answer_next(APPROVER, "approve")
    answer_next("project_director")
    answer_next(ORGANISER, "approve")
    case = asker.get(f"/cases/{number}").json()
    assert (case["status"], len(case["documents"])) == ("completed", 5)
    assert {paper["status"] for paper in case["documents"]} == {"in_force"}


def test_a_trainee_who_is_not_on_the_list_is_a_problem_with_the_row_s_path() -> None:
    asker = Program(ASKER)
    asker.post("/cases", {"process": "SC-008", "values": asker.get("/processes/SC-008").json()["example"]})
    answer_next(APPROVER, "approve")
    answer_next(ORGANISER)
    answer_next(APPROVER, "approve")
    answer_next(ORGANISER)
    program = Program(ORGANISER)
    (task,) = program.get("/tasks").json()["items"]
    values = program.get(f"/tasks/{task['id']}").json()["example"]
    values["attendance"] = [{"trainee": "路人甲", "attended": "present"}]
    told = program.post(f"/tasks/{task['id']}/decision", {"outcome": "submit", "values": values})
    assert (told.status_code, told.headers["Content-Type"].split(";")[0]) == (422, "application/problem+json")
    assert "attendance.0.trainee" in told.json()["errors"]
