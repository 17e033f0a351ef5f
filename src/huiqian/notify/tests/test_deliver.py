"""Who hears of what: notices at the bell, made once however often a worker does it."""

import pytest

from huiqian.base.actors import SYSTEM
from huiqian.journal.models import Entry
from huiqian.notify.commands import deliver, read_notices
from huiqian.notify.models import Notice
from huiqian.notify.queries import notices, unread_count
from tests.people import actor, answer, start

pytestmark = pytest.mark.usefixtures("company")


def _tell_everything() -> int:
    return deliver(SYSTEM, list(Entry.objects.values_list("pk", flat=True)))


def _kinds(login: str) -> list[str]:
    return [notice.kind for notice in notices(actor(login))]


def test_the_one_who_is_asked_hears_of_it() -> None:
    number = start()
    _tell_everything()
    assert _kinds("product_marketing_director") == ["task_opened"]
    assert Notice.objects.get().case_number == number


def test_nobody_hears_of_what_they_did_themselves() -> None:
    start()
    _tell_everything()
    assert _kinds("marketing_manager") == []


def test_the_starter_hears_that_it_came_back() -> None:
    number = start()
    answer(number, "product_marketing_director", "return", opinion="请补充竞争对手信息。", to="draft")
    _tell_everything()
    assert "case_returned" in _kinds("marketing_manager")


def test_told_twice_is_told_once() -> None:
    """A worker that was killed after it told people does the job again."""
    start()
    assert _tell_everything() == 1
    first = Notice.objects.count()
    _tell_everything()
    assert Notice.objects.count() == first


def test_reading_takes_the_number_off_the_bell_and_leaves_others_alone() -> None:
    number = start()
    answer(number, "product_marketing_director")
    _tell_everything()
    reader, other = actor("product_marketing_director"), actor("business_unit_director")
    assert unread_count(reader) == 1
    before = unread_count(other)
    read_notices(reader)
    assert unread_count(reader) == 0
    assert unread_count(other) == before == 1
