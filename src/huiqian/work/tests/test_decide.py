"""Deciding a task when several people do it at the same moment, with real threads and real commits."""

import importlib
import threading
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, connections

from huiqian.base.actors import Actor
from huiqian.base.errors import Refusal
from huiqian.journal.models import Entry
from huiqian.journal.queries import verify
from huiqian.org.models import Person
from huiqian.process import run
from huiqian.process.models import Instance
from huiqian.work.access import AlreadyDecided, read_task
from huiqian.work.commands import decide, hand_over_task, withdraw_case
from huiqian.work.models import Assignment, Task
from huiqian.work.rules import OpenTask
from tests.people import SIGNATORIES, actor, answer, approve_up_to_signing, asked, open_task, start

pytestmark = pytest.mark.usefixtures("real_company")


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do all of it at the same moment, each in a thread and connection of its own; what came of each."""
    ready = threading.Barrier(len(works))
    results: list[object] = [None] * len(works)

    def run(place: int, work: Callable[[], object]) -> None:
        try:
            ready.wait(10)
            results[place] = work()
        except (Refusal, DatabaseError) as refused:
            results[place] = refused
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_one_wins_and_the_others_are_told_that_it_is_decided() -> None:
    number = start()
    task = open_task(number, "product_marketing_director")
    me = actor("product_marketing_director")
    results = at_once(*[lambda: decide(me, task, "approve")] * 6)
    refused = [r for r in results if isinstance(r, AlreadyDecided)]
    assert len(refused) == 5
    assert Entry.objects.filter(kind="task_decided", detail__element="review").count() == 1
    assert Task.objects.filter(instance__number=number, element="budget").count() == 1
    assert list(verify()) == []


def test_two_people_who_share_a_task_the_slower_one_is_told_who_was_faster() -> None:
    number = start()
    task = open_task(number, "product_marketing_director")
    first = Assignment.objects.get(task_id=task)
    other = Person.objects.get(login="project_director")
    Task.objects.filter(pk=task).update(mode="any")
    Assignment.objects.create(task_id=task, person=other, assigned_at=first.assigned_at, turn=1)
    results = at_once(
        lambda: decide(actor("product_marketing_director"), task, "approve"),
        lambda: decide(actor("project_director"), task, "approve"),
    )
    (told,) = [r for r in results if isinstance(r, AlreadyDecided)]
    assert ("李强" in str(told)) != ("郑凯" in str(told))
    assert asked(number) == {"business_unit_director"}


@pytest.mark.parametrize("_again", range(4))
def test_all_three_sign_at_the_same_moment_and_the_case_goes_on_once(_again: int) -> None:
    number = start()
    approve_up_to_signing(number)
    tasks = {login: open_task(number, login) for login in SIGNATORIES}
    people: dict[str, Actor] = {login: actor(login) for login in SIGNATORIES}
    results = at_once(*[lambda login=login: decide(people[login], tasks[login], "approve") for login in SIGNATORIES])
    assert not [r for r in results if isinstance(r, Refusal)]
    assert Instance.objects.get(number=number).status == "completed"
    done = Entry.objects.filter(kind="service_run").order_by("pk").values_list("detail__operation", flat=True)
    assert list(done) == ["archive_document", "start_process"]
    assert list(verify()) == []


def test_signing_and_returning_at_the_same_moment_leaves_no_case_in_between() -> None:
    number = start()
    approve_up_to_signing(number)
    tasks = {login: open_task(number, login) for login in SIGNATORIES}
    people = {login: actor(login) for login in SIGNATORIES}
    at_once(
        lambda: decide(people["technical_director"], tasks["technical_director"], "approve"),
        lambda: decide(people["general_manager"], tasks["general_manager"], "return", opinion="请补充"),
        lambda: decide(people["key_account_director"], tasks["key_account_director"], "approve"),
    )
    assert asked(number) == {"marketing_manager"}
    assert Task.objects.filter(instance__number=number, status="open").count() == 1
    assert list(verify()) == []


def test_withdrawing_and_deciding_at_the_same_moment() -> None:
    number = start()
    task = open_task(number, "product_marketing_director")
    starter, reviewer = actor("marketing_manager"), actor("product_marketing_director")
    at_once(
        lambda: withdraw_case(starter, number, "改期"),
        lambda: decide(reviewer, task, "approve"),
    )
    case = Instance.objects.get(number=number)
    assert case.status == "withdrawn"
    assert asked(number) == set()


def test_handing_over_and_deciding_at_the_same_moment_is_one_or_the_other() -> None:
    number = start()
    share = Assignment.objects.get(task_id=open_task(number, "product_marketing_director"))
    me = actor("product_marketing_director")
    results = at_once(
        lambda: hand_over_task(me, share.pk, "project_director", reason="出差"),
        lambda: decide(me, share.task_id, "approve"),
    )
    assert len([r for r in results if isinstance(r, Refusal)]) == 1
    assert asked(number) in ({"project_director"}, {"business_unit_director"})


def test_numbers_have_no_gaps_and_no_doubles_when_many_start_at_once() -> None:
    answers = at_once(*[start] * 6)
    numbers = sorted(str(answer) for answer in answers)
    assert [number[-4:] for number in numbers] == ["0001", "0002", "0003", "0004", "0005", "0006"]


def test_without_the_lock_nobody_would_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests above can fail: without the case's lock both go on, and only a constraint of the database stops one."""
    module = importlib.import_module("huiqian.work.commands.decide")
    both_have_read = threading.Barrier(2)
    number = start()
    task = open_task(number, "product_marketing_director")
    me = actor("product_marketing_director")

    def read_together(task_id: int) -> OpenTask:
        found = read_task(task_id)
        both_have_read.wait(10)
        return found

    monkeypatch.setattr(run, "LOCK_BY_TASK", run.LOCK_BY_TASK.replace("for update of i", ""))
    monkeypatch.setattr(module, "read_task", read_together)
    results = at_once(lambda: decide(me, task, "approve"), lambda: decide(me, task, "approve"))
    assert not [r for r in results if isinstance(r, AlreadyDecided)]
    assert [r for r in results if isinstance(r, DatabaseError)]


def test_a_refused_decision_leaves_nothing_behind() -> None:
    number = start()
    before = Entry.objects.count()
    with pytest.raises(Refusal):
        answer(number, "product_marketing_director", "return", "")
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where status = 'todo'")
    assert Entry.objects.count() == before
