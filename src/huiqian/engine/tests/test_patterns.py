"""The workflow control-flow patterns that BPMN covers (van der Aalst, ter Hofstede, Russell), numbered as
in their catalogue: one file in patterns/ and one test each.
"""

from pathlib import Path

import pytest

from huiqian.engine import AddMember, Broadcast, Deliver, EndInstance, NotPossible, WriteVariable
from huiqian.engine.tests.playing import Case

FILES = {path.stem[:2]: path for path in (Path(__file__).parent / "patterns").glob("*.bpmn")}


def play(pattern: int, /, **values: object) -> Case:
    """The pattern's process, started."""
    return Case(FILES[f"{pattern:02}"].read_bytes(), **values).start()


def test_01_sequence() -> None:
    case = play(1)
    assert case.open() == ["a"]
    assert case.done("a").open() == ["b"]
    assert case.done("b").how == "completed"


def test_02_parallel_split() -> None:
    assert play(2).open() == ["a", "b"]


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_03_synchronization(order: str) -> None:
    case = play(3).done(order[0])
    assert case.open() == [order[1]]
    assert case.done(order[1]).open() == ["c"]
    assert case.done("c").how == "completed"


@pytest.mark.parametrize(("amount", "open_"), [(101, ["a"]), (100, ["b"]), (None, ["b"])])
def test_04_exclusive_choice(amount: int | None, open_: list[str]) -> None:
    assert play(4, amount=amount).open() == open_


@pytest.mark.parametrize(("amount", "first"), [(101, "a"), (5, "b")])
def test_05_simple_merge(amount: int, first: str) -> None:
    case = play(5, amount=amount).done(first)
    assert case.open() == ["c"]
    assert case.done("c").how == "completed"


@pytest.mark.parametrize(
    ("fire", "flood", "open_"),
    [(True, True, ["a", "b"]), (True, False, ["a"]), (False, True, ["b"]), (False, False, ["c"])],
)
def test_06_multi_choice(fire: bool, flood: bool, open_: list[str]) -> None:
    case = play(6, fire=fire, flood=flood)
    assert case.open() == open_
    assert case.done(*open_).how == "completed"


@pytest.mark.parametrize(("fire", "flood", "order"), [(True, True, "ba"), (True, False, "a"), (False, False, "c")])
def test_07_structured_synchronizing_merge(fire: bool, flood: bool, order: str) -> None:
    case = play(7, fire=fire, flood=flood)
    for name in order[:-1]:
        assert "d" not in case.done(name).open()
    assert case.done(order[-1]).open() == ["d"]
    assert case.done("d").how == "completed"


def test_08_multi_merge() -> None:
    case = play(8).done("a", "b")
    assert case.open() == ["c", "c"]
    assert case.done("c").how == ""
    assert case.done("c").how == "completed"


def test_10_arbitrary_cycles() -> None:
    case = play(10, skip=True, again=True, enough=False)
    assert case.open() == ["b"]
    assert case.done("b").open() == ["a"]
    assert case.done("a").open() == ["b"]
    assert case.done("b", again=False).how == "completed"
    case = play(10, skip=False, enough=True)
    assert case.done("a").how == "completed"


def test_11_implicit_termination() -> None:
    case = play(11).done("b")
    assert case.how == ""
    assert case.done("a").how == "completed"
    assert case.last[-1] == EndInstance("completed", "e1")


def test_12_instances_without_synchronization() -> None:
    case = play(12).done("more", more=True).done("more", more=True).done("more", more=False)
    assert case.open() == ["a", "a", "a"]
    case.done("a", "a")
    assert case.how == ""
    assert case.done("a").how == "completed"


def test_13_instances_known_at_design_time() -> None:
    case = play(13)
    assert case.open() == ["a", "a", "a"]
    assert case.done("a", "a").open() == ["a"]
    assert case.done("a").open() == ["b"]


def test_14_instances_known_at_run_time() -> None:
    case = play(14, people=["王", "李"])
    assert [wait.member.item for wait in case.state.waits.values() if wait.member] == ["王", "李"]
    case.done("a", "a")
    assert case.open() == ["b"]
    assert WriteVariable("asked", ["王", "李"]) in case.last
    assert play(14, people=[]).open() == ["b"]


def test_15_instances_not_known_beforehand() -> None:
    case = play(15, people=["王"])
    case.feed(AddMember(case.wait("a"), "李", case.values))
    assert case.open() == ["a", "a"]
    assert case.done("a").open() == ["a"]
    assert case.done("a").open() == ["b"]


def test_16_deferred_choice() -> None:
    case = play(16, number=7)
    with pytest.raises(NotPossible):
        case.feed(Deliver("paid", "8", case.values))
    case.expect("paid").feed(Deliver("paid", "7", case.values))
    assert (case.open(), case.open("timer")) == (["ship"], [])
    case = play(16, number=7).fire("late")
    assert (case.open(), case.open("message")) == (["remind"], [])


def test_19_cancel_task() -> None:
    case = play(19)
    case.expect("stop").feed(Deliver("stop", None, case.values))
    assert case.open() == ["c"]
    case = play(19).done("a")
    assert (case.open(), case.open("message")) == (["b"], [])


def test_20_cancel_case() -> None:
    case = play(20).done("b")
    assert case.how == "terminated"
    assert case.last[-1] == EndInstance("terminated", "stop")


def test_21_structured_loop() -> None:
    case = play(21, good=False).done("a")
    assert case.open() == ["a"]
    assert case.done("a", good=True, more=False).how == "completed"
    case = play(21, good=False).done("a", "a").done("a", more=True)
    assert case.open() == ["b"]
    assert case.done("b").open() == ["b"]
    assert case.done("b", more=False).how == "completed"


def test_23_transient_trigger() -> None:
    case = play(23)
    before = case.state
    case.feed(Broadcast("ring", case.values))
    assert case.state == before
    assert case.done("a").open("signal") == ["ring"]
    case.expect("ring").feed(Broadcast("ring", case.values))
    assert case.open() == ["b"]


def test_24_persistent_trigger() -> None:
    case = play(24)
    with pytest.raises(NotPossible):
        case.feed(Deliver("answer", None, case.values))
    assert case.done("a").open("message") == ["answer"]
    case.expect("answer").feed(Deliver("answer", None, case.values))
    assert case.open() == ["b"]


def test_25_cancel_region() -> None:
    case = play(25).done("a")
    case.expect("stop").feed(Deliver("stop", None, case.values))
    assert case.open() == ["d"]
    assert case.done("d").how == "completed"
    assert play(25).done("a", "b").open() == ["c"]


def test_26_cancel_instances() -> None:
    case = play(26).done("a")
    case.expect("stop").feed(Deliver("stop", None, case.values))
    assert case.open() == ["c"]


def test_29_cancelling_discriminator() -> None:
    case = play(29).done("b")
    assert case.open() == ["d"]
    assert case.done("d").how == "completed"


@pytest.mark.parametrize("order", ["ab", "ca", "bc"])
def test_32_cancelling_partial_join(order: str) -> None:
    case = play(32).done(order[0])
    assert case.open() == sorted(set("abc") - {order[0]})
    assert case.done(order[1]).open() == ["d"]
    assert case.done("d").how == "completed"


def test_33_generalized_and_join() -> None:
    case = play(33).done("a", "b")
    assert case.open() == ["c", "d"]
    assert case.done("c").open() == ["d", "z"]
    assert case.done("z", "d").open() == ["z"]
    assert case.done("z").how == "completed"


def test_35_cancelling_partial_join_for_instances() -> None:
    case = play(35).done("a")
    assert case.open() == ["a", "a"]
    assert case.done("a").open() == ["b"]


def test_36_dynamic_partial_join_for_instances() -> None:
    case = play(36, enough=False).done("a")
    assert case.open() == ["a", "a"]
    assert case.done("a", enough=True).open() == ["b"]


@pytest.mark.parametrize(("leave", "order"), [(True, "ab"), (True, "ba"), (False, "ab"), (False, "ba")])
def test_37_local_synchronizing_merge(leave: bool, order: str) -> None:
    case = play(37, leave=leave).done(order[0])
    assert "c" not in case.open()
    assert case.done(order[1]).open() == ["c"]


def test_38_general_synchronizing_merge() -> None:
    case = play(38, rework=False, round=False).done("a", "b")
    assert case.open() == ["c"]
    assert case.done("c", round=True).open() == ["a", "b"]
    case.done("b")
    assert case.open() == ["a"], "the merge waits: the other branch can still come"
    case.done("a", rework=True)
    assert case.open() == ["a"]
    case.done("a", rework=False, round=False)
    assert case.open() == ["c"]


def test_42_thread_split() -> None:
    case = play(42)
    assert case.open() == ["a", "a"]
    assert case.done("a").open() == ["a"]
    assert case.done("a").how == "completed"


def test_43_explicit_termination() -> None:
    assert play(43).done("a").how == "terminated"
    case = play(43).done("b")
    assert case.how == ""


def test_every_file_has_its_test() -> None:
    tested = {name.split("_")[1] for name in globals() if name.startswith("test_") and name[5:7].isdigit()}
    assert tested == set(FILES)
