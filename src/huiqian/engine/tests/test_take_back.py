"""Taking one's own decision back, while nothing after it was touched."""

import pytest

from huiqian.engine import CancelTask, Complete, Fire, NotPossible, Return, TakeBack
from huiqian.engine.tests.playing import Case

TWO_SIGN = """
start s
user draft
and f
user a
user b
and j
user after
end e
s -> draft -> f -> a -> j -> after -> e
f -> b -> j
"""


def refused(case: Case, wait: str) -> str:
    with pytest.raises(NotPossible) as refusal:
        case.feed(TakeBack(wait, case.values))
    return refusal.value.code


def test_the_next_step_closes_and_mine_is_open_again() -> None:
    case = Case(TWO_SIGN).start()
    wait = case.wait("draft")
    case.done("draft")
    assert case.open() == ["a", "b"]
    case.feed(TakeBack(wait))
    assert case.open() == ["draft"]
    assert [effect.reason for effect in case.last if isinstance(effect, CancelTask)] == ["taken back", "taken back"]
    assert case.state.passed_elements == {"s"}
    assert case.wait("draft") != wait, "it is asked anew, under a wait of its own"
    assert case.done("draft", "a", "b", "after").how == "completed"


def test_not_once_somebody_after_it_acted() -> None:
    case = Case(TWO_SIGN).start()
    wait = case.wait("draft")
    case.done("draft", "a")
    assert refused(case, wait) == "not-taken-back"
    assert case.open() == ["b"]


def test_a_signature_given_before_the_join_fired() -> None:
    case = Case(TWO_SIGN).start().done("draft")
    wait = case.wait("a")
    case.done("a").feed(TakeBack(wait))
    assert case.open() == ["a", "b"]
    assert case.done("b", "a", "after").how == "completed"


def test_the_last_signature_opens_the_join_again() -> None:
    case = Case(TWO_SIGN).start().done("draft", "a")
    wait = case.wait("b")
    case.done("b")
    assert case.open() == ["after"]
    case.feed(TakeBack(wait))
    assert case.open() == ["b"], "a's signature stands"
    assert case.done("b", "after").how == "completed"


def test_a_decision_table_in_between_touches_nothing() -> None:
    case = Case("start s\nuser a\nrule r decision=d\nuser b\nend e\ns -> a -> r -> b -> e").start()
    wait = case.wait("a")
    case.done("a", "r")
    assert case.open() == ["b"]
    case.feed(TakeBack(wait))
    assert case.open() == ["a"]
    assert case.done("a", "r", "b").how == "completed"


@pytest.mark.parametrize(
    "lasting", ["service x operation=pay", "send x message=told", "throw x signal=all", "call x calls=y"]
)
def test_what_left_the_house_cannot_be_taken_back(lasting: str) -> None:
    case = Case(f"start s\nuser a\n{lasting}\nuser b\nend e\ns -> a -> x -> b -> e").start()
    wait = case.wait("a")
    case.done("a")
    assert refused(case, wait) == "not-taken-back"


def test_out_of_a_subprocess_that_was_done() -> None:
    text = """
    start s
    sub p {
      start ps
      user a
      end pe
      ps -> a -> pe
    }
    boundary late on=p timer=PT1H
    user b
    end e
    s -> p -> b -> e
    late -> b
    """
    case = Case(text).start()
    wait = case.wait("a")
    case.done("a").feed(TakeBack(wait))
    assert case.open() == ["a"]
    assert case.open("timer") == ["late"], "its deadline runs again"
    assert case.done("a", "b").how == "completed"


def test_a_members_answer_while_the_others_are_open() -> None:
    text = "start s\nuser a each=people item=who output=answer into=answers\nuser b\nend e\ns -> a -> b -> e"
    case = Case(text, people=["li", "wang", "zhao"]).start()
    wait = case.wait("a", 2)
    case.done("a", answer="one")
    case.answer(Complete(wait, {**case.values, "answer": "wrong"}))
    case.feed(TakeBack(wait, case.values))
    assert sorted(w.member.item for w in case.state.waits.values()) == ["wang", "zhao"]
    case.done("a", answer="two").done("a", answer="three")
    assert case.open() == ["b"]
    assert sorted(case.values["answers"]) == ["one", "three", "two"]


@pytest.mark.parametrize("how", ["return", "interrupt"])
def test_what_was_moved_since_stays_where_it_is(how: str) -> None:
    text = "start s\nuser a\nuser b\nboundary t on=b timer=PT1H\nuser c\nend e\ns -> a -> b -> e\nt -> c -> e"
    case = Case(text).start()
    wait = case.wait("a")
    case.done("a")
    if how == "return":
        case.feed(Return(case.wait("b"), "a"))
    else:
        case.answer(Fire(case.wait("t")))
    assert refused(case, wait) == "not-taken-back"


@pytest.mark.parametrize("wait", ["99", "", "-1", "x", "1"])
def test_what_was_never_done(wait: str) -> None:
    assert refused(Case(TWO_SIGN).start(), wait) == "not-taken-back"
