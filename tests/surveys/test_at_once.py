"""Five hundred people answer at once: nothing is lost, nothing is doubled."""

import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.test.client import ClientHandler

from huiqian.base import clock
from huiqian.base.errors import Refusal
from huiqian.journal.models import Entry
from huiqian.journal.queries import verify
from huiqian.surveys.commands import close_survey, make_links
from huiqian.surveys.models import Answer, Survey
from huiqian.surveys.queries import results
from huiqian.surveys.rules.states import Ticket
from tests.people import actor
from tests.surveys.scene import BUILDER, begin, load_process, open_it, respond

PEOPLE, WORKERS = 500, 5


@pytest.fixture
def crowded(real_company: None, tmp_path: Path) -> Survey:
    """A survey that takes answers, for tests that commit for real."""
    load_process(tmp_path)
    return open_it(begin())


def _answer(token: str, person: int, server: ClientHandler) -> set[int]:
    """Answer with a browser of one's own; every fifth opens the link for it and presses the button twice."""
    try:
        browser, address = Client(REMOTE_ADDR=f"192.0.{person // 200}.{person % 200}"), f"/s/{token}"
        # One server for all: each client would make one of its own, with a list of every static file.
        browser.handler = server
        ticket = Ticket(token, str(uuid4()), clock.now()).signed()
        if person % 5 == 0:
            page = browser.get(address).content.decode()
            ticket = re.findall(r'name="ticket" value="([^"]+)"', page)[0]
        form = {
            "ticket": ticket,
            "page": "1",
            "use": "yes",
            "score": str(person // 5 % 5 + 1),
            "why": "吵",
            "send": "1",
        }
        with clock.moved_to(clock.now() + timedelta(seconds=9)):
            return {browser.post(address, form).status_code for _turn in range(1 if person % 5 else 2)}
    finally:
        connections.close_all()


def test_five_hundred_people_answer_at_once(crowded: Survey) -> None:
    server = ClientHandler(enforce_csrf_checks=False)
    server.load_middleware()
    with ThreadPoolExecutor(WORKERS) as crowd:
        got = list(crowd.map(lambda person: _answer(crowded.token, person, server), range(PEOPLE)))
    assert got == [{303}] * PEOPLE
    found = results(crowded)
    assert found.count == PEOPLE
    assert {bar.code: bar.count for bar in found.tallies[2].bars} == {str(n): PEOPLE // 5 for n in range(1, 6)}
    assert Answer.objects.exclude(browser="").values("browser").distinct().count() == PEOPLE // 5
    assert Entry.objects.filter(chain=f"survey:{crowded.pk}").count() == PEOPLE
    assert list(verify()) == []


def _at_once(*verbs: object) -> list[object]:
    gate = threading.Barrier(len(verbs))

    def run(verb: object) -> object:
        try:
            gate.wait(10)
            return verb()  # type: ignore[operator]
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(verbs)) as crowd:
        return list(crowd.map(run, verbs))


def test_one_form_one_browser_and_one_link_count_once_however_fast(crowded: Survey) -> None:
    key = str(uuid4())
    same = _at_once(*[lambda: respond(crowded, key=key, browser="b1").pk] * 4)
    assert len(set(same)) == 1
    browser = _at_once(*[lambda: respond(crowded, browser="b2").pk] * 4)
    assert Counter(type(one) for one in browser) == {int: 1, str: 3}
    make_links(actor(BUILDER), crowded.pk, ["张工"])
    token = crowded.invitations.get().token
    link = _at_once(*[lambda: respond(crowded, token=token).pk] * 4)
    assert Counter(one if isinstance(one, str) else "stored" for one in link) == {"stored": 1, "answered-already": 3}
    assert Answer.objects.count() == 3


def test_whoever_closes_waits_for_answers_in_flight_and_counts_them(crowded: Survey) -> None:
    boss = actor(BUILDER)
    told = _at_once(lambda: close_survey(boss, crowded.pk), *[lambda: respond(crowded).pk] * 4)
    stored = [one for one in told if isinstance(one, int)]
    assert set(told) - set(stored) <= {None, "survey-closed"}
    closed = Entry.objects.get(chain=f"case:{crowded.case_id}", kind="survey_closed")
    assert closed.detail["answers"] == len(stored) == Answer.objects.count()
