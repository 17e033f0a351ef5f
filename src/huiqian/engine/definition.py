"""What a BPMN file says, compiled once per version: an immutable graph that every case of that version shares."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from huiqian.feel import Expression

NOTHING: Mapping[str, str] = MappingProxyType({})
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane, which is a position (`hq:position`), and the ids of the elements drawn in it."""

    id: str
    name: str
    position: str | None
    elements: tuple[str, ...]
    settings: Mapping[str, str] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; `test` is its condition, compiled."""

    id: str
    name: str
    source: str
    target: str
    condition: str | None = None
    test: Expression | None = None
    settings: Mapping[str, str] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event definition: `kind` is timer, message, signal, error, escalation, link or terminate.

    `name` is what it answers to (message or signal name, error or escalation code, link name); `key` the FEEL of a
    message's correlation key; `form` and `when` a timer's timeDuration, timeDate or timeCycle and its text, and
    `timing` that text compiled where it is FEEL.
    """

    kind: str
    name: str = ""
    key: Expression | None = None
    form: str = ""
    when: str = ""
    timing: Expression | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """Loop characteristics of an activity: `kind` is standard, parallel or sequential (BPMN 2.0.2 §10.3.8).

    Multi-instance: `count` gives the number of members or `collection` their items, each named `item` to the member's
    expressions; `output` is what a member yields, gathered in a list under `result`; `until` ends it early. Standard:
    goes round while `condition` holds, at most `maximum` times, tested before the first round if `before`.
    """

    kind: str
    count: Expression | None = None
    collection: Expression | None = None
    item: str = ""
    output: Expression | None = None
    result: str = ""
    until: Expression | None = None
    condition: Expression | None = None
    maximum: int | None = None
    before: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """A flow node. `kind` is BPMN's own tag, `position` its lane's, `scope` the subprocess around it (None outside).

    `settings` are its hq attributes, `rows` the hq children of its extension elements, in order.
    """

    id: str
    name: str
    kind: str
    lane: str | None = None
    position: str | None = None
    scope: str | None = None
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    rows: tuple[tuple[str, Mapping[str, str]], ...] = ()
    default: str | None = None
    trigger: Trigger | None = None
    loop: Loop | None = None
    attached_to: str | None = None
    interrupting: bool = True
    boundaries: tuple[str, ...] = ()
    by_event: bool = False
    called: str = ""
    inputs: tuple[tuple[str, Expression], ...] = ()
    outputs: tuple[tuple[str, Expression], ...] = ()

    @property
    def is_activity(self) -> bool:
        """Whether it is work: a task, a subprocess or a call."""
        return self.kind.endswith("Task") or self.kind in ("subProcess", "callActivity")


@dataclass(frozen=True, slots=True)
class Definition:
    """A process, ready to run. `settings` are the process's own hq attributes, `digest` names this very file."""

    process_id: str
    name: str
    digest: str
    lanes: tuple[Lane, ...]
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    settings: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    inside: Mapping[str | None, tuple[Element, ...]] = field(default_factory=dict, repr=False, compare=False)
    _kept: dict[object, object] = field(default_factory=dict, repr=False, compare=False)

    def starts(self, scope: str | None = None) -> tuple[Element, ...]:
        """The start events of the process, or of one of its subprocesses."""
        return tuple(e for e in self.inside.get(scope, ()) if e.kind == "startEvent")

    def event_subprocesses(self, scope: str | None) -> tuple[Element, ...]:
        """The event subprocesses that listen while this scope lives (BPMN 2.0.2 §10.3.5)."""
        return self.once(("listeners", scope), lambda: tuple(e for e in self.inside.get(scope, ()) if e.by_event))

    def around(self, element: str) -> tuple[str, ...]:
        """The subprocesses around an element, the innermost first."""
        chain: list[str] = []
        scope = self.elements[element].scope
        while scope is not None:
            chain.append(scope)
            scope = self.elements[scope].scope
        return tuple(chain)

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """What is worked out from the graph alone, worked out when first asked for and then kept."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]  # type: ignore[return-value]
