"""Moving running cases to another version."""

import pytest

from huiqian.engine import (
    CancelTask,
    CancelTimer,
    NotPossible,
    OpenTask,
    Return,
    SetTimer,
    can_migrate,
    compile_definition,
    migrate,
)
from huiqian.engine.tests.drawing import bpmn
from huiqian.engine.tests.playing import Case

OLD = """
start s
user draft
boundary late on=draft timer=PT1H interrupting=false
user remind
end e2
and f
user a
user b
and j
user last
end e
s -> draft -> f -> a -> j -> last -> e
late -> remind -> e2
f -> b -> j
"""


def moved(case: Case, text: str, **mapping: str) -> Case:
    """The case, gone over to a new version."""
    new = compile_definition(bpmn(text))
    result = migrate(case.definition, case.state, new, mapping, case.now, case.values)
    case.definition, case.state, case.last = new, result.state, result.effects
    for effect in result.effects:
        case._follow(effect, None)
    case.check()
    return case


def reasons(case: Case, text: str, **mapping: str) -> list[str]:
    return [reason.code for reason in can_migrate(case.definition, case.state, compile_definition(bpmn(text)), mapping)]


def test_what_stays_keeps_its_wait() -> None:
    case = Case(OLD).start()
    waits = dict(case.state.waits)
    moved(case, OLD.replace("last -> e", "last -> more -> e") + "user more\n")
    assert case.last == ()
    assert dict(case.state.waits) == waits


def test_a_new_step_on_the_way_is_passed() -> None:
    case = Case(OLD).start().done("draft", "a")
    moved(case, OLD.replace("j -> last", "j -> check -> last").replace("user last", "user last\nuser check"))
    assert case.done("b").open() == ["check"]
    assert case.done("check", "last").how == "completed"


def test_a_step_that_became_another_is_asked_anew() -> None:
    case = Case(OLD).start().done("draft")
    old = case.wait("a")
    moved(case, OLD.replace("user a", "user a_new").replace("-> a ->", "-> a_new ->"), a="a_new")
    assert [(type(effect), getattr(effect, "element", effect.wait)) for effect in case.last] == [
        (CancelTask, old),
        (OpenTask, "a_new"),
    ]
    assert case.done("a_new", "b").open() == ["last"]


def test_a_step_that_is_gone_needs_a_mapping() -> None:
    case = Case(OLD).start().done("draft")
    without = OLD.replace("user a\n", "").replace("f -> a -> j", "f -> j")
    assert reasons(case, without) == ["no-mapping"]
    with pytest.raises(NotPossible) as refusal:
        moved(case, without)
    assert "“a”" in refusal.value.text("en")
    assert case.open() == ["a", "b"], "nothing changed"
    assert reasons(case, without, a="b") == []


def test_a_task_does_not_become_a_service() -> None:
    case = Case(OLD).start().done("draft")
    assert reasons(case, OLD.replace("user a\n", "service a operation=x\n")) == ["mapping-kind"]


def test_nor_does_it_move_into_a_subprocess() -> None:
    case = Case(OLD).start()
    inside = "start s\nsub p {\nstart ps\nuser draft\nend pe\nps -> draft -> pe\n}\nend e\ns -> p -> e"
    assert reasons(case, inside) == ["mapping-scope"]


def test_a_join_that_lost_a_way_in_goes_on() -> None:
    case = Case(OLD).start().done("draft", "a")
    fewer = OLD.replace("user b\n", "").replace("f -> b -> j\n", "")
    assert reasons(case, fewer) == ["no-mapping"]
    moved(case, fewer, b="last")
    assert case.open() == ["last", "last"], "b became last, and the join waits for a alone, who has signed"


def test_deadlines_follow_the_new_version() -> None:
    case = Case(OLD).start()
    moved(case, OLD.replace("PT1H", "PT2H"))
    assert [type(effect) for effect in case.last] == [CancelTimer, SetTimer]
    moved(
        case,
        OLD.replace("boundary late on=draft timer=PT1H interrupting=false\nuser remind\nend e2\n", "").replace(
            "late -> remind -> e2\n", ""
        ),
    )
    assert [type(effect) for effect in case.last] == [CancelTimer]
    moved(case, OLD)
    assert [type(effect) for effect in case.last] == [SetTimer]


def test_what_was_passed_can_still_be_returned_to() -> None:
    case = Case(OLD).start().done("draft")
    moved(
        case,
        OLD.replace("user draft", "user plan").replace("-> draft ->", "-> plan ->").replace("on=draft", "on=plan"),
        draft="plan",
    )
    case.feed(Return(case.wait("a"), "plan"))
    assert case.open() == ["plan"]


def test_a_case_that_is_over_stays_where_it_is() -> None:
    case = Case(OLD).start().done("draft", "a", "b", "last")
    assert reasons(case, OLD) == ["ended"]
