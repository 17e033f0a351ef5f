"""The main loop by programs alone: every form filled with the example that the API gives with it."""

import jsonschema
import pytest

from tests.api.program import Program
from tests.loop import newest
from tests.people import asked

pytestmark = pytest.mark.usefixtures("company")


class Programs:
    """Everybody's programs, each with its person's own token."""

    def __init__(self) -> None:
        self.known: dict[str, Program] = {}

    def of(self, login: str) -> Program:
        """Somebody's program."""
        if login not in self.known:
            self.known[login] = Program(login)
        return self.known[login]

    def start(self, login: str, code: str) -> str:
        """Start a process with its example; the case's number."""
        example = self.of(login).get(f"/processes/{code}").json()["example"]
        answer = self.of(login).post("/cases", {"process": code, "values": example})
        assert answer.status_code == 201, answer.content
        return str(answer.json()["number"])

    def answer(self, number: str, login: str) -> str:
        """Decide the first task that a case has for somebody as the example says; the step's name."""
        program = self.of(login)
        task = next(line for line in program.get("/tasks").json()["items"] if line["case"] == number)
        detail = program.get(f"/tasks/{task['id']}").json()
        if detail["form"]:
            jsonschema.validate(detail["example"], detail["form"])
        body = {"outcome": detail["outcomes"][0]["code"], "values": detail["example"] or {}}
        answer = program.post(f"/tasks/{task['id']}/decision", body)
        assert answer.status_code == 200, (detail["step"], answer.content)
        return str(detail["step"])

    def finish(self, number: str) -> list[str]:
        """Answer whatever a case asks of anybody, to its end; the steps in turn."""
        steps: list[str] = []
        while logins := asked(number):
            steps.append(self.answer(number, min(logins)))
            assert len(steps) < 60, steps
        return steps


@pytest.mark.parametrize(
    ("code", "starter", "last", "papers"),
    [
        ("SC-003", "product_marketing_director", "组织实施推广计划", 4),
        ("SC-009", "key_account_manager_1", "与客户确认并结案", 1),
    ],
)
def test_a_process_from_its_start_to_its_archived_documents(code: str, starter: str, last: str, papers: int) -> None:
    programs = Programs()
    number = programs.start(starter, code)
    assert programs.finish(number)[-1] == last
    case = programs.of(starter).get(f"/cases/{number}").json()
    assert case["status"] == "completed"
    assert [paper["status"] for paper in case["documents"]] == ["in_force"] * papers


def test_prices_are_approved_and_wait_for_their_day() -> None:
    programs = Programs()
    number = programs.start("marketing_manager", "SC-005")
    assert programs.finish(number)[-1] == "批准定价方案"
    case = programs.of("marketing_manager").get(f"/cases/{number}").json()
    assert (case["status"], asked(number)) == ("running", set())


def test_research_is_planned_and_done_and_leads_to_promotion() -> None:
    programs = Programs()
    programs.finish(programs.start("marketing_manager", "SC-001"))
    research = newest("SC-002")
    steps = programs.finish(research)
    assert (steps[0], steps[-1], steps.count("填写市场信息收集表")) == ("编制调研问卷与收集表", "审批市场调研报告", 5)
    assert asked(newest("SC-003")) == {"product_marketing_director"}
    manager = programs.of("marketing_manager")
    case = manager.get(f"/cases/{research}").json()
    assert {paper["status"] for paper in case["documents"]} == {"in_force"}
    report = next(paper for paper in case["documents"] if paper["name"] == "市场调研报告")
    assert manager.get(f"/documents/{report['number']}/pdf").content.startswith(b"%PDF-")
