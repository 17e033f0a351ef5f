"""Urging (催办): whoever keeps a case waiting hears of it, once an hour at most."""

from datetime import timedelta

import pytest

from huiqian.base import clock
from huiqian.base.errors import NotFound
from huiqian.journal.models import Entry
from huiqian.work.access import AlreadyDecided
from huiqian.work.commands import urge_task
from huiqian.work.commands.urge_task import UrgedAlready
from huiqian.work.models import Urge
from tests.people import actor, answer, open_task, start

pytestmark = pytest.mark.usefixtures("company")


def test_the_one_who_is_asked_is_named_in_the_fact() -> None:
    task = open_task(start(), "product_marketing_director")
    urge_task(actor("marketing_manager"), task, text="请尽快审核")
    fact = Entry.objects.get(kind="task_urged")
    assert fact.detail == {"task": task, "people": [actor("product_marketing_director").id]}
    assert Urge.objects.get().text == "请尽快审核"


def test_once_an_hour_is_enough() -> None:
    task = open_task(start(), "product_marketing_director")
    now = clock.now()
    with clock.moved_to(now):
        urge_task(actor("marketing_manager"), task)
    with clock.moved_to(now + timedelta(minutes=59)), pytest.raises(UrgedAlready):
        urge_task(actor("marketing_manager"), task)
    with clock.moved_to(now + timedelta(minutes=61)):
        urge_task(actor("marketing_manager"), task)
    assert Urge.objects.count() == 2


def test_what_is_decided_cannot_be_urged() -> None:
    number = start()
    task = open_task(number, "product_marketing_director")
    answer(number, "product_marketing_director")
    with pytest.raises(AlreadyDecided):
        urge_task(actor("marketing_manager"), task)


def test_a_stranger_does_not_learn_that_the_task_exists() -> None:
    task = open_task(start(), "product_marketing_director")
    with pytest.raises(NotFound):
        urge_task(actor("purchasing_officer"), task)
