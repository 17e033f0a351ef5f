"""Plays a case for the tests: completes by element name, keeps every effect, checks what always holds."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from huiqian.engine import Complete, Start, State, compile_definition, step

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Play:
    """A case on the table: `open` says what it waits for."""

    def __init__(self, definition, variables: Mapping[str, object] | None = None, *, start: bool = True, event=None):
        self.definition = compile_definition(definition) if isinstance(definition, bytes) else definition
        self.variables = dict(variables or {})
        self.state: State | None = None
        self.now = NOW
        self.effects = []
        self.all = []
        if start:
            self.feed(Start(self.variables, event))

    def feed(self, given):
        """One input; the state goes through JSON as it does in the product."""
        before = self.state.to_json() if self.state is not None else None
        moved = step(self.definition, self.state, given, self.now)
        assert before is None or self.state.to_json() == before
        text = json.dumps(moved.state.to_json(), ensure_ascii=False)
        self.state = State.from_json(json.loads(text))
        assert json.dumps(self.state.to_json(), ensure_ascii=False) == text
        self.effects = list(moved.effects)
        self.all += moved.effects
        return self

    @property
    def open(self):
        """The elements that wait, sorted."""
        return sorted(wait.element for wait in self.state.waits.values())

    def wait(self, element, number=0):
        """The id of a wait at an element."""
        return [wait.id for wait in self.state.waits.values() if wait.element == element][number]

    def done(self, *elements, **variables):
        """Complete these, one after the other."""
        self.variables |= variables
        for element in elements:
            self.feed(Complete(self.wait(element), self.variables))
        return self

    def later(self, **delta):
        """Let time pass."""
        self.now += timedelta(**delta)
        return self

    def told(self, kind):
        """The effects of a kind in the last step."""
        return [effect for effect in self.effects if isinstance(effect, kind)]
