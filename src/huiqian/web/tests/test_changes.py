"""Whoever decided on a document before sees first what changed since."""

import re

import pytest

from huiqian.web.tests.test_edges import signed_in
from tests.people import answer, budget, plan, start

pytestmark = pytest.mark.usefixtures("company")
REVIEWER, DRAFTER, BUDGET = "product_marketing_director", "marketing_manager", "business_unit_director"


def returned_and_handed_in(**changes: object) -> str:
    """A case that the reviewer approved, that came back from the budget step and was handed in again."""
    number = start()
    answer(number, REVIEWER, opinion="同意立项。")
    answer(number, BUDGET, "return", opinion="预算偏高。", to="draft")
    answer(number, DRAFTER, "submit", values=plan(**changes))
    return number


def shown(number: str, login: str) -> str:
    page = signed_in(login).get(f"/cases/{number}").content.decode()
    found = re.search(r'<section class="changes.*?</section>', page, re.DOTALL)
    return found.group() if found else ""


def test_only_what_differs_is_shown_first_with_what_one_said() -> None:
    number = returned_and_handed_in(topic="华南区家用净水市场调研")
    said = shown(number, REVIEWER)
    assert "华南区家用净水市场调研" in said
    assert "同意立项。" in said
    assert plan()["purpose"] not in said
    page = signed_in(REVIEWER).get(f"/cases/{number}").content.decode()
    assert re.search(r'<details class="answered">', page), "the whole form is folded, one click away"


def test_that_nothing_was_changed_is_said() -> None:
    said = shown(returned_and_handed_in(), REVIEWER)
    assert "<ins>" not in said
    assert "alert-triangle" in said or "banner warn" in said


def test_who_never_decided_sees_the_whole() -> None:
    number = returned_and_handed_in(topic="华南区家用净水市场调研")
    assert shown(number, DRAFTER) == ""
    answer(number, REVIEWER)
    assert "预算偏高。" in shown(number, BUDGET), "whoever returned it sees their words"
    answer(number, BUDGET, values=budget(number))
    assert shown(number, "general_manager") == "", "asked for the first time"


def test_on_the_first_round_there_is_nothing_to_compare() -> None:
    assert shown(start(), REVIEWER) == ""
