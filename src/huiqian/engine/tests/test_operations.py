"""The operations beyond the standard, one by one, with what each refuses."""

import pytest

from huiqian.engine import (
    AddMember,
    CancelTask,
    EndInstance,
    Fire,
    Jump,
    NotPossible,
    OpenTask,
    RemoveMember,
    Resume,
    Return,
    Start,
    Suspend,
    TakeBack,
    Terminate,
    Withdraw,
    can_migrate,
    compile_definition,
    migrate,
    predict,
)
from huiqian.engine.tests.drawing import bpmn
from huiqian.engine.tests.playing import Case

LINE = "start s\nuser a\nuser b\nuser c\nend e\ns -> a -> b -> c -> e"
FORK = "start s\nuser a\nand f\nuser b\nuser c\nand j\nuser d\nend e\ns -> a -> f -> b -> j -> d -> e\nf -> c -> j"


def impossible(case: Case, given: object) -> str:
    """The code of the refusal; nothing has changed, and it says in both languages what to do."""
    before = case.state
    with pytest.raises(NotPossible) as error:
        case.feed(given)  # type: ignore[arg-type]
    assert case.state is before
    assert error.value.text("zh") != error.value.text("en")
    return error.value.code


# Start and end.


def test_a_case_starts_once() -> None:
    case = Case(LINE).start()
    assert impossible(case, Start({})) == "started"


def test_a_case_starts_at_the_event_that_is_named() -> None:
    text = "start s\nstart m message=order\nuser a\nuser b\nend e\nend e2\ns -> a -> e\nm -> b -> e2"
    assert Case(text).start().open() == ["a"]
    assert Case(text).start("m").open() == ["b"]
    assert impossible(Case(text), Start({}, "nobody")) == "no-start"


@pytest.mark.parametrize(("given", "how"), [(Withdraw(), "withdrawn"), (Terminate(), "terminated")])
def test_withdraw_and_terminate_close_everything(given: object, how: str) -> None:
    case = Case(FORK + "\nboundary t on=b timer=P1D\nend e2\nt -> e2").start().done("a")
    case.feed(Suspend())
    case.feed(given)  # type: ignore[arg-type]
    assert case.how == how
    assert sorted(type(effect).__name__ for effect in case.last) == [
        "CancelTask",
        "CancelTask",
        "CancelTimer",
        "EndInstance",
    ]
    assert case.last[-1] == EndInstance(how)
    assert impossible(case, given) == "ended"


def test_suspended_cases_stand_still() -> None:
    case = Case("start s\nuser a\nboundary t on=a timer=P1D\nend e\nend e2\ns -> a -> e\nt -> e2").start()
    case.feed(Suspend())
    assert case.state.suspended
    assert impossible(case, Fire(case.wait("t"))) == "suspended"
    assert impossible(case, Suspend()) == "suspended"
    case.feed(Resume())
    assert case.fire("t").how == "completed"
    assert impossible(Case(LINE).start(), Resume()) == "not-suspended"


# Return and jump.


def test_return_only_to_what_was_passed() -> None:
    case = Case(LINE).start().done("a")
    assert impossible(case, Return(case.wait("b"), "c", {})) == "not-passed"
    assert impossible(case, Return("99", "a", {})) == "no-wait"
    case.feed(Return(case.wait("b"), "a", {}))
    assert case.open() == ["a"]
    assert impossible(case, Return(case.wait("a"), "b", {})) == "not-passed"


def test_a_round_of_a_loop_takes_the_last_one_out() -> None:
    text = "start s\nxor back\nuser a\nuser b\nxor ok e\nend e\ns -> back -> a -> b -> ok -> e\nok -> back if again"
    case = Case(text, again=True).start().done("a", "b")
    assert case.open() == ["a"]
    assert not {"a", "b", "ok"} & case.state.passed_elements


def test_jump_moves_one_branch_or_the_whole_case() -> None:
    case = Case(FORK).start().done("a")
    case.feed(Jump("d", None, {}))
    assert case.open() == ["d"]
    case = Case(FORK).start()
    case.feed(Jump("c", case.wait("a"), {}))
    assert case.open() == ["c"]
    assert impossible(case, Jump("nowhere", None, {})) == "no-element"


def test_jump_into_a_subprocess_opens_it_with_its_timers() -> None:
    inner = "start s1\nuser b\nuser c\nend e1\ns1 -> b -> c -> e1"
    outer = "start s\nuser a\nboundary t on=box timer=P1D\nend e\nend e2\ns -> a -> box -> e\nt -> e2"
    text = f"{outer}\nsub box {{\n{inner}\n}}"
    case = Case(text).start()
    case.feed(Jump("c", case.wait("a"), {}))
    assert (case.open(), case.open("timer")) == (["c"], ["t"])
    assert case.done("c").how == "completed"


# Take back.


def test_take_back_while_nothing_after_it_was_touched() -> None:
    case = Case(LINE).start()
    wait = case.wait("a")
    case.done("a")
    case.feed(TakeBack(wait, {}))
    assert case.open() == ["a"]
    assert [type(effect) for effect in case.last] == [CancelTask, OpenTask]
    wait = case.wait("a")
    case.done("a", "b")
    assert impossible(case, TakeBack(wait, {})) == "not-taken-back"


def test_take_back_a_signature_that_completed_the_join() -> None:
    case = Case(FORK).start().done("a", "b")
    wait = case.wait("c")
    case.done("c")
    assert case.open() == ["d"]
    case.feed(TakeBack(wait, {}))
    assert case.open() == ["c"]
    assert case.done("c").open() == ["d"]


def test_take_back_a_signature_that_waits_at_the_join() -> None:
    case = Case(FORK).start().done("a")
    wait = case.wait("b")
    case.done("b")
    case.feed(TakeBack(wait, {}))
    assert case.open() == ["b", "c"]
    assert case.done("b", "c").open() == ["d"]


def test_what_a_service_did_is_not_taken_back() -> None:
    case = Case("start s\nuser a\nservice x operation=archive\nuser b\nend e\ns -> a -> x -> b -> e").start()
    wait = case.wait("a")
    case.done("a")
    assert impossible(case, TakeBack(wait, {})) == "not-taken-back"


def test_what_a_decision_table_said_is_taken_back() -> None:
    case = Case("start s\nuser a\nrule x decision=t result=r\nuser b\nend e\ns -> a -> x -> b -> e").start()
    wait = case.wait("a")
    case.done("a", "x")
    assert case.open() == ["b"]
    case.feed(TakeBack(wait, {}))
    assert case.open() == ["a"]


# Members.

MEMBERS = "start s\nuser a each=people item=p output=p into=seen\nuser b\nend e\ns -> a -> b -> e"


def test_a_member_comes_and_goes() -> None:
    case = Case(MEMBERS, people=["x", "y"]).start()
    case.feed(AddMember(case.wait("a"), "z", case.values))
    (opened,) = case.last
    assert isinstance(opened, OpenTask)
    assert opened.member is not None
    assert (opened.member.number, opened.member.item) == (3, "z")
    case.feed(RemoveMember(case.wait("a", 1), case.values))
    assert case.open() == ["a", "a"]
    case.done("a", "a")
    assert case.open() == ["b"]
    assert case.values["seen"] == ["y", "z"]


def test_removing_the_last_open_member_completes_the_step() -> None:
    case = Case(MEMBERS, people=["x", "y"]).start().done("a")
    case.feed(RemoveMember(case.wait("a"), case.values))
    assert case.open() == ["b"]
    assert impossible(case, RemoveMember(case.wait("b"), {})) == "not-member"
    assert impossible(case, AddMember(case.wait("b"), 1, {})) == "not-member"


# Migrate.


def test_migrate_keeps_what_is_open_and_follows_the_new_version() -> None:
    old = Case(FORK + "\nboundary t on=b timer=P1D\nend e2\nt -> e2").start().done("a", "c")
    new = compile_definition(
        bpmn(
            FORK.replace("user d", "user d2").replace("-> d ->", "-> d2 ->")
            + "\nboundary t2 on=b timer=P2D\nend e2\nt2 -> e2"
        )
    )
    assert can_migrate(old.definition, old.state, new, {}) == ()
    wait, timer = old.wait("b"), old.wait("t")
    moved = migrate(old.definition, old.state, new, {}, old.now, old.values)
    assert moved.state.waits[wait].element == "b"
    assert timer not in moved.state.waits
    assert sorted(type(effect).__name__ for effect in moved.effects) == ["CancelTimer", "SetTimer"]
    after = Case(new, old.now)
    after.state, after.outside = moved.state, {w.id: (w.kind, w.element) for w in moved.state.waits.values()}
    assert after.done("b").open() == ["d2"]


def test_migrate_says_why_not_beforehand() -> None:
    case = Case(LINE).start().done("a")
    new = compile_definition(bpmn("start s\nuser a\nuser b2\nservice x operation=o\nend e\ns -> a -> b2 -> x -> e"))
    (reason,) = can_migrate(case.definition, case.state, new, {})
    assert "b" in reason.text("zh")
    assert len(can_migrate(case.definition, case.state, new, {"b": "x"})) == 1
    with pytest.raises(NotPossible):
        migrate(case.definition, case.state, new, {}, case.now)
    moved = migrate(case.definition, case.state, new, {"b": "b2"}, case.now)
    assert [wait.element for wait in moved.state.waits.values()] == ["b2"]
    assert [type(effect) for effect in moved.effects] == [CancelTask, OpenTask]
    assert moved.state.passed_elements == {"s", "a"}


def test_an_ended_case_does_not_migrate() -> None:
    case = Case(LINE).start().done("a", "b", "c")
    assert [reason.code for reason in can_migrate(case.definition, case.state, case.definition, {})] == ["ended"]


# Predict.

ROUTE = """
start s
user draft
rule rule decision=needs result=needed
xor x skip
user manager
user skip
and f
user a
user b
and j
xor again e
end e
xor met
s -> draft -> rule -> x -> skip -> met -> f -> a -> j -> again -> e
x -> manager if needed
manager -> met
f -> b -> j
again -> draft if rework
"""


def route(values: dict[str, object], needed: object) -> dict[str, tuple[bool, bool]]:
    definition = compile_definition(bpmn(ROUTE))
    asked = []

    def decide(key: str, seen: object) -> dict[str, object]:
        asked.append(key)
        return {"needed": needed}

    foreseen = predict(definition, None, values, decide)
    assert asked == ["needs"]
    return {step.element: (step.skipped, bool(step.group)) for step in foreseen if step.kind == "userTask"}


@pytest.mark.parametrize("needed", [True, False])
def test_predict_follows_the_decision_table(needed: bool) -> None:
    found = route({}, needed)
    assert found["manager"] == (not needed, False)
    assert found["skip"] == (needed, False)
    assert found["a"] == found["b"] == (False, True)


def test_predict_follows_a_loop_once_and_leaves_the_state_alone() -> None:
    text = "start s\nxor back\nuser a\nuser b\nxor ok e\nend e\ns -> back -> a -> b -> ok -> e\nok -> back if again"
    case = Case(text, again=True).start()
    before = case.state
    assert [step.element for step in predict(case.definition, case.state, case.values, lambda key, seen: {})] == ["b"]
    assert case.state is before
    assert predict(case.definition, case.done("a", "b", again=False).state, {}, lambda key, seen: {}) == ()
