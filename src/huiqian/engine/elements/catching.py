"""Who handles an error or escalation: the nearest boundary event or event subprocess (BPMN 2.0.2 §10.5.6)."""

from huiqian.engine.definition import Definition, Element
from huiqian.engine.elements import boundary_event, event_sub_process
from huiqian.engine.run import Run
from huiqian.engine.state import MULTI, ROOT, Token

Handler = tuple[Element, Token | int]


def handler(run: Run, kind: str, code: str, scope: int, thrower: Token | None = None) -> Handler | None:
    """The handler for a code thrown in a scope, or by an activity in it; one without a code handles every code."""
    host, came_from = thrower, ""
    while True:
        while host is not None:  # from the activity (of a loop first the member, then the whole) to the scope it is in
            if host.member is None and (found := _on(run, kind, code, host)) is not None:
                return found
            scope, came_from = host.parent, host.element
            host = run.tokens[scope] if scope != ROOT and run.tokens[scope].kind == MULTI else None
        around = run.tokens[scope].element if scope != ROOT else None
        for sub in run.definition.event_subprocesses(around):
            start = run.definition.starts(sub.id)[0]
            if sub.id != came_from and _handles(start, kind, code):
                return start, scope
        if scope == ROOT:
            return None
        host = run.tokens[scope]


def _on(run: Run, kind: str, code: str, host: Token) -> Handler | None:
    """The boundary event of an activity that handles a code, one that names it first."""
    events = [run.elements[name] for name in run.elements[host.element].boundaries]
    exact = (e for e in events if _handles(e, kind, code) and e.trigger is not None and e.trigger.name)
    event = next(exact, None) or next((e for e in events if _handles(e, kind, code)), None)
    return (event, host) if event is not None else None


def _handles(event: Element, kind: str, code: str) -> bool:
    return event.trigger is not None and event.trigger.kind == kind and event.trigger.name in ("", code)


def is_handled(definition: Definition, kind: str, code: str, thrower: Element) -> bool:
    """Whether a diagram draws a handler for what an element throws, as far as its own process goes."""
    inner: str | None = thrower.scope
    while True:
        listening = (definition.starts(sub.id)[:1] for sub in definition.event_subprocesses(inner))
        if any(_handles(start, kind, code) for starts in listening for start in starts):
            return True
        if inner is None:
            return False
        host = definition.elements[inner]
        if any(_handles(definition.elements[name], kind, code) for name in host.boundaries):
            return True
        inner = host.scope


def catch(run: Run, event: Element, place: Token | int) -> None:
    """Go on at the handler."""
    if isinstance(place, Token):
        boundary_event.catch(run, event, place)
    else:
        event_sub_process.catch(run, event, place)
