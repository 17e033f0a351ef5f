"""Moves a running case to another version of its process, with a mapping where steps changed; a dry run says why not.

What stays the same keeps its wait: nobody's task is closed because a version changed. A step that became another one
is asked anew. Boundary events and timers follow the new version.
"""

from collections.abc import Mapping
from datetime import datetime

from huiqian.engine.definition import Definition, Element
from huiqian.engine.elements import TABLE
from huiqian.engine.elements.activity import begin
from huiqian.engine.elements.listening import listen
from huiqian.engine.findings import NotPossible
from huiqian.engine.inputs import EMPTY
from huiqian.engine.run import Run
from huiqian.engine.state import ARRIVED, CHOICE, ROOT, SCOPE, TASK, State, Token
from huiqian.engine.step import Step, move


def can_migrate(
    definition: Definition, state: State, new: Definition, mapping: Mapping[str, str]
) -> tuple[NotPossible, ...]:
    """Every reason why this case cannot go over; empty where it can. Nothing is changed."""
    if not state.started:
        return (NotPossible("not-started"),)
    if state.ended:
        return (NotPossible("ended", how=state.how),)
    found = (_obstacle(definition, state, new, mapping, token) for token in state.tokens.values())
    return tuple({reason.text("en"): reason for reason in found if reason is not None}.values())


def migrate(
    definition: Definition,
    state: State,
    new: Definition,
    mapping: Mapping[str, str],
    now: datetime,
    variables: Mapping[str, object] = EMPTY,
) -> Step:
    """Take a case over to `new`. `mapping` says which element (or flow) an old id becomes; ids not in it stay.

    NotPossible, with the first reason, where `can_migrate` gives one.
    """
    for reason in can_migrate(definition, state, new, mapping):
        raise reason
    run = Run(new, state, variables, now, TABLE)
    run.undo.clear()
    run.passed = dict.fromkeys(name for old in state.elements if (name := mapping.get(old, old)) in new.elements)
    flows = (_flow(definition, new, mapping, old) for old in state.flows)
    run.taken = dict.fromkeys(flow for flow in flows if flow is not None)
    for token in state.tokens.values():
        if token.id in run.tokens and not _follows(definition, state, token):
            _take_over(run, definition, mapping, token)
    for place in (ROOT, *run.tokens):
        if place == ROOT or (place in run.tokens and not _follows(definition, state, run.tokens[place])):
            _watch_anew(run, definition, mapping, state.last, place)
    _look_at_joins(run)
    move(run)
    return Step(run.state(), tuple(run.effects))


def _obstacle(
    definition: Definition, state: State, new: Definition, mapping: Mapping[str, str], token: Token
) -> NotPossible | None:
    old = definition.elements[token.element]
    if _follows(definition, state, token):
        return None
    target = new.elements.get(mapping.get(old.id, old.id))
    if target is None:
        return NotPossible("no-mapping", element=old.name or old.id)
    shown = {"element": old.name or old.id, "target": target.name or target.id}
    if _shape(old) != _shape(target):
        return NotPossible("mapping-kind", kind=old.kind, other=target.kind, **shown)
    above = state.tokens.get(token.parent)
    while above is not None and above.kind != SCOPE:
        above = state.tokens.get(above.parent)
    if target.scope != (mapping.get(above.element, above.element) if above is not None else None):
        return NotPossible("mapping-scope", **shown)
    if token.kind == ARRIVED and _flow(definition, new, mapping, token.data, target) is None:
        return NotPossible("no-mapping", element=str(token.data))
    return None


def _only_listens(element: Element) -> bool:
    return element.kind in ("boundaryEvent", "startEvent")


def _follows(definition: Definition, state: State, token: Token) -> bool:
    """Whether a token only listens for a place, and goes where that goes: what is waited for there is said anew."""
    above = state.tokens.get(token.parent)
    if above is not None and above.kind == CHOICE:
        return True
    return token.element in definition.elements and _only_listens(definition.elements[token.element])


def _shape(element: Element) -> tuple[str, str, str, bool]:
    """What may not change under a running token: the kind, what it waits for, how it repeats."""
    kind = "userTask" if element.kind == "manualTask" else element.kind
    trigger = element.trigger.kind if element.trigger is not None else ""
    return kind, trigger, element.loop.kind if element.loop is not None else "", element.by_event


def _flow(
    definition: Definition, new: Definition, mapping: Mapping[str, str], name: str, into: Element | None = None
) -> str | None:
    """The flow that an old one becomes: by the mapping, by its id, or the one between the same two elements."""
    fits = [n for n in (mapping.get(name, name),) if n in new.flows]
    if not fits and name in definition.flows:
        ends = [mapping.get(end, end) for end in (definition.flows[name].source, definition.flows[name].target)]
        fits = [flow.id for flow in new.flows.values() if [flow.source, flow.target] == ends]
    return next((n for n in fits if into is None or n in into.incoming), None)


def _take_over(run: Run, definition: Definition, mapping: Mapping[str, str], token: Token) -> None:
    name = mapping.get(token.element, token.element)
    changed = token._replace(element=name)
    if token.kind == ARRIVED:
        element = run.elements[name]
        changed = changed._replace(data=_flow(definition, run.definition, mapping, str(token.data), element))
    run.tokens[token.id] = changed
    if name != token.element and token.kind == TASK:
        old = token._replace(element=name)
        run.drop(old, "migrated")
        fresh = run.put(name, token.parent, TASK, None, token.member)
        begin(run, fresh, run.elements[name])
    run.touched[token.parent] = None


def _watched(run: Run, place: int) -> list[Element]:
    """What listens at a place by the new version: boundary events, event subprocesses, the events of a gateway."""
    token = run.tokens.get(place)
    wanted: list[Element] = []
    if token is not None and token.kind == CHOICE:
        return [run.elements[run.flows[name].target] for name in run.elements[token.element].outgoing]
    if token is not None and token.member is None and token.kind != ARRIVED:
        wanted += [run.elements[name] for name in run.elements[token.element].boundaries]
    if token is None or token.kind == SCOPE:
        subs = run.definition.event_subprocesses(token.element if token is not None else None)
        wanted += [run.definition.starts(sub.id)[0] for sub in subs]
    return wanted


def _watch_anew(run: Run, definition: Definition, mapping: Mapping[str, str], last: int, place: int) -> None:
    """Let what listens at a place be what the new version says: the same goes on, the rest is forgotten or begins.

    What the old version had too and no longer listens has happened already, and does not begin again.
    """
    wanted = _watched(run, place)
    heard = {mapping.get(name, name) for name in definition.elements} if not _is_choice(run, place) else set()
    for token in run.children(place):
        old = definition.elements.get(token.element)
        if token.id > last or old is None or not (_only_listens(old) or _is_choice(run, place)):
            continue
        name = mapping.get(token.element, token.element)
        if any(event.id == name and event.trigger == old.trigger for event in wanted):
            run.tokens[token.id] = token._replace(element=name)
            heard.add(name)
        else:
            heard.discard(name)
            run.drop(token, "migrated")
    for event in wanted:
        if event.id not in heard:
            listen(run, event, place)


def _is_choice(run: Run, place: int) -> bool:
    return place in run.tokens and run.tokens[place].kind == CHOICE


def _look_at_joins(run: Run) -> None:
    """A join may have fewer ways in now: let one of its tokens come anew, so that it counts again."""
    seen = set()
    for token in list(run.tokens.values()):
        place = (token.element, token.parent)
        if token.kind == ARRIVED and place not in seen:
            seen.add(place)
            del run.tokens[token.id]
            run.arrive(token.element, token.parent, token.data)
