"""Who holds a position, from when to when."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from huiqian.base import clock
from huiqian.base.actors import SYSTEM, Actor
from huiqian.base.errors import Forbidden, Invalid
from huiqian.org.commands import add_person, assign_position, change_person, end_holding
from huiqian.org.models import Holding, Person, Position
from huiqian.org.queries import position_view, roster

pytestmark = pytest.mark.usefixtures("company")

Who = Callable[[str], Actor]


def names(position: str, day: date) -> list[str]:
    return [person.name for person in roster().holders(position, day)]


def test_a_new_holder_replaces_the_old_one_and_the_past_stays() -> None:
    today = clock.today()
    add_person(SYSTEM, "qian_hui", "钱慧")
    assign_position(SYSTEM, "marketing_manager", "qian_hui", since=today)
    assert names("marketing_manager", today) == ["钱慧"]
    assert names("marketing_manager", today - timedelta(days=1)) == ["王丽"]
    line = position_view("marketing_manager")
    assert [h.person.name for h in line.current] == ["钱慧"]
    assert [h.person.name for h in line.past] == ["王丽"]


def test_a_replacement_for_some_days_gives_the_position_back() -> None:
    start = clock.today() + timedelta(days=10)
    end = start + timedelta(days=5)
    add_person(SYSTEM, "qian_hui", "钱慧")
    assign_position(SYSTEM, "marketing_manager", "qian_hui", since=start, until=end)
    assert names("marketing_manager", start) == ["钱慧"]
    assert names("marketing_manager", end) == ["王丽"]


def test_a_position_of_several_takes_one_more() -> None:
    add_person(SYSTEM, "qian_hui", "钱慧")
    assign_position(SYSTEM, "key_account_manager", "qian_hui", since=clock.today(), replace=False)
    assert len(names("key_account_manager", clock.today())) == 6


def test_holding_twice_on_one_day_is_refused_by_the_command_and_by_the_database() -> None:
    with pytest.raises(Invalid):
        assign_position(SYSTEM, "key_account_manager", "key_account_manager_1", since=clock.today(), replace=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(
            position=Position.objects.get(code="marketing_manager"),
            person=Person.objects.get(login="marketing_manager"),
            since=clock.today(),
        )


def test_a_holding_that_ended_is_not_changed_again() -> None:
    holding = Holding.objects.get(position__code="marketing_manager")
    end_holding(SYSTEM, holding.pk, until=clock.today())
    assert names("marketing_manager", clock.today()) == []
    with pytest.raises(Invalid):
        end_holding(SYSTEM, holding.pk, until=clock.today() + timedelta(days=9))


def test_nobody_there_the_superior_is_asked_never_nobody() -> None:
    today = clock.today()
    for code in ("marketing_manager", "product_marketing_director"):
        end_holding(SYSTEM, Holding.objects.get(position__code=code).pk, until=today)
    chosen = roster().choose("marketing_manager", today)
    assert [(c.person.login, c.via) for c in chosen] == [("business_unit_director", "superior")]
    for holding in Holding.objects.on(today).filter(position__several=False):
        end_holding(SYSTEM, holding.pk, until=today)
    chosen = roster().choose("marketing_manager", today)
    assert [(c.person.login, c.via) for c in chosen] == [("admin", "administrator")]


def test_only_an_administrator_changes_the_organisation(who: Who) -> None:
    with pytest.raises(Forbidden):
        assign_position(who("marketing_manager"), "general_manager", "marketing_manager", since=clock.today())
    with pytest.raises(Forbidden):
        add_person(who("marketing_manager"), "x1", "某人")


def test_whoever_holds_a_position_keeps_the_account() -> None:
    with pytest.raises(Invalid) as refused:
        change_person(SYSTEM, "marketing_manager", name="王丽", active=False)
    assert "active" in refused.value.errors


def test_the_last_administrator_stays() -> None:
    with pytest.raises(Invalid):
        change_person(SYSTEM, "admin", name="系统管理员", admin=False)
