"""Running ahead: who will be asked, in order."""

from huiqian.engine import compile_definition, predict
from huiqian.engine.tests.drawing import bpmn
from huiqian.engine.tests.playing import Case


def nothing(key: str, values: object) -> dict[str, object]:
    return {}


def ahead(text: str, **values: object) -> list[str]:
    """The steps to come: skipped ones in brackets, uncertain ones with a question mark."""
    steps = predict(compile_definition(bpmn(text)), None, values, nothing)
    return [f"[{s.element}]" if s.skipped else s.element + ("" if s.certain else "?") for s in steps]


def rest(case: Case) -> list[str]:
    return [s.element for s in predict(case.definition, case.state, case.values, nothing) if not s.skipped]


CHOICE = """
start s
user a
xor x c
user b
user c
xor m
user d
end e
s -> a -> x -> c -> m -> d -> e
x -> b if amount > 100
b -> m
"""


def test_the_way_that_is_not_taken_is_told_as_skipped() -> None:
    assert ahead(CHOICE, amount=500) == ["a", "[c]", "b", "d"]
    assert ahead(CHOICE, amount=5) == ["a", "[b]", "c", "d"]


def test_why_it_is_skipped() -> None:
    steps = predict(compile_definition(bpmn(CHOICE)), None, {"amount": 5}, nothing)
    assert [(s.element, s.why) for s in steps if s.skipped] == [("b", "amount > 100")]


def test_what_nobody_answered_yet_is_uncertain() -> None:
    assert ahead(CHOICE) == ["a", "[b]", "c?", "d"]


def test_a_loop_is_followed_once() -> None:
    text = "start s\nxor m\nuser a\nuser b\nxor x e\nend e\ns -> m -> a -> b -> x -> e\nx -> m if again"
    assert ahead(text, again=True) == ["a", "b"]


def test_into_subprocesses_and_members() -> None:
    text = """
    start s
    sub p {
      start ps
      user a each=people item=who
      user b
      end pe
      ps -> a -> b -> pe
    }
    call c calls=other
    catch t timer=P30D
    receive r message=go
    user z
    end e
    s -> p -> c -> t -> r -> z -> e
    """
    assert ahead(text, people=["li", "wang"]) == ["p", "a", "b", "c", "r", "z"]


def test_groups_are_what_runs_side_by_side() -> None:
    text = (
        "start s\nand f\nuser a\nuser b\nuser b2\nand j\nuser z\nend e\ns -> f -> a -> j -> z -> e\nf -> b -> b2 -> j"
    )
    steps = predict(compile_definition(bpmn(text)), None, {}, nothing)
    assert [(s.element, s.group) for s in steps] == [("a", "f"), ("b", "f"), ("b2", "f"), ("z", None)]


def test_what_has_to_end_before_a_step_begins() -> None:
    text = (
        "start s\nand f\nuser a\nuser b\nuser b2\nand j\nuser z\nend e\ns -> f -> a -> j -> z -> e\nf -> b -> b2 -> j"
    )
    steps = predict(compile_definition(bpmn(text)), None, {}, nothing)
    assert {s.element: s.after for s in steps} == {"a": (), "b": (), "b2": ("b",), "z": ("a", "b", "b2")}
    case = Case(text).start().done("b")
    open_too = {s.element: s.after for s in predict(case.definition, case.state, case.values, nothing)}
    assert open_too == {"z": ("a", "b2")}


def test_a_loop_leads_to_what_follows_not_back() -> None:
    text = "start s\nxor m\nuser a\nuser b\nxor x e\nend e\ns -> m -> a -> b -> x -> e\nx -> m if again"
    steps = predict(compile_definition(bpmn(text)), None, {"again": True}, nothing)
    assert [(s.element, s.after) for s in steps] == [("a", ()), ("b", ("a",))]


def test_what_is_inside_a_subprocess_comes_before_what_follows_it() -> None:
    text = """
    start s
    user a
    sub p {
      start ps
      user b each=people item=who
      user c
      end pe
      ps -> b -> c -> pe
    }
    catch t timer=P30D
    user z
    end e
    s -> a -> p -> t -> z -> e
    """
    steps = predict(compile_definition(bpmn(text)), None, {"people": ["li"]}, nothing)
    found = {s.element: (set(s.after), s.waits) for s in steps}
    assert found["b"] == ({"a"}, False)
    assert found["c"] == ({"a", "b"}, False)
    assert found["z"] == ({"a", "p", "b", "c"}, True)


def test_of_a_running_case_only_what_is_to_come() -> None:
    text = (
        "start s\nuser a\nuser b\nboundary t on=b timer=PT1H\nuser late\nuser c\nend e\n"
        "s -> a -> b -> c -> e\nt -> late -> c"
    )
    case = Case(text).start().done("a")
    assert rest(case) == ["c"], "b is open, and its timer is not expected to fire"
    assert rest(case.done("b")) == []
    assert rest(case.done("c")) == []


def test_decisions_are_asked_and_their_answers_used() -> None:
    text = (
        "start s\nrule r decision=d result=way\nxor x c\nuser b\nuser c\nxor m\nend e\n"
        "s -> r -> x\nx -> b if way = 1\nx -> c\nb -> m\nc -> m\nm -> e"
    )
    asked = []

    def decide(key: str, values: object) -> dict[str, object]:
        asked.append(key)
        return {"way": 1}

    steps = predict(compile_definition(bpmn(text)), None, {}, decide)
    assert [s.element for s in steps if not s.skipped] == ["r", "b"]
    assert asked == ["d"]


def test_where_the_case_would_stop_the_prediction_stops() -> None:
    assert ahead("start s\nuser a\nxor x\nuser b\nend e\ns -> a -> x\nx -> b if false\nx -> e if false\nb -> e") == [
        "a"
    ]


def test_nothing_changes_by_looking_ahead() -> None:
    case = Case(CHOICE, amount=500).start()
    before = case.state.to_json()
    rest(case)
    assert case.state.to_json() == before


def test_a_step_is_passed_over_because_of_the_gateway_that_decided_not_of_one_before() -> None:
    text = (
        "start s\nxor x m\nuser b\nxor m\nxor y n\nuser c\nxor n\nend e\n"
        "s -> x\nx -> b if first = 1\nx -> m\nb -> m\nm -> y\ny -> c if second = 1\ny -> n\nc -> n\nn -> e"
    )
    steps = predict(compile_definition(bpmn(text)), None, {"first": 2, "second": 2}, nothing)
    assert [(s.element, s.why) for s in steps if s.skipped] == [("b", "first = 1"), ("c", "second = 1")]
