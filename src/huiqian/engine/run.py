"""One step in the making: tokens move here, effects gather, and at the end it all becomes a new state.

A token that moves is an arrival in `queue`: (element, the flow it came by, the token whose scope it is in).
"""

from collections import ChainMap, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from huiqian.engine import effects as do
from huiqian.engine.definition import Definition, Element, Flow
from huiqian.engine.order import lies_behind, ways_back
from huiqian.engine.state import (
    CALL,
    DECISION,
    INCIDENT,
    MESSAGE,
    ROOT,
    SERVICE,
    SIGNAL,
    TASK,
    TIMER,
    State,
    Token,
)
from huiqian.engine.values import as_key, kept
from huiqian.feel import Expression, ExpressionError

if TYPE_CHECKING:
    from huiqian.engine.behaviour import Table

BUDGET = 10_000  # work of one step: a token set down or moved, or eight looked at
ENTER, LEAVE, LOOP = "enter", "leave", "loop"  # what Retry does where an incident stands


class Trouble(Exception):
    """A token cannot go on here; it becomes an incident, nothing is lost."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


class Run:
    """What one step works on; the state it came from stays as it was."""

    __slots__ = (
        "budget", "completed", "definition", "effects", "elements", "ended_at", "flows", "how", "last", "now", "passed",
        "queue", "suspended", "table", "taken", "tokens", "touched", "turned", "undo", "variables", "ways_back",
    )  # fmt: skip

    def __init__(
        self,
        definition: Definition,
        state: State,
        variables: Mapping[str, object],
        now: datetime,
        table: "Table",
    ) -> None:
        self.definition, self.elements, self.flows = definition, definition.elements, definition.flows
        self.table, self.variables, self.now = table, variables, now
        self.tokens = dict(state.tokens)
        self.last, self.undo = state.last, dict(state.undo)
        self.passed, self.taken = dict.fromkeys(state.elements), dict.fromkeys(state.flows)
        self.suspended, self.how, self.ended_at = state.suspended, state.how, ""
        self.effects: list[do.Effect] = []
        self.queue: deque[tuple[str, str | None, int]] = deque()
        self.touched: dict[int, None] = {}
        self.turned: set[int] = set()
        self.ways_back = ways_back(definition)
        self.completed: Token | None = None
        self.budget = BUDGET

    def state(self) -> State:
        """The state that this run has come to."""
        return State(
            self.last, self.tokens, tuple(self.passed), tuple(self.taken), self.undo, True, self.suspended, self.how
        )

    # Tokens

    def put(self, element: str, parent: int, kind: str, data: Any = None, member: Any = None) -> Token:
        """Set a new token down."""
        self.last += 1
        self.budget -= 1
        token = self.tokens[self.last] = Token(self.last, element, parent, kind, data, member)
        return token

    def turn(self, token: Token, kind: str, data: Any = None) -> Token:
        """Let a token be of another kind, at the same place, with the same number."""
        changed = self.tokens[token.id] = Token(token.id, token.element, token.parent, kind, data, token.member)
        self.turned.add(token.id)
        return changed

    def look(self) -> Iterable[Token]:
        """All tokens, to look through; that is work too, which a loop without a wait must not do for ever."""
        self.budget -= len(self.tokens) >> 3
        return self.tokens.values()

    def children(self, parent: int) -> list[Token]:
        """The tokens inside a token, the oldest first."""
        return [token for token in self.tokens.values() if token.parent == parent]

    def is_listener(self, token: Token) -> bool:
        """Whether a token only watches (a boundary event, an event subprocess's start) and keeps nothing alive."""
        return self.elements[token.element].kind in ("boundaryEvent", "startEvent")

    def drop(self, token: Token, reason: str) -> None:
        """Take a token and all inside it away, and close what was open for them."""
        inside: dict[int, list[Token]] = {}
        for other in self.tokens.values():
            inside.setdefault(other.parent, []).append(other)
        todo = [token]
        while todo:
            gone = todo.pop()
            del self.tokens[gone.id]
            todo.extend(reversed(inside.get(gone.id, ())))
            if gone.kind in CANCEL:
                self.effects.append(CANCEL[gone.kind](str(gone.id), reason))
        self.touched[token.parent] = None

    # Moving

    def arrive(self, element: str, scope: int, flow: str | None = None) -> None:
        """Let a token come to an element."""
        self.queue.append((element, flow, scope))

    def take(self, flow: Flow, scope: int) -> None:
        """Move along a sequence flow; one that closes a loop begins a new round of all that lies behind."""
        if flow.id in self.ways_back:
            self.forget(lies_behind(self.definition, flow.target))
        self.taken.pop(flow.id, None)
        self.taken[flow.id] = None
        self.queue.append((flow.target, flow.id, scope))

    def forget(self, places: Collection[str]) -> None:
        """Take elements and flows out of what was passed in this round."""
        self.passed = {name: None for name in self.passed if name not in places}
        self.taken = {name: None for name in self.taken if name not in places}

    def mark(self, element: Element) -> None:
        """Note that an element was passed, as the latest."""
        self.passed.pop(element.id, None)
        self.passed[element.id] = None

    def leave(self, element: Element, scope: int) -> None:
        """Leave an element by every flow whose condition holds (BPMN 2.0.2 §13.3.1); without one the token ends."""
        self.mark(element)
        outgoing = element.outgoing
        if len(outgoing) == 1 and self.flows[outgoing[0]].test is None:
            self.take(self.flows[outgoing[0]], scope)
            return
        self.touched[scope] = None
        try:
            chosen = self.choices(element, scope)
        except Trouble as trouble:
            self.stand(element, scope, trouble, LEAVE)
            return
        if outgoing and not chosen:
            self.stand(element, scope, Trouble("no-way"), LEAVE)
        for flow in chosen:
            self.take(flow, scope)

    def choices(self, element: Element, scope: int) -> list[Flow]:
        """The outgoing flows whose condition holds; the default flow where none does."""
        flows = [self.flows[name] for name in element.outgoing if name != element.default]
        chosen = [flow for flow in flows if flow.test is None or self.holds(flow.test, scope)]
        if not chosen and element.default is not None:
            return [self.flows[element.default]]
        return chosen

    # Values

    def view(self, scope: int) -> Mapping[str, object]:
        """What an expression in this scope reads: the case's data, and the item of each multi-instance around it."""
        shown: dict[str, object] | None = None
        while scope != ROOT:
            token = self.tokens[scope]
            if token.member is not None:
                shown = shown if shown is not None else {}
                number, item = token.member
                name = (loop.item if (loop := self.elements[token.element].loop) else "") or "item"
                shown.setdefault(name, kept(item))
                shown.setdefault("loopCounter", number)
            scope = token.parent
        return self.variables if shown is None else _over(shown, self.variables)

    def value(self, expression: Expression, scope: int, more: Mapping[str, object] | None = None) -> object:
        """What an expression gives in a scope; Trouble where it cannot be worked out."""
        view = self.view(scope)
        try:
            return expression.evaluate(_over(more, view) if more else view, now=self.now)
        except ExpressionError as error:
            raise Trouble("expression-failed", why=error.text("en"), why_zh=error.text("zh")) from None

    def write(self, values: Mapping[str, object]) -> None:
        """Have values kept; what comes next in this step reads them already."""
        self.effects.extend(do.WriteVariable(name, value) for name, value in values.items())
        self.variables = _over(values, self.variables)

    def holds(self, expression: Expression, scope: int) -> bool:
        """Whether a condition is true; null is not."""
        return self.value(expression, scope) is True

    def key(self, expression: Expression | None, scope: int) -> str | None:
        """A correlation key as text: the same value gives the same text in every case."""
        if expression is None:
            return None
        value = self.value(expression, scope)
        key = as_key(value)
        if key is None:  # without its key a message would reach just any case
            raise Trouble("key-value", value=str(value)[:100] if value is None else type(value).__name__)
        return key

    # Incidents

    def stand(self, element: Element, scope: int, trouble: Trouble, then: str, how: Any = None) -> None:
        """Let a token stand at an element as an incident; Retry enters or leaves it again."""
        self.fail(self.put(element.id, scope, INCIDENT), trouble, then, how)

    def fail(self, token: Token, trouble: Trouble, then: str = "", how: Any = None) -> None:
        """Turn a token into an incident, in its place. `then` and `how` say what Retry does: enter by [flow, how many
        times], leave, or go round a loop whose count was `how`.
        """
        self.turn(token, INCIDENT, [trouble.code, trouble.params, then, how])
        self.effects.append(do.RaiseIncident(str(token.id), token.element, trouble.code, trouble.params))

    def living(self, scope: int) -> Iterator[Token]:
        """The tokens in a scope that keep it alive."""
        return (token for token in self.look() if token.parent == scope and not self.is_listener(token))


def _over(upper: Mapping[str, object], lower: Mapping[str, object]) -> Mapping[str, object]:
    """One view over another, without looking at what nobody asks for."""
    return ChainMap(upper, lower)  # type: ignore[arg-type]


CANCEL: Mapping[str, Callable[[str, str], do.Effect]] = {
    TASK: do.CancelTask,
    SERVICE: lambda wait, _: do.CancelService(wait),
    DECISION: lambda wait, _: do.CancelService(wait),
    CALL: lambda wait, _: do.CancelCall(wait),
    TIMER: lambda wait, _: do.CancelTimer(wait),
    MESSAGE: lambda wait, _: do.Forget(wait),
    SIGNAL: lambda wait, _: do.Forget(wait),
    INCIDENT: lambda wait, _: do.ClearIncident(wait),
}
