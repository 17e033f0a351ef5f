"""Where a case stands: a tree of tokens, and what was passed in this round. Small, immutable, JSON.

A token sits at an element inside a parent token (0 is the case itself). A task that waits is a token; a running
subprocess is a token with tokens inside; a boundary timer is a token inside the activity that it watches; what has
arrived at a join is a token at that join. To leave a place is to take a token and all inside it away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from huiqian.engine.definition import Definition
from huiqian.engine.effects import Member

ROOT = 0

# Kinds of tokens that wait for somebody outside, and how each is answered.
TASK, SERVICE, DECISION, CALL = "task", "service", "decision", "call"  # Complete, Fail
TIMER, MESSAGE, SIGNAL = "timer", "message", "signal"  # Fire, Deliver, Broadcast
INCIDENT = "incident"  # Retry
WAITING = frozenset((TASK, SERVICE, DECISION, CALL, TIMER, MESSAGE, SIGNAL, INCIDENT))
# Kinds that hold others, or their place.
SCOPE, MULTI, CHOICE, ARRIVED = "scope", "multi", "choice", "arrived"


class Token(NamedTuple):
    """One token: `data` is what its kind needs to remember, `member` its number and item in a multi-instance."""

    id: int
    element: str
    parent: int
    kind: str
    data: Any = None
    member: Any = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that the case waits for; answered with the input its kind asks for."""

    id: str
    kind: str
    element: str
    member: Member | None = None
    data: Any = None


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands. `last` is the last token's number, `how` is why it ended, `undo` what can be taken back."""

    last: int = 0
    tokens: Mapping[int, Token] = field(default_factory=dict)
    elements: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    undo: Mapping[int, Any] = field(default_factory=dict)
    started: bool = False
    suspended: bool = False
    how: str = ""

    @classmethod
    def empty(cls, definition: Definition) -> "State":
        """A case that has not begun."""
        return cls()

    @property
    def ended(self) -> bool:
        """Whether the case is over."""
        return bool(self.how)

    @property
    def waits(self) -> Mapping[str, Wait]:
        """What the case waits for, by id, the oldest first."""
        return {
            str(t.id): Wait(str(t.id), t.kind, t.element, Member(*t.member) if t.member else None, t.data)
            for t in self.tokens.values()
            if t.kind in WAITING
        }

    @property
    def passed_elements(self) -> frozenset[str]:
        """The elements passed in the current round: a return takes what lies behind its target out again."""
        return frozenset(self.elements)

    @property
    def passed_flows(self) -> frozenset[str]:
        """The sequence flows taken in the current round."""
        return frozenset(self.flows)

    def passed_elements_of(self, definition: Definition) -> frozenset[str]:
        """The elements of a definition passed in the current round."""
        return frozenset(name for name in self.elements if name in definition.elements)

    def passed_flows_of(self, definition: Definition) -> frozenset[str]:
        """The sequence flows of a definition taken in the current round."""
        return frozenset(name for name in self.flows if name in definition.flows)

    def to_json(self) -> dict[str, Any]:
        """The state as JSON-able data; the same state gives the same bytes."""
        said: dict[str, Any] = {"n": self.last, "tokens": list(self.tokens.values())}
        said |= {"passed": self.elements, "flows": self.flows}
        if self.undo:
            said["undo"] = [[key, *value] for key, value in self.undo.items()]
        if self.suspended:
            said["suspended"] = True
        if self.how:
            said["how"] = self.how
        return said

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "State":
        """The state that `to_json` wrote; an empty mapping is a case that has not begun."""
        if not said:
            return cls()
        return cls(
            last=said["n"],
            tokens={row[0]: Token._make(row) for row in said["tokens"]},
            elements=tuple(said["passed"]),
            flows=tuple(said["flows"]),
            undo={row[0]: tuple(row[1:]) for row in said.get("undo", ())},
            started=True,
            suspended=said.get("suspended", False),
            how=said.get("how", ""),
        )

    def change(self, **changes: Any) -> "State":
        """This state with some fields changed."""
        return replace(self, **changes)
