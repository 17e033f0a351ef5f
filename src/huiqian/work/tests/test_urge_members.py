"""Who gathers pushes everybody who has not handed in, once an hour each."""

from datetime import timedelta

import pytest

from huiqian.base import clock
from huiqian.base.errors import NotFound
from huiqian.work.commands import urge_members, urge_task
from huiqian.work.models import Urge
from tests.people import actor, open_task
from tests.sales import MANAGERS, OPENING, hand_in, open_month

pytestmark = pytest.mark.usefixtures("company")
DIRECTOR = "key_account_director"


def test_those_who_have_not_handed_in_are_pushed_once_an_hour() -> None:
    with clock.moved_to(OPENING):
        number = open_month()
        hand_in(number, MANAGERS[0])
        urge_task(actor(DIRECTOR), open_task(number, MANAGERS[1]))
        assert urge_members(actor(DIRECTOR), number) == 3
        assert urge_members(actor(DIRECTOR), number) == 0
        pushed = set(Urge.objects.values_list("task__member", flat=True))
        assert pushed == set(MANAGERS[1:]), "neither who is through, nor who gathers"
        clock.advance(timedelta(minutes=61))
        assert urge_members(actor(DIRECTOR), number) == 4
        assert urge_members(actor(MANAGERS[2]), number) == 0, "all were pushed just now"
        with pytest.raises(NotFound):
            urge_members(actor("purchasing_officer"), number)
