"""What holds whatever anybody does to a case: hypothesis picks a random process, then operations in any order.

After every step `Case` checks that tasks, timers and subscriptions outside are exactly the live tokens inside, that the
state comes back from JSON, and that the same inputs give the same bytes. Here: no token is doubled, none is lost (what
is offered, done, always leads to the end), and the case never gets stuck.

`ENGINE_EXAMPLES` sets how many processes are tried (60 by default).
"""

import os
from random import Random

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from huiqian.engine import (
    AddMember,
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
    Wait,
    Withdraw,
    migrate,
)
from huiqian.engine.tests.blocks import Block, Drawing, grow
from huiqian.engine.tests.playing import Case

EXAMPLES = int(os.environ.get("ENGINE_EXAMPLES", "60"))
# Shrinking a failure takes minutes; it is done when asked for more than the usual.
PHASES = [Phase.generate, Phase.shrink] if EXAMPLES > 60 else [Phase.generate]
MOST_STEPS = 2_000


def finish(case: Case, broken: bool) -> None:
    """Do what is offered, the newest first, loops no longer going round, until the case is over; where an administrator
    broke the structure it may come to stand, but then as an incident.
    """
    case.values.update(dict.fromkeys((name for name in case.values if name[0] == "l"), 0))
    for _ in range(MOST_STEPS):
        if case.state.ended:
            return
        tasks = [wait for wait in case.state.waits.values() if wait.kind == "task"]
        if not tasks and broken:
            assert case.open("incident") or case.open("timer"), case.state
            return
        assert tasks, f"nothing to do, but not over: {case.state}"
        case.complete(tasks[-1].id)
    raise AssertionError("it never ends")


class Anything(RuleBasedStateMachine):
    """A case, and all that may happen to it."""

    @initialize(seed=st.integers(0, 5_000))
    def begin(self, seed: int) -> None:
        self.block: Block = grow(seed)
        self.random = Random(seed)
        self.jumped = False
        self.taken_back: list[str] = []
        self.case = Case(Drawing().process(self.block))
        self.draw()
        self.case.start()

    def draw(self) -> None:
        """New values for what decides."""
        self.case.values.update({
            name: int(self.random.random() < 0.3) if name[0] == "l" else self.random.randrange(size)
            for name, size in self.block.variables.items()
        })  # fmt: skip

    @property
    def running(self) -> bool:
        return not self.case.state.ended and not self.case.state.suspended

    def waits(self, *kinds: str) -> list[Wait]:
        return [wait for wait in self.case.state.waits.values() if wait.kind in kinds]

    def attempt(self, given: object) -> bool:
        """Feed an input that may be refused; then nothing has changed."""
        before = self.case.state
        refusal = None
        try:
            self.case.feed(given)  # type: ignore[arg-type]
        except NotPossible as error:
            refusal = error
        if refusal is not None:
            assert refusal.text("zh") != refusal.text("en")
            assert self.case.state is before
        return refusal is None

    @precondition(lambda self: self.running and self.waits("task"))
    @rule(pick=st.integers(0, 50))
    def complete(self, pick: int) -> None:
        tasks = self.waits("task")
        self.draw()
        wait = tasks[pick % len(tasks)]
        self.taken_back.append(wait.id)
        self.case.complete(wait.id)

    @precondition(lambda self: self.running and self.waits("timer"))
    @rule(pick=st.integers(0, 50))
    def fire(self, pick: int) -> None:
        timers = self.waits("timer")
        self.case.fire(timers[pick % len(timers)].element)

    @precondition(lambda self: self.running and self.waits("task"))
    @rule(pick=st.integers(0, 50), to=st.integers(0, 200))
    def go_back(self, pick: int, to: int) -> None:
        """Return to anything passed: always possible, but into a multi-instance or from a timer."""
        tasks, passed = self.waits("task"), sorted(self.case.state.passed_elements)
        if not passed:
            return
        wait, target = tasks[pick % len(tasks)], passed[to % len(passed)]
        element = self.case.definition.elements[target]
        if element.kind == "boundaryEvent":
            return
        if self.attempt(Return(wait.id, target, self.case.values)):
            assert wait.id not in self.case.state.waits

    @precondition(lambda self: self.running and self.waits("task"))
    @rule(pick=st.integers(0, 50), to=st.integers(0, 200), whole=st.booleans())
    def jump(self, pick: int, to: int, whole: bool) -> None:
        """An administrator may break the structure; then a join may get stuck, which is an incident, never silence."""
        names = sorted(self.case.definition.elements)
        tasks = self.waits("task")
        wait = None if whole else tasks[pick % len(tasks)].id
        if self.attempt(Jump(names[to % len(names)], wait, self.case.values)):
            self.jumped = True

    @precondition(lambda self: self.running and self.taken_back)
    @rule(pick=st.integers(0, 50))
    def take_back(self, pick: int) -> None:
        wait = self.taken_back[pick % len(self.taken_back)]
        if self.attempt(TakeBack(wait, self.case.values)):
            assert self.waits("task")

    @precondition(lambda self: self.running and self.waits("task"))
    @rule(pick=st.integers(0, 50), add=st.booleans())
    def change_members(self, pick: int, add: bool) -> None:
        tasks = self.waits("task")
        wait = tasks[pick % len(tasks)].id
        self.attempt(AddMember(wait, None, self.case.values) if add else RemoveMember(wait, self.case.values))

    @precondition(lambda self: self.running and self.waits("task"))
    @rule(pick=st.integers(0, 50))
    def fail_and_retry(self, pick: int) -> None:
        tasks = self.waits("task")
        wait = tasks[pick % len(tasks)]
        self.case.feed(Fail(wait.id, "E1", "broken", self.case.values))
        assert self.case.state.waits[wait.id].kind == "incident"
        self.case.feed(Retry(wait.id, self.case.values))
        assert self.case.state.waits[wait.id].kind == "task"

    @precondition(lambda self: self.running)
    @rule()
    def suspend_and_resume(self) -> None:
        before = self.case.state
        self.case.feed(Suspend(self.case.values))
        for wait in self.waits("task")[:1]:
            assert not self.attempt(Return(wait.id, wait.element, self.case.values))
        self.case.feed(Resume(self.case.values))
        assert self.case.state == before

    @precondition(lambda self: self.running)
    @rule()
    def migrate_to_the_same(self) -> None:
        """A version that says the same changes nothing but what could be taken back."""
        definition, state = self.case.definition, self.case.state
        moved = migrate(definition, state, definition, {}, self.case.now, self.case.values)
        assert not moved.effects
        assert {**moved.state.waits} == {**state.waits}
        assert moved.state.passed_elements == state.passed_elements

    @precondition(lambda self: not self.running)
    @rule()
    def over(self) -> None:
        """Nothing is possible any more."""
        for given in (Withdraw(), Terminate(), Suspend(), Jump("over"), TakeBack("1"), Return("1", "begin")):
            assert not self.attempt(given)

    @precondition(lambda self: self.running)
    @rule(withdraw=st.booleans())
    def end(self, withdraw: bool) -> None:
        """Seldom, and on a copy: the case itself goes on."""
        copy = Case(self.case.definition, self.case.now, **self.case.values)
        copy.state, copy.outside = self.case.state, dict(self.case.outside)
        copy.feed(Withdraw(copy.values) if withdraw else Terminate(copy.values))
        assert copy.state.ended
        assert not copy.outside

    @invariant()
    def nothing_is_doubled(self) -> None:
        """One token at a place, but for members, and for what runs beside a timer that does not interrupt."""
        if not hasattr(self, "case") or self.jumped or any(b.kind == "beside" for b, _ in self.block.walk()):
            return
        places = [
            (t.element, t.parent, t.kind, str(t.data) if t.kind == "arrived" else "")
            for t in self.case.state.tokens.values()
            if t.member is None
        ]
        assert len(places) == len(set(places)), self.case.state

    @invariant()
    def nothing_is_stuck(self) -> None:
        if hasattr(self, "case") and not self.jumped:
            assert not self.case.open("incident"), self.case.state

    def teardown(self) -> None:
        """Whatever happened: doing what is offered leads to the end."""
        if hasattr(self, "case"):
            finish(self.case, self.jumped)
            assert isinstance(self.case.state, State)


TestAnything = Anything.TestCase
TestAnything.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=25, deadline=None, derandomize="ENGINE_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck), phases=PHASES,
)  # fmt: skip
