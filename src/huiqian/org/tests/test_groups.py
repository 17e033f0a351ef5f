"""Groups of positions: several positions that a process names as one; an administrator says which."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from huiqian.base import clock
from huiqian.base.actors import SYSTEM, Actor
from huiqian.base.errors import Forbidden, Invalid
from huiqian.journal.models import Entry
from huiqian.org.commands import add_person, assign_position, end_holding, save_group, save_position
from huiqian.org.models import Holding, Person
from huiqian.org.queries import group, groups, roster

pytestmark = pytest.mark.usefixtures("company")

Who = Callable[[str], Actor]
FOUR = ("product_marketing_director", "key_account_director", "project_director", "technical_director")


def asked(code: str, day: date | None = None) -> list[str]:
    return [chosen.person.login for chosen in roster().choose(code, day or clock.today())]


def test_the_handbook_brings_the_department_managers_in_their_order() -> None:
    assert group("department_managers").positions == FOUR
    assert asked("department_managers") == list(FOUR)
    assert [person.name for person in roster().holders("department_managers", clock.today())] == [
        "李强", "孙洁", "郑凯", "陈博",
    ]  # fmt: skip
    assert roster().position_name("department_managers") == "各部门经理"


def test_an_administrator_changes_it_and_the_journal_tells(who: Who) -> None:
    chosen = ["technical_director", "finance_manager"]
    save_group(who("admin"), "department_managers", name_zh="各部门经理", positions=chosen)
    assert asked("department_managers") == chosen
    fact = Entry.objects.filter(chain="org", kind="group_saved").latest("id")
    assert (fact.detail["before"], fact.detail["positions"]) == (list(FOUR), chosen)


def test_a_vacant_position_s_superior_is_asked_and_nobody_twice() -> None:
    today = clock.today()
    held = Holding.objects.get(position__code="project_director")
    end_holding(SYSTEM, held.pk, until=today)
    assert asked("department_managers") == [
        "product_marketing_director", "key_account_director", "business_unit_director", "technical_director",
    ]  # fmt: skip
    assign_position(SYSTEM, "project_director", "technical_director", since=today)
    assert asked("department_managers") == ["product_marketing_director", "key_account_director", "technical_director"]


def test_one_acts_as_the_position_that_one_holds() -> None:
    snapshot, today = roster(), clock.today()
    kai = Person.objects.get(login="project_director").pk
    found = snapshot.acting_position("department_managers", kai, today)
    assert found is not None
    assert found.code == "project_director"
    outsider = Person.objects.get(login="finance_manager").pk
    assert snapshot.acting_position("department_managers", outsider, today) is None


@pytest.mark.parametrize(
    ("code", "positions", "field"),
    [
        ("marketing_manager", ["finance_manager"], "code"),
        ("Managers", ["finance_manager"], "code"),
        ("managers", [], "positions"),
        ("managers", ["nobody"], "positions"),
        ("managers", ["finance_manager", "finance_manager"], "positions"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(who: Who, code: str, positions: list[str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        save_group(who("admin"), code, name_zh="几个岗位", positions=positions)
    assert list(refused.value.errors) == [field]


def test_only_administrators_and_no_position_takes_a_group_s_code(who: Who) -> None:
    with pytest.raises(Forbidden):
        save_group(who("general_manager"), "managers", name_zh="几个岗位", positions=["finance_manager"])
    with pytest.raises(Invalid) as refused:
        save_position(who("admin"), "department_managers", name_zh="部门经理", department="marketing")
    assert list(refused.value.errors) == ["code"]


def test_the_page_keeps_what_was_typed_and_saves_in_the_order_of_the_numbers(who: Who) -> None:
    client = Client()
    client.force_login(Person.objects.get(login="admin"), backend="django.contrib.auth.backends.ModelBackend")
    typed = {"code": "buyers", "name_zh": "采购小组", "place.finance_manager": "zwei", "place.purchasing_officer": "1"}
    answer = client.post("/organisation/groups/new", typed)
    assert answer.status_code == 422
    assert 'value="zwei"' in answer.content.decode()
    answer = client.post("/organisation/groups/new", typed | {"place.finance_manager": "2"})
    assert answer.status_code == 303
    assert group("buyers").positions == ("purchasing_officer", "finance_manager")
    assert "采购小组" in client.get("/organisation/groups").content.decode()
    assert client.get("/organisation/groups/nothing").status_code == 404


def test_a_new_person_in_a_position_of_the_group_is_asked_from_their_first_day() -> None:
    add_person(SYSTEM, "qian_hui", "钱慧")
    assign_position(SYSTEM, "technical_director", "qian_hui", since=clock.today())
    assert asked("department_managers")[-1] == "qian_hui"
    assert [[person.name for person in people] for _position, people in groups()[0].places][-1] == ["钱慧"]
