"""SC-007 by programs alone, from the proposal to the template, with the examples that the API gives."""

import pytest

from huiqian.documents.models import Document
from huiqian.marketing.models import EventTemplate
from huiqian.process.models import Instance
from tests.api.test_loop import Programs
from tests.events import LEADER, approved_report
from tests.people import asked

pytestmark = pytest.mark.usefixtures("company")


def test_an_event_by_what_the_api_proposes() -> None:
    report, programs = approved_report(), Programs()
    number = programs.start(LEADER, "SC-007")
    leader = programs.of(LEADER)
    task = next(line for line in leader.get("/tasks").json()["items"] if line["case"] == number)
    form = leader.get(f"/tasks/{task['id']}").json()["form"]
    assert {"research_way", "cited_report"} <= set(form["properties"])
    cited = {"research_way": "cite", "cited_report": report, "citing_reason": "同一地区、同一客户群。"}
    refused = leader.post(
        f"/tasks/{task['id']}/decision", {"outcome": "submit", "values": {**cited, "cited_report": "X"}}
    )
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["cited_report"])
    answer = leader.post(f"/tasks/{task['id']}/decision", {"outcome": "submit", "values": cited})
    assert answer.status_code == 200, answer.content
    assert asked(number) == {LEADER}
    steps = programs.finish(number)
    assert steps[:2] == ["编制市场活动策划书", "审批常规活动"]
    assert steps[-2:] == ["编写活动总结", "形成活动样板"]
    assert Instance.objects.get(number=number).status == "completed"
    assert EventTemplate.objects.get().case_number == number
    papers = Document.objects.filter(dossier__instance__number=number, status="in_force")
    assert papers.count() == 4
