"""Returns out of, into and beside parallel branches, with timers alive: the state before and after."""

import pytest

from huiqian.engine import CancelTask, NotPossible, Return
from huiqian.engine.tests.playing import Case

BRANCHES = """
start s
user draft
and fork
user a
boundary late on=a timer=P2D interrupting=false
user remind
end reminded
user b
boundary over on=b timer=P5D
user b2
user c
user c2
and join
xor m
user after
end e
s -> draft -> fork -> a -> join -> after -> e
fork -> b -> m -> join
over -> b2 -> m
fork -> c -> c2 -> join
late -> remind -> reminded
"""


def branches() -> Case:
    return Case(BRANCHES).start().done("draft")


def test_return_out_of_a_branch_closes_the_others_with_their_timers() -> None:
    case = branches()
    assert (case.open(), case.open("timer")) == (["a", "b", "c"], ["late", "over"])
    case.done("c", "c2")
    case.feed(Return(case.wait("a"), "draft", case.values))
    assert (case.open(), case.open("timer")) == (["draft"], [])
    assert [type(effect).__name__ for effect in case.last].count("CancelTimer") == 2
    assert {effect.reason for effect in case.last if isinstance(effect, CancelTask)} == {"returned"}
    assert case.state.passed_elements == {"s"}
    case.done("draft")
    assert (case.open(), case.open("timer")) == (["a", "b", "c"], ["late", "over"])
    case.done("a", "b")
    assert case.open() == ["c"], "the signature of the first round does not count any more"
    assert case.done("c", "c2").open() == ["after"]


def test_return_closes_what_a_timer_started_beside_it() -> None:
    case = branches().fire("late")
    assert case.open() == ["a", "b", "c", "remind"]
    case.feed(Return(case.wait("b"), "draft", case.values))
    assert case.open() == ["draft"]


def test_return_into_what_a_timer_started_leaves_the_timers_own_step_open() -> None:
    case = branches().fire("late").done("remind")
    case.feed(Return(case.wait("c"), "remind", case.values))
    assert case.open() == ["a", "b", "c", "remind"]
    with pytest.raises(NotPossible):
        case.feed(Return(case.wait("a"), "remind", case.values))
    assert case.done("remind", "a", "b", "c", "c2").open() == ["after"]


def test_return_inside_a_branch_leaves_the_others_alone() -> None:
    case = branches().done("c")
    assert case.open() == ["a", "b", "c2"]
    kept = case.wait("a"), case.wait("b"), case.wait("late"), case.wait("over")
    case.feed(Return(case.wait("c2"), "c", case.values))
    assert (case.open(), case.open("timer")) == (["a", "b", "c"], ["late", "over"])
    assert (case.wait("a"), case.wait("b"), case.wait("late"), case.wait("over")) == kept
    assert case.done("a", "b", "c", "c2").open() == ["after"]


def test_return_from_behind_the_join_into_one_branch_keeps_the_other_signatures() -> None:
    case = branches().done("a", "b", "c", "c2")
    case.feed(Return(case.wait("after"), "b", case.values))
    assert case.open() == ["b"]
    assert case.done("b").open() == ["after"]
    assert case.done("after").how == "completed"


def test_return_out_of_a_subprocess_and_back_into_a_finished_one() -> None:
    inner = "start s1\nuser b\nuser c\nend e1\ns1 -> b -> c -> e1"
    text = f"start s\nuser a\nsub box {{\n{inner}\n}}\nuser d\nend e\ns -> a -> box -> d -> e"
    case = Case(text).start().done("a", "b")
    case.feed(Return(case.wait("c"), "a", case.values))
    assert case.open() == ["a"]
    case.done("a", "b", "c")
    case.feed(Return(case.wait("d"), "b", case.values))
    assert case.open() == ["b"]
    assert case.done("b", "c", "d").how == "completed"


def test_return_from_a_branch_into_a_subprocess_that_runs_beside_keeps_the_rest_of_it() -> None:
    inner = "start s1\nand g\nuser x\nuser y\nuser y2\nand h\nend e1\ns1 -> g -> x -> h -> e1\ng -> y -> y2 -> h"
    outer = "start s\nand f\nuser a\nand j\nend e\ns -> f -> a -> j -> e\nf -> box -> j"
    case = Case(f"{outer}\nsub box {{\n{inner}\n}}").start().done("x", "y")
    kept = case.wait("y2")
    case.feed(Return(case.wait("a"), "x", case.values))
    assert (case.open(), case.wait("y2")) == (["a", "x", "y2"], kept)
    assert case.done("x", "y2", "a").how == "completed"
