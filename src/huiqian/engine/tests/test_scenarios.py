"""What the rooms above live on, each shown as it stands before and after."""

from itertools import permutations

import pytest

from huiqian.engine import (
    CallProcess,
    CancelTimer,
    Complete,
    Deliver,
    EndInstance,
    Escalate,
    Fail,
    NotPossible,
    RaiseIncident,
    Retry,
    Return,
    RunService,
    ThrowMessage,
    WriteVariable,
)
from huiqian.engine.effects import CancelCall
from huiqian.engine.tests.playing import NOW, Case

# Members in subprocesses in loops.


def test_members_of_a_subprocess_in_a_loop() -> None:
    text = """
start s
xor back
sub each each=people item=person output=answer into=answers {
start s1
user ask
xor q fine
user fine
user again
xor m
end e1
s1 -> ask -> q -> fine -> m -> e1
q -> again if person = "李"
again -> m
}
user judge
xor ok e
end e
s -> back -> each -> judge -> ok -> e
ok -> back if rework
"""
    case = Case(text, people=["王", "李"], answer=1, rework=True).start()
    for round_ in range(2):
        assert case.open() == ["ask", "ask"]
        case.done("ask", "ask")
        assert case.open() == ["again", "fine"], "each member's conditions see its own person"
        answered = case.values["answer"]
        case.done("again")
        assert case.open() == ["fine"]
        case.done("fine", answer=round_)
        assert case.open() == ["judge"]
        assert case.values["answers"] == [round_, answered], "in the order of the members, not of their answers"
        case.done("judge", rework=round_ == 0)
    assert case.how == "completed"


def test_sequential_members_come_one_after_the_other() -> None:
    case = Case(
        "start s\nuser a each=people item=p output=p into=seen sequential=true\nend e\ns -> a -> e", people=[1, 2, 3]
    )
    case.start()
    for person in (1, 2, 3):
        (wait,) = case.state.waits.values()
        assert wait.member is not None
        assert wait.member.item == person
        case.done("a")
    assert case.values["seen"] == [1, 2, 3]


# Joins in loops: the signature of the round before counts for nothing.

ROUND = "start s\nxor back\n{0} f\nuser a\nuser b\nuser c\n{0} j\nuser judge\nxor ok e\nend e\n" + (
    "s -> back -> f -> a -> j -> judge -> ok -> e\nf -> b -> j\nf -> c -> j\nok -> back if again"
)


@pytest.mark.parametrize("order", list(permutations("abc")))
@pytest.mark.parametrize("tag", ["and", "or"])
def test_a_join_in_a_loop_asks_everybody_in_every_round(tag: str, order: tuple[str, ...]) -> None:
    case = Case(ROUND.format(tag), again=True).start()
    for number in range(3):
        left = ["a", "b", "c"]
        assert case.open() == left
        for name in order if number % 2 else order[::-1]:
            assert "judge" not in case.open()
            case.done(name)
            left.remove(name)
            assert case.open() == (left or ["judge"])
        case.done("judge", again=number < 2)
    assert case.how == "completed"


# Event subprocesses.


HANDLER = "handler h {{\nstart hs {}\nuser help\nend he\nhs -> help -> he\n}}"


def listener(start: str) -> str:
    """A process with one task and an event subprocess beside it."""
    return "start s\nuser a\nend e\ns -> a -> e\n" + HANDLER.format(start)


def test_interrupting_event_subprocess_on_a_message() -> None:
    case = Case(listener("message=stop")).start()
    assert (case.open(), case.open("message")) == (["a"], ["hs"])
    case.expect("hs").feed(Deliver("stop", None, case.values))
    assert (case.open(), case.open("message")) == (["help"], [])
    assert case.done("help").how == "completed"


def test_event_subprocess_beside_on_a_message_as_often_as_it_comes() -> None:
    case = Case(listener("message=note interrupting=false")).start()
    for _ in range(2):
        case.feed(Deliver("note", None, case.values))
    assert (case.open(), case.open("message")) == (["a", "help", "help"], ["hs"])
    assert case.done("a").how == ""
    assert case.done("help", "help").how == "completed"


def test_interrupting_event_subprocess_on_a_timer() -> None:
    case = Case(listener("timer=P1D")).start()
    assert (case.open(), case.open("timer")) == (["a"], ["hs"])
    case.fire("hs")
    assert (case.open(), case.open("timer")) == (["help"], [])


def test_event_subprocess_beside_on_a_cycle() -> None:
    case = Case(listener("cycle=R2/P1D interrupting=false")).start()
    case.fire("hs")
    assert (case.open(), case.open("timer")) == (["a", "help"], ["hs"])
    case.fire("hs")
    assert (case.open(), case.open("timer")) == (["a", "help", "help"], [])


def test_listeners_go_with_the_case() -> None:
    case = Case(listener("timer=P1D")).start().done("a")
    assert case.how == "completed"
    assert [type(effect) for effect in case.last] == [CancelTimer, EndInstance]


def test_event_subprocess_inside_a_subprocess_takes_only_that_over() -> None:
    inner = "start s1\nuser b\nend e1\ns1 -> b -> e1\n" + HANDLER.format("message=stop")
    text = f"start s\nand f\nuser a\nsub box {{\n{inner}\n}}\nand j\nend e\ns -> f -> a -> j -> e\nf -> box -> j"
    case = Case(text).start()
    assert (case.open(), case.open("message")) == (["a", "b"], ["hs"])
    case.expect("hs").feed(Deliver("stop", None, case.values))
    assert case.open() == ["a", "help"]
    case.done("help")
    assert case.open() == ["a"]
    assert case.done("a").how == "completed"


def test_error_goes_to_the_nearest_handler() -> None:
    text = """
start s
sub box {
start s1
service work operation=archive
xor q e1
end e1
end broken error=E7
s1 -> work -> q -> e1
q -> broken if bad
}
boundary seven on=box error=E7
boundary any on=box error=*
user fix7
user fix
end e
end e2
end e3
s -> box -> e
seven -> fix7 -> e2
any -> fix -> e3
"""
    case = Case(text, bad=True).start()
    assert isinstance(case.last[0], RunService)
    case.answer(Complete(case.wait("work"), case.values))
    assert case.open() == ["fix7"]
    case = Case(text, bad=False).start()
    case.answer(Fail(case.wait("work"), "DISK", "disk full", case.values))
    assert case.open() == ["fix"]


def test_a_failure_that_nobody_handles_is_an_incident_and_can_be_tried_again() -> None:
    case = Case("start s\nservice work operation=archive\nuser b\nend e\ns -> work -> b -> e").start()
    wait = case.wait("work")
    case.feed(Fail(wait, "DISK", "disk full", case.values))
    (incident,) = (effect for effect in case.last if isinstance(effect, RaiseIncident))
    assert "disk full" in incident.text("zh")
    assert "disk full" in incident.text("en")
    case.feed(Retry(wait, case.values))
    assert (case.open("incident"), case.open("service")) == ([], ["work"])
    case.answer(Complete(wait, case.values))
    assert case.open() == ["b"]


def test_escalation_beside_an_open_task() -> None:
    text = (
        "start s\nuser a\nboundary up on=a escalation=slow interrupting=false\nuser boss\nend e\nend e2\n"
        "s -> a -> e\nup -> boss -> e2"
    )
    case = Case(text).start()
    case.feed(Escalate(case.wait("a"), "slow", case.values))
    assert case.open() == ["a", "boss"]
    with pytest.raises(NotPossible):
        case.feed(Escalate(case.wait("a"), "fast", case.values))


# Calls.

CALL = "start s\ncall c calls=research in.topic=subject out.report=result.report\nuser b\nend e\ns -> c -> b -> e"


def test_a_called_process_gets_and_gives_data() -> None:
    text = CALL.replace("result.report", "report")
    case = Case(text, subject="手机").start()
    (call,) = case.last
    assert isinstance(call, CallProcess)
    assert (call.process, dict(call.variables)) == ("research", {"topic": "手机"})
    case.answer(Complete(call.wait, case.values, {"report": "第一稿", "other": 1}))
    assert WriteVariable("report", "第一稿") in case.last
    assert not [effect for effect in case.last if isinstance(effect, WriteVariable) and effect.name == "other"]
    assert case.open() == ["b"]


def test_a_call_closes_with_its_place() -> None:
    text = "start s\nuser a\ncall c calls=research\nend e\ns -> a -> c -> e"
    case = Case(text).start().done("a")
    wait = case.wait("c")
    case.feed(Return(wait, "a", case.values))
    assert CancelCall(wait) in case.last


# Terminate.


def test_terminate_inside_a_subprocess_ends_only_that() -> None:
    inner = "start s1\nand f\nuser a\nuser b\nend stop terminate=yes\nend e1\ns1 -> f -> a -> stop\nf -> b -> e1"
    case = Case(f"start s\nsub box {{\n{inner}\n}}\nuser c\nend e\ns -> box -> c -> e").start()
    assert case.open() == ["a", "b"]
    case.done("a")
    assert case.open() == ["c"]
    assert case.done("c").how == "completed"


def test_terminate_outside_ends_the_case_with_all_that_is_inside() -> None:
    inner = "start s1\nuser b\nboundary t on=b timer=P1D\nend e1\nend e3\ns1 -> b -> e1\nt -> e3"
    outer = "start s\nand f\nuser a\nend stop terminate=yes\nend e\ns -> f -> a -> stop\nf -> box -> e"
    text = f"{outer}\nsub box {{\n{inner}\n}}"
    case = Case(text).start()
    assert (case.open(), case.open("timer")) == (["a", "b"], ["t"])
    case.done("a")
    assert case.how == "terminated"
    assert case.last[-1] == EndInstance("terminated", "stop")


# Messages between cases.

PLAN = "start s\nuser approve\nthrow hand message=plan key=number in.title=title\nend e\ns -> approve -> hand -> e"
DEPARTMENT = "start s\nreceive wait message=plan key=number\nuser carry_out\nend e\ns -> wait -> carry_out -> e"


def test_messages_find_the_right_case_by_its_key() -> None:
    waiting = {number: Case(DEPARTMENT, number=number).start() for number in ("2026-001", "2026-002")}
    plan = Case(PLAN, number="2026-002", title="春季推广").start()
    before = {number: case.state for number, case in waiting.items()}
    plan.done("approve")
    (message,) = (effect for effect in plan.last if isinstance(effect, ThrowMessage))
    assert (message.name, message.key, dict(message.variables)) == ("plan", "2026-002", {"title": "春季推广"})
    with pytest.raises(NotPossible):
        waiting["2026-001"].feed(Deliver(message.name, message.key, message.variables))
    assert waiting["2026-001"].state == before["2026-001"]
    waiting["2026-002"].expect("wait").feed(Deliver(message.name, message.key, message.variables))
    assert waiting["2026-002"].open() == ["carry_out"]
    assert waiting["2026-001"].open("message") == ["wait"]


def test_a_number_and_its_text_are_the_same_key() -> None:
    from decimal import Decimal

    for key in (7, Decimal("7.0"), "7"):
        case = Case(DEPARTMENT, number=key).start()
        case.expect("wait").feed(Deliver("plan", "7", case.values))
        assert case.open() == ["carry_out"]


@pytest.mark.parametrize("line", ["receive wait message=plan key=nr", "catch wait message=plan key=number"])
def test_a_message_without_its_key_reaches_nobody(line: str) -> None:
    """`number` is a function where the data has no such name; both are an incident until the data is there."""
    case = Case(DEPARTMENT.replace("receive wait message=plan key=number", line)).start()
    assert case.open("incident") == ["wait"]
    case.values |= {"nr": 7, "number": 7}
    case.expect("wait").feed(Retry(case.wait("wait"), case.values))
    assert case.open("message") == ["wait"]
    case.expect("wait").feed(Deliver("plan", "7", case.values))
    assert case.open() == ["carry_out"]


# Timers.


@pytest.mark.parametrize(
    ("line", "values", "due"),
    [
        ("catch t timer=PT90M", {}, "2026-03-02T10:30:00+00:00"),
        ("catch t timer=P1M", {}, "2026-04-02T09:00:00+00:00"),
        ("catch t date=2026-03-26T09:00:00+08:00", {}, "2026-03-26T09:00:00+08:00"),
        ("catch t timer=wait", {"wait": "P2D"}, "2026-03-04T09:00:00+00:00"),
        ('catch t timer="duration(wait)"', {"wait": "P2D"}, "2026-03-04T09:00:00+00:00"),
        ("catch t date=when", {"when": "2026-03-05T00:00:00"}, "2026-03-05T00:00:00+00:00"),
    ],
)
def test_timers_say_when(line: str, values: dict[str, object], due: str) -> None:
    case = Case(f"start s\n{line}\nuser a\nend e\ns -> t -> a -> e", **values).start()
    assert case.due[case.wait("t")].isoformat() == due
    assert case.fire("t").open() == ["a"]
    assert case.now > NOW


def test_a_timer_without_a_time_is_an_incident_that_can_be_mended() -> None:
    case = Case("start s\ncatch t timer=wait\nuser a\nend e\ns -> t -> a -> e").start()
    assert case.open("incident") == ["t"]
    case.values["wait"] = "P2D"
    case.expect("t").feed(Retry(case.wait("t"), case.values))
    assert case.open("timer") == ["t"]


def test_links_lead_on() -> None:
    case = Case(
        "start s\nuser a\nthrow out link=there\ncatch in_ link=there\nuser b\nend e\ns -> a -> out\nin_ -> b -> e"
    )
    assert case.start().done("a").open() == ["b"]


# Output rows.


def test_what_a_step_writes_is_read_by_what_follows_at_once() -> None:
    case = Case(
        'start s\nuser a out.again="more - 1" out.before=again\nxor q b\nuser b\nend e\n'
        "s -> a -> q\nq -> a if again > 0\nq -> b\nb -> e",
        more=2, again=0,
    ).start()  # fmt: skip
    effects = case.expect("a").feed(Complete(case.wait("a"), case.values))
    written = [(effect.name, effect.value) for effect in effects if isinstance(effect, WriteVariable)]
    assert written == [("again", 1), ("before", 0)], "rows of one step do not read each other"
    assert case.open() == ["a"], "the condition reads what was just written"
    case.values["more"] = 1
    case.expect("a").feed(Complete(case.wait("a"), case.values))
    assert case.open() == ["b"]
