"""Where a case stands: a tree of tokens, and what was passed in this round. Small, immutable, JSON.

A token sits at an element inside a parent token (0 is the case itself). A task that waits is a token; a running
subprocess is a token with tokens inside; a boundary timer is a token inside the activity that it watches; what has
arrived at a join is a token at that join. To leave a place is to take a token and all inside it away.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import repeat
from types import MappingProxyType
from typing import Any, NamedTuple, cast

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


class Wait(NamedTuple):
    """Something that the case waits for; answered with the input its kind asks for."""

    id: str
    kind: str
    element: str
    member: Member | None = None
    data: Any = None


class State(NamedTuple):
    """Where a case stands. `last` is the last token's number, `how` is why it ended, `undo` what can be taken back."""

    last: int = 0
    tokens: Mapping[int, Token] = MappingProxyType({})
    elements: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    undo: Mapping[int, Any] = MappingProxyType({})
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
        said: dict[str, Any] = {"n": self.last, "tokens": _rows(self.tokens)}
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
            tokens=_tokens(said["tokens"]),
            elements=tuple(said["passed"]),
            flows=tuple(said["flows"]),
            undo={row[0]: tuple(row[1:]) for row in said.get("undo", ())},
            started=True,
            suspended=said.get("suspended", False),
            how=said.get("how", ""),
        )


def _rows(tokens: Mapping[int, Token]) -> list[list[Any]]:
    """Tokens as rows without their empty ends; members that follow each other share a row: first number, then items."""
    rows: list[list[Any]] = []
    run: list[Any] = []  # the row that a next member may join, and what it would have to be
    follows: tuple[Any, ...] = ()
    for token in tokens.values():
        number, element, parent, kind, data, member = token
        if member is None:
            rows.append([number, element, parent, kind] if data is None else [number, element, parent, kind, data])
            continue
        if follows == (number, element, parent, kind, data, member[0]):
            run.append(member[1])
        else:
            run = [number, element, parent, kind, data, *member]
            rows.append(run)
        follows = (number + 1, element, parent, kind, data, member[0] + 1)
    return rows


# A token from a tuple, without a Python frame for each: a hundred members are read at every step of theirs.
_token = cast(Callable[[Iterable[Any]], Token], partial(tuple.__new__, Token))


def _tokens(rows: Sequence[Any]) -> dict[int, Token]:
    tokens: dict[int, Token] = {}
    for row in rows:
        if len(row) < 6:
            tokens[row[0]] = Token(*row)
            continue
        number, element, parent, kind, data, first, *items = row
        numbers = range(number, number + len(items))
        alike = (repeat(element), repeat(parent), repeat(kind), repeat(data))
        members = zip(numbers, *alike, zip(range(first, first + len(items)), items, strict=True), strict=False)
        tokens.update(zip(numbers, map(_token, members), strict=True))
    return tokens
