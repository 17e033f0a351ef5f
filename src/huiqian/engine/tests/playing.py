"""Plays a case in tests as the rooms above do: feeds inputs, keeps what the effects asked for, and checks after every
step that the two agree.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from huiqian.engine import Complete, Definition, Fire, Input, Start, State, compile_definition, effects, step
from huiqian.engine.state import WAITING, Token
from huiqian.engine.tests.drawing import bpmn

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

# What opens a wait outside, what closes it, and the kind of wait it stands for.
OPENS: Mapping[type, str] = {
    effects.OpenTask: "task", effects.RunService: "service", effects.RunDecision: "decision",
    effects.CallProcess: "call", effects.SetTimer: "timer", effects.Await: "message", effects.RaiseIncident: "incident",
}  # fmt: skip
CLOSES = (
    effects.CancelTask, effects.CancelCall, effects.CancelTimer, effects.Forget, effects.ClearIncident,
    effects.CancelService,
)  # fmt: skip


class Case:
    """A case: its definition, its state, and the outside world as the effects made it."""

    def __init__(self, definition: Definition | str | bytes, now: datetime = NOW, **values: object) -> None:
        if isinstance(definition, str):
            definition = bpmn(definition)
        self.definition = compile_definition(definition) if isinstance(definition, bytes) else definition
        self.state = State.empty(self.definition)
        self.values: dict[str, object] = values
        self.now = now
        self.outside: dict[str, tuple[str, str]] = {}
        self.due: dict[str, datetime] = {}
        self.last: tuple[effects.Effect, ...] = ()
        self.all: list[effects.Effect] = []

    def feed(self, given: Input) -> tuple[effects.Effect, ...]:
        """Give the case an input; what it asked for. Checks that nothing came apart."""
        before = json.dumps(self.state.to_json())
        moved = step(self.definition, self.state, given, self.now)
        assert json.dumps(self.state.to_json()) == before, "the state that went in was changed"
        again = step(
            self.definition, State.from_json(json.loads(before)) if self.state.started else None, given, self.now
        )
        assert json.dumps(again.state.to_json()) == json.dumps(moved.state.to_json()), (
            "the same inputs gave another state"
        )
        assert again.effects == moved.effects, "the same inputs gave other effects"
        self.state, self.last = moved.state, moved.effects
        self.all.extend(moved.effects)
        for effect in moved.effects:
            self._follow(effect, given)
        self.check()
        return moved.effects

    def _follow(self, effect: effects.Effect, given: Input) -> None:
        wait = getattr(effect, "wait", "")
        if (kind := OPENS.get(type(effect))) is not None:
            if isinstance(effect, effects.Await) and effect.signal:
                kind = "signal"
            self.outside[wait] = (kind, getattr(effect, "element", ""))
            if isinstance(effect, effects.SetTimer):
                self.due[wait] = effect.due
        elif isinstance(effect, CLOSES):
            assert wait in self.outside, f"{effect} closes what was never open"
            self.outside.pop(wait)
        elif isinstance(effect, effects.WriteVariable):
            self.values[effect.name] = effect.value

    def check(self) -> None:
        """Every open task, timer and subscription outside belongs to a live token inside, and the other way round."""
        check_state(self.definition, self.state)
        inside = {wait: (found.kind, found.element) for wait, found in self.state.waits.items()}
        answered = {wait: there for wait, there in self.outside.items() if wait not in inside}
        for wait in answered:  # answered, so gone without a word; nothing else may be
            del self.outside[wait]
        assert inside == self.outside, f"inside {inside} but outside {self.outside}"
        assert set(answered) <= {self._answering}, f"{answered} went without a word"
        self._answering = ""

    _answering: str = ""

    def start(self, event: str | None = None, **values: object) -> "Case":
        """Begin."""
        self.values |= values
        self.feed(Start(self.values, event))
        return self

    def open(self, kind: str = "task") -> list[str]:
        """The elements that wait for this kind of answer, sorted."""
        return sorted(wait.element for wait in self.state.waits.values() if wait.kind == kind)

    def wait(self, element: str, member: int | None = None) -> str:
        """The oldest wait at an element."""
        return next(
            wait.id
            for wait in self.state.waits.values()
            if wait.element == element
            and (member is None or (wait.member is not None and wait.member.number == member))
        )

    def done(self, *names: str, **values: object) -> "Case":
        """Complete what waits at these elements, one after the other."""
        self.values |= values
        for name in names:
            self.answer(Complete(self.wait(name), self.values))
        return self

    def fire(self, element: str) -> "Case":
        """Let a timer come due."""
        wait = self.wait(element)
        self.now = max(self.now, self.due[wait])
        return self.answer(Fire(wait, self.values))

    def answer(self, given: Any) -> "Case":
        """Answer a wait."""
        self._answering = given.wait
        self.feed(given)
        return self

    def expect(self, element: str) -> "Case":
        """The next input answers what waits at this element, so that its wait may go without a word."""
        self._answering = self.wait(element)
        return self

    def complete(self, wait: str) -> "Case":
        """Complete a wait by its id."""
        return self.answer(Complete(wait, self.values))

    def later(self, **length: float) -> "Case":
        """Let time pass."""
        self.now += timedelta(**length)
        return self

    @property
    def how(self) -> str:
        """How it ended, or nothing."""
        return self.state.how

    def incidents(self) -> list[str]:
        """The codes of what it cannot go on for."""
        return sorted(effect.code for effect in self.all if isinstance(effect, effects.RaiseIncident))


def check_state(definition: Definition, state: State) -> None:
    """No token hangs in the air, none is doubled, and the state comes back from JSON as it was."""
    tokens: Mapping[int, Token] = state.tokens
    for number, token in tokens.items():
        assert number == token.id <= state.last
        assert token.element in definition.elements
        assert token.parent == 0 or token.parent in tokens, f"{token} has lost its parent"
        assert token.kind in WAITING or token.kind in ("scope", "multi", "choice", "arrived"), token
        if token.kind == "arrived":
            assert token.data in definition.elements[token.element].incoming
    if state.ended:
        assert not tokens, f"over, but {tokens}"
    elif state.started:
        assert any(token.kind in WAITING for token in tokens.values()), "runs, but waits for nothing"
    text = json.dumps(state.to_json())
    back = State.from_json(json.loads(text))
    assert json.dumps(back.to_json()) == text
    assert {**back.waits} == {**state.waits}
