"""The people of the demo company and what they usually do, for tests of all rooms."""

from collections.abc import Mapping
from typing import Any

from huiqian.base.actors import Actor
from huiqian.forms.rules import example
from huiqian.org.models import Person
from huiqian.process.content import content_of
from huiqian.process.models import Instance, Version
from huiqian.work.commands import Decided, decide, start_case
from huiqian.work.models import Assignment


def actor(login: str) -> Actor:
    """Somebody by their login."""
    return Person.objects.get(login=login).actor


def plan(**changes: Any) -> dict[str, Any]:
    """A 市场调研策划书 that the form accepts, with some answers changed."""
    version = Version.objects.get(definition__code="SC-001", status="in_effect")
    return {**example(content_of(version.pk).forms["plan"]), "kind": "annual", **changes}


def start(**changes: Any) -> str:
    """王丽 starts a case of SC-001; its number."""
    return start_case(actor("marketing_manager"), "SC-001", plan(**changes)).number


def open_task(number: str, login: str) -> int:
    """The task that a case has for somebody."""
    return Assignment.objects.get(
        task__instance__number=number, person__login=login, status="open", task__status="open"
    ).task_id


def answer(
    number: str,
    login: str,
    outcome: str = "approve",
    opinion: str = "",
    values: Mapping[str, Any] | None = None,
    to: str | None = None,
) -> Decided:
    """Somebody decides what a case asks of them."""
    return decide(actor(login), open_task(number, login), outcome, opinion=opinion, values=values, to=to)


def budget(number: str) -> dict[str, str]:
    """The whole budget approved."""
    total = Instance.objects.get(number=number).data["budget_total"]
    return {"budget_conclusion": "full", "approved_budget": total}


def asked(number: str) -> set[str]:
    """Whom a case waits for, by login."""
    found = Assignment.objects.filter(task__instance__number=number, status="open", task__status="open")
    return set(found.values_list("person__login", flat=True))


def approve_up_to_signing(number: str) -> None:
    """Review, budget, the general manager where asked, and convening the signing."""
    answer(number, "product_marketing_director")
    answer(number, "business_unit_director", values=budget(number))
    if asked(number) == {"general_manager"}:
        answer(number, "general_manager", opinion="同意。")
    answer(number, "product_marketing_director", "submit")


SIGNATORIES = ("technical_director", "general_manager", "key_account_director")
