"""Accounts, departments, positions, deputies and tokens."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from huiqian.base import clock
from huiqian.base.actors import SYSTEM, Actor
from huiqian.base.errors import Forbidden, Invalid, NotFound
from huiqian.org.access import person_of_token
from huiqian.org.commands import (
    add_person,
    appoint_deputy,
    change_person,
    end_deputy,
    make_token,
    revoke_token,
    save_department,
    save_position,
    set_language,
    set_password,
    set_single_keys,
)
from huiqian.org.commands.tokens import digest_of
from huiqian.org.models import Person
from huiqian.org.queries import demo_logins, organisation, people, roster

pytestmark = pytest.mark.usefixtures("company")

Who = Callable[[str], Actor]


def test_the_demo_company_fills_every_position() -> None:
    day = clock.today()
    snapshot = roster()
    assert len(snapshot.positions) == 12
    assert all(snapshot.holders(code, day) for code in snapshot.positions)
    assert len(snapshot.holders("key_account_manager", day)) == 5
    assert [line.login for line in demo_logins()][-1] == "admin"


@pytest.mark.parametrize(("login", "name"), [("X", "某人"), ("admin", "某人"), ("ok_login", " ")])
def test_a_wrong_account_is_told_by_field(login: str, name: str) -> None:
    with pytest.raises(Invalid):
        add_person(SYSTEM, login, name)


def test_people_are_found_by_name_pinyin_and_login() -> None:
    for word in ("王丽", "wangli", "marketing_manager"):
        assert "王丽" in [person.name for person in people(word)]


def test_a_name_may_have_an_emoji() -> None:
    assert add_person(SYSTEM, "emoji_1", "小明😀").name == "小明😀"


def test_passwords(who: Who) -> None:
    me = who("marketing_manager")
    with pytest.raises(Invalid) as refused:
        set_password(me, "marketing_manager", "a-long-new-secret", current="wrong")
    assert "current" in refused.value.errors
    set_password(me, "marketing_manager", "a-long-new-secret", current="huiqian-demo")
    assert Person.objects.get(login="marketing_manager").check_password("a-long-new-secret")
    with pytest.raises(Forbidden):
        set_password(me, "general_manager", "a-long-new-secret")
    with pytest.raises(Invalid):
        set_password(SYSTEM, "general_manager", "12345678")


def test_departments_and_positions_form_no_circles() -> None:
    assert organisation()[0].department.code == "company"
    with pytest.raises(Invalid):
        save_department(SYSTEM, "company", name_zh="公司", parent="marketing")
    with pytest.raises(Invalid):
        save_position(
            SYSTEM, "general_manager", name_zh="公司总经理", department="management", superior="marketing_manager"
        )
    save_position(SYSTEM, "intern", name_zh="实习生", department="marketing", superior="marketing_manager")
    assert roster().positions["intern"].superior == "marketing_manager"


def test_a_deputy_stands_in_for_some_days(who: Who) -> None:
    today = clock.today()
    me = who("marketing_manager")
    deputy = appoint_deputy(
        me, "marketing_manager", "graphic_designer", since=today, until=today + timedelta(days=3), reason="出差"
    )
    assert roster().deputy_of(me.id or 0, today).login == "graphic_designer"  # type: ignore[union-attr]
    with pytest.raises(Forbidden):
        appoint_deputy(me, "general_manager", "graphic_designer", since=today, until=today)
    with pytest.raises(NotFound):
        end_deputy(who("general_manager"), deputy.pk)
    end_deputy(me, deputy.pk)
    assert roster().deputy_of(me.id or 0, today) is None


def test_a_token_opens_until_it_is_revoked_or_expires(who: Who) -> None:
    me = who("marketing_manager")
    token, plain = make_token(me, "报表", days=1)
    found = person_of_token(digest_of(plain))
    assert found is not None
    assert found[0].login == "marketing_manager"
    assert plain not in str(vars(token).values())
    with clock.moved_to(clock.now() + timedelta(days=2)):
        assert person_of_token(digest_of(plain)) is None
    with pytest.raises(NotFound):
        revoke_token(who("general_manager"), token.pk)
    revoke_token(me, token.pk)
    assert person_of_token(digest_of(plain)) is None


def test_preferences(who: Who) -> None:
    me = who("marketing_manager")
    set_language(me, "en")
    set_single_keys(me, False)
    person = Person.objects.get(pk=me.id)
    assert (person.language, person.single_keys) == ("en", False)
    with pytest.raises(Invalid):
        set_language(me, "fr")


def test_changing_a_person_is_kept(who: Who) -> None:
    change_person(SYSTEM, "graphic_designer", name="沈雨彤", email="shen@example.com")
    assert Person.objects.get(login="graphic_designer").sort_key == "shenyutong"
    with pytest.raises(NotFound):
        change_person(SYSTEM, "nobody_here", name="无")
