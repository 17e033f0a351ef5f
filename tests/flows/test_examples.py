"""A program fills every form of a case with the example that comes with it, and is accepted."""

import pytest

from huiqian.process.models import Instance
from huiqian.work.commands import decide, start_case
from huiqian.work.queries import start_form, task_view
from tests.people import actor, answer, open_task

pytestmark = pytest.mark.usefixtures("company")


def test_the_examples_take_a_case_through_its_forms() -> None:
    form = start_form("SC-001")
    assert form is not None
    number = start_case(actor("marketing_manager"), "SC-001", form.example).number
    answer(number, "product_marketing_director")
    task = open_task(number, "business_unit_director")
    asked = task_view(actor("business_unit_director"), task).form
    assert asked is not None
    total = Instance.objects.get(number=number).data["budget_total"]
    assert asked.example["approved_budget"] == total
    decide(actor("business_unit_director"), task, "approve", values=asked.example)
    assert Instance.objects.get(number=number).data["approved_budget"] == total
