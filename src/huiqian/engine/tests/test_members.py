"""Adding and removing members of a running multi-instance."""

import pytest

from huiqian.engine import AddMember, CancelTask, NotPossible, OpenTask, RemoveMember
from huiqian.engine.tests.playing import Case

TOGETHER = "start s\nuser a each=people item=who\nuser b\nend e\ns -> a -> b -> e"
IN_TURN = "start s\nuser a each=people item=who sequential=true\nuser b\nend e\ns -> a -> b -> e"
MOST = (
    'start s\nuser a each=people until="nrOfCompletedInstances / nrOfInstances > 0.5"\nuser b\nend e\ns -> a -> b -> e'
)


def items(case: Case) -> list[object]:
    return [wait.member.item for wait in case.state.waits.values() if wait.member is not None]


def test_one_more_is_asked_at_once() -> None:
    case = Case(TOGETHER, people=["li", "wang"]).start()
    case.feed(AddMember(case.wait("a"), "zhao", case.values))
    (asked,) = [effect for effect in case.last if isinstance(effect, OpenTask)]
    assert (asked.member.number, asked.member.item) == (3, "zhao")
    assert case.done("a", "a").open() == ["a"], "the new one is waited for"
    assert case.done("a").open() == ["b"]


def test_one_more_comes_last_where_they_go_in_turn() -> None:
    case = Case(IN_TURN, people=["li", "wang"]).start()
    case.feed(AddMember(case.wait("a"), "zhao", case.values))
    seen = []
    while case.open() == ["a"]:
        seen += items(case)
        case.done("a")
    assert seen == ["li", "wang", "zhao"]


def test_one_less_closes_and_is_not_waited_for() -> None:
    case = Case(TOGETHER, people=["li", "wang", "zhao"]).start()
    case.feed(RemoveMember(case.wait("a", 2), case.values))
    assert [effect.reason for effect in case.last if isinstance(effect, CancelTask)] == ["removed"]
    assert items(case) == ["li", "zhao"]
    assert case.done("a", "a").open() == ["b"]


def test_removing_the_one_whose_turn_it_is_asks_the_next() -> None:
    case = Case(IN_TURN, people=["li", "wang"]).start()
    case.feed(RemoveMember(case.wait("a"), case.values))
    assert items(case) == ["wang"]
    assert case.done("a").open() == ["b"]


@pytest.mark.parametrize("text", [TOGETHER, IN_TURN])
def test_removing_the_last_one_goes_on(text: str) -> None:
    case = Case(text, people=["li"]).start()
    case.feed(RemoveMember(case.wait("a"), case.values))
    assert case.open() == ["b"]


def test_enough_is_counted_with_those_who_are_left() -> None:
    case = Case(MOST, people=[1, 2, 3, 4]).start().done("a", "a")
    assert case.open() == ["a", "a"], "two of four are not more than half"
    case.feed(RemoveMember(case.wait("a"), case.values))
    assert case.open() == ["b"], "two of three are"


def test_of_a_subprocess_by_any_wait_inside() -> None:
    text = "start s\nsub p each=people item=who {\nstart ps\nuser a\nend pe\nps -> a -> pe\n}\nend e\ns -> p -> e"
    case = Case(text, people=["li", "wang"]).start()
    case.feed(AddMember(case.wait("a"), "zhao", case.values))
    assert case.open() == ["a"] * 3
    case.feed(RemoveMember(case.wait("a"), case.values))
    assert case.done("a", "a").how == "completed"


@pytest.mark.parametrize("given", [AddMember, RemoveMember])
def test_only_of_a_multi_instance(given: type) -> None:
    case = Case("start s\nuser a\nuser l while=true most=3\nend e\ns -> a -> l -> e").start()
    for name in ("a", "l"):
        with pytest.raises(NotPossible) as refusal:
            case.feed(given(case.wait(name)))
        assert refusal.value.code == "not-member"
        case.done(name)


def test_nobody_at_all_is_no_obstacle() -> None:
    assert Case(TOGETHER, people=[]).start().open() == ["b"]


@pytest.mark.parametrize("people", ["li", None, 7])
def test_what_is_no_list_is_an_incident(people: object) -> None:
    case = Case(TOGETHER, people=people).start()
    assert case.incidents() == ["members-list"]
