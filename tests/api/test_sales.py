"""The API: a month of sales planning and a pricing, by programs that send what they are given as an example."""

from datetime import datetime

import jsonschema
import pytest

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.clock import COMPANY_ZONE
from huiqian.marketing.models import PriceLine, PriceList, ProductionLine, SalesLine
from huiqian.process.commands import fire_due_timers
from tests.api.test_v1 import Program
from tests.people import asked
from tests.sales import MANAGERS, OPENING, open_month

pytestmark = pytest.mark.usefixtures("company")
LAST_DAY = datetime(2026, 12, 31, 9, 0, tzinfo=COMPANY_ZONE)


def answer_all(number: str) -> list[str]:
    """Whoever is asked sends the example of their task, the usual outcome; again until nobody is asked. The steps."""
    steps: list[str] = []
    while waiting := asked(number):
        # Who gathers waits for those who plan.
        for login in sorted(waiting, key=lambda one: (one == "key_account_director", one)):
            program = Program(login)
            tasks = program.get("/tasks").json()["items"]
            steps += [answer(program, task["id"]) for task in tasks if task["case"] == number]
    return steps


def answer(program: Program, task: int) -> str:
    """One task with its own example, which its schema accepts; the step."""
    detail = program.get(f"/tasks/{task}").json()
    more = {}
    if detail["form"]:
        jsonschema.Draft202012Validator.check_schema(detail["form"])
        jsonschema.validate(detail["example"], detail["form"])
        more = {"values": detail["example"]}
    outcome = detail["outcomes"][0]["code"]
    sent = program.post(f"/tasks/{task}/decision", {"outcome": outcome, "opinion": "同意", **more})
    assert sent.status_code == 200, (detail["step"], sent.content.decode())
    return str(detail["step"])


def test_the_whole_of_sc004() -> None:
    with clock.moved_to(OPENING):
        number = open_month()
        steps = answer_all(number)
        assert steps[:6] == [*["编制销售计划表"] * len(MANAGERS), "汇总销售计划"]
    with clock.moved_to(LAST_DAY):
        while fire_due_timers(SYSTEM):
            pass
        reported = answer_all(number)
    assert reported == ["填报销售实绩"] * len(MANAGERS)
    case = Program("key_account_director").get(f"/cases/{number}").json()
    assert case["status"] == "completed"
    assert {paper["status"] for paper in case["documents"]} == {"in_force"}
    assert len(case["documents"]) == len(MANAGERS) + 3
    assert SalesLine.objects.filter(actual_amount__gt=0).count() == len(MANAGERS)
    assert ProductionLine.objects.count() == 1


def test_the_whole_of_sc005() -> None:
    asker = Program("marketing_manager")
    example = asker.get("/processes/SC-005").json()["example"]
    begun = asker.post("/cases", {"process": "SC-005", "values": example})
    assert begun.status_code == 201, begun.content
    number = begun.json()["number"]
    steps = answer_all(number)
    assert steps[:2] == ["核算成本与毛利", "编制定价方案"]
    assert steps[-2:] == ["审核定价方案", "批准定价方案"]
    first = PriceList.objects.order_by("id").last()
    with clock.moved_to(datetime(2099, 1, 1, 0, 1, tzinfo=COMPANY_ZONE)):
        while fire_due_timers(SYSTEM):
            pass
    assert asker.get(f"/cases/{number}").json()["status"] == "completed"
    made = PriceList.objects.order_by("id").last()
    assert made is not None
    assert made != first
    assert PriceLine.objects.filter(price_list=made).exists()
