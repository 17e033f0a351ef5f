"""Every operation in any order on random processes: what always holds, holds.

`Case` checks after every input that the state that went in is untouched, that the same input gives the same bytes, that
the state survives JSON, that every open task, timer and subscription belongs to a live token and the other way round.
Here: nothing is lost or doubled on the way, and completing what is offered ends the case.
"""

import os
from random import Random

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from huiqian.engine import (
    AddMember,
    Broadcast,
    Complete,
    Deliver,
    Fail,
    Jump,
    NotPossible,
    RemoveMember,
    Resume,
    Retry,
    Return,
    State,
    Suspend,
    TakeBack,
    Terminate,
    Withdraw,
    can_migrate,
    migrate,
)
from huiqian.engine.tests.blocks import Drawing, grow
from huiqian.engine.tests.playing import Case

EXAMPLES = int(os.environ.get("ENGINE_EXAMPLES", "150"))

# What blocks do not have: events, event subprocesses, messages, calls, services, errors, links.
RICH = """
start s
user a
boundary a_msg on=a message=stop
boundary a_note on=a message=note interrupting=false
user a_noted
end a_end
and f
sub p {
  start ps
  user b
  service w operation=work
  boundary w_err on=w error=*
  user repair
  xor m
  end pe
  ps -> b -> w -> m -> pe
  w_err -> repair -> m
  handler tick {
    start ts cycle=R2/PT1H interrupting=false
    user tu
    end te
    ts -> tu -> te
  }
  handler stop {
    start xs message=abort
    user xu
    end xe
    xs -> xu -> xe
  }
}
boundary p_late on=p timer=P1D
user late
xor pj
call c calls=other
event g
catch g_msg message=answer key=number
catch g_tim timer=PT2H
receive g_rec message=reply
xor gj
user team each=people item=who
and j
user last
throw t signal=all
end e
s -> a -> f
a_msg -> last
a_note -> a_noted -> a_end
f -> p -> pj -> j
p_late -> late -> pj
f -> c -> g
g -> g_msg -> gj
g -> g_tim -> gj
g -> g_rec -> gj
gj -> j
f -> team -> j
j -> last -> t -> e
"""


class Operations(RuleBasedStateMachine):
    """A case in the hands of people who do anything that is possible."""

    @initialize(seed=st.integers(0, 100_000), rich=st.booleans())
    def begin(self, seed: int, rich: bool) -> None:
        self.random = Random(seed)
        self.variables: dict[str, int] = {}
        self.moved = False
        self.taken_back: list[str] = []
        if rich:
            text = RICH
        else:
            block = grow(seed)
            self.variables = block.variables
            text = Drawing().process(block)
        self.case = Case(text, people=["li", "wang"], number=7, **self.draw(0.4))
        self.case.start()

    def draw(self, again: float) -> dict[str, object]:
        """Values for what decides; `again` is how often a loop goes round."""
        return {
            name: int(self.random.random() < again) if name[0] == "l" else self.random.randrange(size)
            for name, size in self.variables.items()
        }

    def running(self) -> bool:
        return not self.case.state.ended

    def pick(self, data: st.DataObject, *kinds: str) -> str | None:
        """One of the waits of these kinds."""
        found = [wait.id for wait in self.case.state.waits.values() if wait.kind in kinds]
        return data.draw(st.sampled_from(found)) if found else None

    def try_(self, given: object, wait: str | None = None) -> bool:
        """Feed something that may not be possible."""
        before = self.case.state
        self.case._answering = wait or ""
        try:
            self.case.feed(given)
        except NotPossible as refused:
            self.refused(refused, before)
            self.case._answering = ""
            return False
        return True

    def refused(self, why: NotPossible, before: State) -> None:
        """Whoever is refused is told why, and nothing changed."""
        assert why.text("zh") != why.text("en")
        assert self.case.state == before

    @precondition(running)
    @rule(data=st.data())
    def complete(self, data: st.DataObject) -> None:
        wait = self.pick(data, "task", "service", "decision", "call")
        if wait is not None:
            self.case.values |= self.draw(0.4)
            if self.try_(Complete(wait, self.case.values), wait):
                self.taken_back.append(wait)

    @precondition(running)
    @rule(data=st.data())
    def event(self, data: st.DataObject) -> None:
        wait = self.pick(data, "timer", "message")
        if wait is None or self.case.state.suspended:
            return
        found = self.case.state.waits[wait]
        if found.kind == "message":
            name, key = found.data
            oldest = next(w for w in self.case.state.waits.values() if w.kind == "message" and w.data == [name, key])
            self.try_(Deliver(name, key, self.case.values), oldest.id)
        else:
            self.case.fire(found.element)

    @precondition(running)
    @rule()
    def signal(self) -> None:
        self.try_(Broadcast("all", self.case.values))

    @precondition(running)
    @rule(data=st.data())
    def go_back(self, data: st.DataObject) -> None:
        wait = self.pick(data, "task", "incident", "service", "timer", "message")
        passed = sorted(self.case.state.passed_elements)
        if wait is not None and passed:
            to = data.draw(st.sampled_from(passed))
            if self.try_(Return(wait, to, self.case.values)):
                assert (
                    to not in self.case.state.passed_elements or self.case.definition.elements[to].kind[-4:] != "Task"
                )

    @precondition(running)
    @rule(data=st.data(), whole=st.integers(0, 5))
    def jump(self, data: st.DataObject, whole: int) -> None:
        wait = self.pick(data, "task", "incident", "service")
        to = data.draw(st.sampled_from(sorted(self.case.definition.elements)))
        if self.try_(Jump(to, wait if whole else None, self.case.values)):
            self.moved = True

    @precondition(lambda self: self.running() and self.taken_back)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        wait = data.draw(st.sampled_from(self.taken_back))
        self.try_(TakeBack(wait, self.case.values))

    @precondition(running)
    @rule(data=st.data(), item=st.text(max_size=3))
    def members(self, data: st.DataObject, item: str) -> None:
        wait = self.pick(data, "task", "timer")
        if wait is not None:
            self.try_(AddMember(wait, item) if data.draw(st.booleans()) else RemoveMember(wait, self.case.values))

    @precondition(running)
    @rule(data=st.data())
    def fail(self, data: st.DataObject) -> None:
        wait = self.pick(data, "service", "call")
        if wait is not None and self.try_(Fail(wait, "boom", "no luck", self.case.values), wait):
            incident = self.case.state.waits.get(wait)
            if incident is not None and incident.kind == "incident":
                self.try_(Retry(wait, self.case.values))

    @precondition(running)
    @rule()
    def suspension(self) -> None:
        self.try_(Suspend())
        self.try_(Complete("1"))
        assert self.try_(Resume())

    @precondition(running)
    @rule()
    def same_version(self) -> None:
        """Going over to the same version changes nothing and closes nothing."""
        case = self.case
        assert can_migrate(case.definition, case.state, case.definition, {}) == ()
        moved = migrate(case.definition, case.state, case.definition, {}, case.now, case.values)
        assert moved.effects == ()
        assert sorted((t.element, t.parent, t.kind) for t in moved.state.tokens.values()) == sorted(
            (t.element, t.parent, t.kind) for t in case.state.tokens.values()
        )

    @rule()
    def rest(self) -> None:
        """Time passes."""
        self.case.later(minutes=10)

    @precondition(running)
    @rule(withdrawn=st.booleans(), seldom=st.integers(0, 20))
    def end(self, withdrawn: bool, seldom: int) -> None:
        if seldom == 0:
            assert self.try_(Withdraw() if withdrawn else Terminate())
            assert self.case.state.ended

    def teardown(self) -> None:
        """Completing what is offered ends the case; an incident stands only where an administrator moved something."""
        if not hasattr(self, "case"):
            return
        for _ in range(1_000):
            if self.case.state.ended:
                return
            self.case.values |= self.draw(0.0)
            wait = next(
                (w for w in self.case.state.waits.values() if w.kind not in ("message", "timer", "incident")), None
            )
            if wait is not None:
                self.try_(Complete(wait.id, self.case.values), wait.id)
                continue
            wait = next((w for w in self.case.state.waits.values() if w.kind in ("timer", "message")), None)
            if wait is None:
                assert self.moved, "an incident, though nobody moved the case"
                return
            self.case.fire(wait.element) if wait.kind == "timer" else self.try_(Deliver(*wait.data), wait.id)
        raise AssertionError("it does not end")


TestOperations = Operations.TestCase
TestOperations.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=25, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate], report_multiple_bugs=False,
)  # fmt: skip
