"""The month's end: two hundred 大客户经理 hand in at once, for real, while the heads look at the board."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from huiqian.base import clock
from huiqian.base.actors import SYSTEM
from huiqian.base.errors import Refusal
from huiqian.documents.models import Document
from huiqian.journal.queries import verify
from huiqian.org.effects import note
from huiqian.org.events import PositionAssigned
from huiqian.org.models import Holding, Person, Position
from huiqian.process.models import Member
from huiqian.work.commands import decide
from huiqian.work.models import Assignment
from huiqian.work.queries.board import board
from tests.people import actor, asked
from tests.sales import OPENING, gather, line, open_month

MANY, AT_ONCE, TWICE = 200, 60, 20
DIRECTOR = "key_account_director"


def two_hundred() -> list[str]:
    """The five of the demo company and 195 more hold the position; their logins."""
    place, since = Position.objects.get(code="key_account_manager"), date(2026, 1, 1)
    names = [f"manager_{n:03d}" for n in range(6, MANY + 1)]
    people = Person.objects.bulk_create(Person(login=name, name=name, sort_key=name) for name in names)
    Holding.objects.bulk_create(Holding(position=place, person=one, since=since) for one in people)
    note(SYSTEM, PositionAssigned(position=place.code, person=names[-1], since=since, until=None, replaces=[]))
    return list(Holding.objects.filter(position=place).values_list("person__login", flat=True))


class MonthEnd:
    """Everybody at once: who has begun to hand in, who is through, and who was told that it is done already."""

    def __init__(self, number: str) -> None:
        self.number, self.lock = number, threading.Lock()
        self.start = threading.Barrier(AT_ONCE)
        self.begun, self.through, self.refused = 0, 0, 0
        found = Assignment.objects.filter(task__instance__number=number, task__element="plan")
        self.tasks = dict(found.values_list("person__login", "task_id"))

    def hand_in(self, place: int, login: str) -> None:
        """One manager on a connection of their own."""
        try:
            if place < AT_ONCE:
                self.start.wait(60)
            with self.lock:
                self.begun += 1
            with clock.moved_to(OPENING):
                lines = [line("C-001", quantity=place % MANY + 1), line("C-002", "KZ-02", quantity=1)]
                decide(actor(login), self.tasks[login], "submit", values={"lines": lines})
            with self.lock:
                self.through += 1
        except Refusal:
            with self.lock:
                self.refused += 1
        finally:
            connection.close()

    def looked_at(self) -> list[int]:
        """The board, looked at until everybody is through: it never says less or more than is so."""
        seen: list[int] = []
        boss = actor(DIRECTOR)
        while not seen or self.through + self.refused < MANY + TWICE:
            least = self.through
            now = board(boss, self.number)
            assert now.all == MANY
            assert max([least, *seen[-1:]]) <= now.done <= self.begun
            assert now.done == sum(1 for one in now.lines if one.state == "done" and one.documents)
            seen.append(now.done)
            time.sleep(0.05)
        return seen


@pytest.mark.usefixtures("real_company")
def test_two_hundred_hand_in_at_once_and_the_board_is_right_at_every_moment() -> None:
    logins = two_hundred()
    with clock.moved_to(OPENING):
        number = open_month()
    end = MonthEnd(number)
    assert sorted(end.tasks) == sorted(logins)
    connection.pool.resize(1, AT_ONCE + 4)  # type: ignore[attr-defined]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = [pool.submit(end.hand_in, place, login) for place, login in enumerate([*logins, *logins[:TWICE]])]
        seen = end.looked_at()
        for one in done:
            one.result()
    assert (end.through, end.refused) == (MANY, TWICE), "who presses twice is told so, once is counted"
    assert len(set(seen)) > 3, "the board was looked at while they handed in"
    assert board(actor(DIRECTOR), number).done == MANY
    with clock.moved_to(OPENING):
        check_nothing_lost(number, logins)


def check_nothing_lost(number: str, logins: list[str]) -> None:
    """Each plan is there once, with its own number, and the sum is right."""
    assert asked(number) == {DIRECTOR}
    records = dict(Member.objects.filter(instance__number=number).values_list("item", "data"))
    assert sorted(records) == sorted(logins)
    assert [Decimal(records[login]["lines"][0]["quantity"]) for login in logins] == list(range(1, MANY + 1))
    plans = Document.objects.filter(dossier__instance__number=number, key__startswith="sales_plan@")
    assert plans.count() == MANY
    assert len(set(plans.values_list("number", flat=True))) == MANY
    assert set(plans.values_list("version_count", flat=True)) == {1}
    gather(number)
    merged = Document.objects.get(dossier__instance__number=number, key="summary").versions.get().values["merged"]
    assert sum(Decimal(row["quantity"]) for row in merged) == sum(range(1, MANY + 1)) + MANY
    assert list(verify()) == []
