"""Runs ahead: who will be asked, in which order, if every step is done and the answers stay as they are."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from huiqian.engine.definition import Definition, Element
from huiqian.engine.elements import TABLE
from huiqian.engine.elements.activity import finish
from huiqian.engine.inputs import Start
from huiqian.engine.operations.start import start
from huiqian.engine.order import order
from huiqian.engine.run import Run, Trouble
from huiqian.engine.state import ARRIVED, CHOICE, DECISION, INCIDENT, MULTI, SCOPE, State, Token
from huiqian.engine.step import move

Decide = Callable[[str, Mapping[str, object]], Mapping[str, object]]
LIMIT = 1_000
WAITING = ("intermediateCatchEvent", "eventBasedGateway")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A step to come. `group` is the fork from which it runs beside others; `certain` is false where the answers so
    far do not decide yet; a step that is passed over is `skipped`, and `why` the condition that decided.

    `after` names what has to end before it begins: what is open now and what else is to come, in no order; `waits`
    says that a date or a message is waited for on the way.
    """

    element: str
    name: str
    kind: str
    position: str | None
    settings: Mapping[str, str]
    group: str | None
    certain: bool
    skipped: bool
    why: str
    after: tuple[str, ...] = ()
    waits: bool = False


def predict(
    definition: Definition, state: State | None, variables: Mapping[str, object], decide: Decide
) -> tuple[Foreseen, ...]:
    """The activities that are still to come, in order; what is open now is not among them.

    `decide` is asked for each decision table on the way and answers with the variables it sets. A loop is followed
    once. Timers and messages are taken to come, boundary events not.
    """
    before = state if state is not None else State()
    if before.ended:
        return ()
    run = Run(definition, before, variables, LONG_AGO, TABLE)
    if not before.started:
        start(run, Start(variables), before)
    open_now = dict.fromkeys(token.element for token in run.tokens.values())
    visited = _run_ahead(run, decide)
    coming = [name for name in visited if name not in open_now and definition.elements[name].is_activity]
    steps = _tell(run, before, visited, coming)
    before_them = [name for name in (*open_now, *coming) if definition.elements[name].is_activity]
    events = [name for name in visited if definition.elements[name].kind in WAITING]
    return tuple(_placed(run, step, before_them, events) for step in steps)


def _run_ahead(run: Run, decide: Decide) -> dict[str, None]:
    """Complete whatever waits, until nothing does; gives the elements that came up, in order."""
    visited: dict[str, None] = {}
    done: set[int] = set()
    for _ in range(LIMIT):
        run.effects.clear()
        move(run)
        for token in run.tokens.values():
            visited.setdefault(token.element)
        waiting = next((t for t in run.tokens.values() if t.id not in done and _can_end(run, t)), None)
        if waiting is None or run.how:
            break
        done.add(waiting.id)
        _end(run, waiting, decide)
    return visited


def _can_end(run: Run, token: Token) -> bool:
    return token.kind not in (SCOPE, MULTI, ARRIVED, CHOICE, INCIDENT) and not run.is_listener(token)


def _end(run: Run, token: Token, decide: Decide) -> None:
    element = run.elements[token.element]
    if token.kind == DECISION:
        found = decide(element.settings.get("decision", ""), run.variables)
        run.variables = {**run.variables, **found}
    if element.id in run.passed and token.member is None:
        run.drop(token, "predicted")  # the second time round: enough is known
        return
    try:
        if element.is_activity and not element.trigger:
            finish(run, token)
        else:
            run.table.elements[element.kind].happen(run, token, element)
    except Trouble as trouble:
        run.stand(element, token.parent, trouble, "")


def _tell(run: Run, before: State, visited: Mapping[str, None], coming: list[str]) -> Iterator[Foreseen]:
    """The steps to come, in order, with those passed over where the gateway that decided stands."""
    decided = _decided(run, before)
    doubts = [gateway for gateway in decided if _is_doubtful(run, gateway)]
    groups = _groups(run, coming)
    place = {name: i for i, name in enumerate(run.passed)}
    rows = [(float(i), _foresee(run, name, groups, doubts)) for i, name in enumerate(coming)]
    told = {*visited, *run.passed}
    # First by the gateway that alone decided; an earlier one whose ways meet again before the step did not.
    for alone in (True, False):
        for gateway in decided:
            earlier = [i for i, name in enumerate(coming) if place.get(name, len(place)) < place[gateway.id]]
            for name, why in _skipped_by(run, gateway, alone):
                if name not in told:
                    told.add(name)
                    rows.append((max(earlier, default=-1) + 0.5, _foresee(run, name, {}, doubts, why)))
    for _, row in sorted(rows, key=lambda row: row[0]):
        yield row


def _skipped_by(run: Run, gateway: Element, alone: bool) -> Iterator[tuple[str, str]]:
    """The activities behind the ways that a gateway did not take, each with the condition that decided.

    `alone`: only those that lie behind no way that it took.
    """
    ways = order(run.definition, gateway.scope)
    reached = {name for flow in gateway.outgoing if alone and flow in run.taken for name in ways.behind(flow)}
    for flow in (run.flows[name] for name in gateway.outgoing if name not in run.taken):
        behind = ways.behind(flow.id)
        for element in run.definition.inside[gateway.scope]:
            if element.is_activity and element.id in behind and element.id not in reached:
                yield element.id, flow.name or flow.condition or _taken(run, gateway)


def _decided(run: Run, before: State) -> list[Element]:
    fresh = [name for name in run.passed if name not in before.elements]
    return [
        e
        for e in map(run.elements.__getitem__, fresh)
        if len(e.outgoing) > 1 and e.kind in ("exclusiveGateway", "inclusiveGateway")
    ]


def _is_doubtful(run: Run, gateway: Element) -> bool:
    """Whether a condition reads something that nobody has answered yet."""
    tests = [test for name in gateway.outgoing if (test := run.flows[name].test) is not None]
    return any(run.variables.get(name) is None for test in tests for name in test.names)


def _taken(run: Run, gateway: Element) -> str:
    flows = [run.flows[name] for name in gateway.outgoing if name in run.taken]
    return "; ".join(flow.name or flow.condition or "" for flow in flows)


def _groups(run: Run, coming: list[str]) -> dict[str, str]:
    """From which fork each step runs beside others."""
    found: dict[str, str] = {}
    for scope in {run.elements[name].scope: None for name in coming}:
        found |= order(run.definition, scope).groups(name for name in coming if run.elements[name].scope == scope)
    return found


def _foresee(run: Run, name: str, groups: Mapping[str, str], doubts: list[Element], why: str = "") -> Foreseen:
    element = run.elements[name]
    return Foreseen(
        element.id, element.name, element.kind, element.position, element.settings, groups.get(name),
        not any(_hangs_on(run, name, doubt) for doubt in doubts), bool(why), why,
    )  # fmt: skip


def _placed(run: Run, step: Foreseen, activities: Iterable[str], events: Iterable[str]) -> Foreseen:
    if step.skipped:
        return step
    after = tuple(name for name in activities if _leads_to(run.definition, name, step.element))
    return replace(step, after=after, waits=any(_leads_to(run.definition, name, step.element) for name in events))


def _leads_to(definition: Definition, one: str, other: str) -> bool:
    """Whether one element comes before another in the same round; what lies in subprocesses, by those."""
    elements = definition.elements
    there = {elements[name].scope: name for name in (other, *definition.around(other))}
    here = next((name for name in (one, *definition.around(one)) if elements[name].scope in there), one)
    meets = there.get(elements[here].scope, here)
    return meets != here and meets in order(definition, elements[here].scope).behind(here)


def _hangs_on(run: Run, name: str, gateway: Element) -> bool:
    """Whether some ways out of a gateway lead to a step and others do not."""
    names = (name, *run.definition.around(name))
    here = next((n for n in names if run.elements[n].scope == gateway.scope), None)
    if here is None:
        return False
    ways = [here in order(run.definition, gateway.scope).behind(flow) for flow in gateway.outgoing]
    return any(ways) and not all(ways)
