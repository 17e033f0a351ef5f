"""The whole loop as one chain (G1): feedback → research → promotion → sales plan → feedback, walked both ways."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.documents.models import Document
from huiqian.documents.queries import document_view
from huiqian.org.models import Person
from huiqian.process.chain import chain
from huiqian.process.commands import fire_due_timers
from huiqian.process.models import Instance
from huiqian.work.commands import decide, start_case
from huiqian.work.queries import start_form
from tests.loop import answer_as_proposed, finish_plan, finish_research, newest
from tests.people import actor, answer, asked, open_task, plan
from tests.sales import OPENING, approve, open_month, up_to_the_general_manager

pytestmark = pytest.mark.usefixtures("company")
LOOP = ["SC-009", "SC-001", "SC-002", "SC-003", "SC-004"]


def finish(number: str, until: str = "") -> None:
    """Answer whatever a case asks, as the forms propose, to its end or up to whoever must not answer."""
    while (waiting := asked(number)) and waiting != {until}:
        answer_as_proposed(number, min(waiting))


def research_from_feedback() -> tuple[str, str]:
    """A customer's words become a research topic; the feedback's number and the topic's."""
    said = {"subject": "精装房项目噪声偏大", "feedback_content": "夜间噪声超过 35 dB。", "feedback_kind": "need"}
    form = start_form("SC-009")
    assert form is not None
    number = start_case(actor("key_account_manager_1"), "SC-009", {**form.example, **said}).number
    answer(number, "key_account_director", "submit", values={"responsible": "project_director"})
    seeds = {"seeds": ["research"], "seed_note": "列入下次调研。"}
    measure = {"cause": "吊装未加减振器。", "measure": "加装减振器并复测。"}
    answer(number, "marketing_manager", "submit", values={**measure, **seeds})
    finish(number)
    topic = newest("SC-001")
    known = Instance.objects.get(number=topic).data
    whole = plan(methods=["interview"], period={"start": "2026-01-05", "end": "2099-12-18"})
    mine = {name: value for name, value in whole.items() if name not in known}
    decide(actor("marketing_manager"), open_task(topic, "marketing_manager"), "submit", values=mine)
    return number, topic


def sales_plan_after(promotion: str) -> str:
    """The next month's sales plan, which the promotion's guide lies in, approved and carried out."""
    with clock.moved_to(OPENING):
        finish(promotion)
        month = open_month()
        up_to_the_general_manager(month)
        approve(month)
        for login in sorted(asked(month)):
            answer(month, login, "submit", values={} if login != "product_marketing_director" else None)
    return month


def test_the_whole_loop_is_one_chain_that_can_be_walked_both_ways() -> None:
    with clock.moved_to(datetime(2026, 11, 2, 2, 0, tzinfo=UTC)):
        feedback, topic = research_from_feedback()
        promotion = finish_research(finish_plan(topic))
    month = sales_plan_after(promotion)
    with clock.moved_to(datetime(2026, 12, 31, 2, 0, tzinfo=UTC)):
        while fire_due_timers(SYSTEM):
            pass
        finish(month)
    seen = actor("product_marketing_director")
    for start in (feedback, topic, promotion, month):
        columns = chain(seen, start).columns
        codes = [[one.process_code for one in column] for column in columns]
        assert codes == [[code] for code in LOOP[:4]] + [["SC-006", "SC-004"], ["SC-009"] * 5], start
    walked_by_documents(feedback, month)
    walked_on_the_pages(feedback, month)


def walked_by_documents(feedback: str, month: str) -> None:
    """From the feedback sheet to the sales plan and back, each document naming the next one."""
    reader = actor("product_marketing_director")
    number = Document.objects.get(dossier__instance__number=feedback).number
    there = [number]
    while led := document_view(reader, number).led_to:
        number = led[-1].number
        there.append(number)
        if number.startswith(month):
            break
    assert [one[:6] for one in there] == LOOP
    back = [number]
    while came := document_view(reader, number).came_from:
        number = came[-1].number
        back.append(number)
    assert back == there[::-1]


def walked_on_the_pages(feedback: str, month: str) -> None:
    """The page of a case links to its chain, whose page links to every case of it."""
    client = Client()
    client.force_login(
        Person.objects.get(login="product_marketing_director"), "django.contrib.auth.backends.ModelBackend"
    )
    for number in (feedback, month):
        assert f"/cases/{number}/chain" in client.get(f"/cases/{number}").content.decode()
        page = client.get(f"/cases/{number}/chain").content.decode()
        linked = re.findall(r'href="/cases/(SC-\d{3}-\d{4}-\d{4})"', page)
        assert {one[:6] for one in linked} == {*LOOP, "SC-006"}
