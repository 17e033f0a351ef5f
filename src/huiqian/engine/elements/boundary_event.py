"""Boundary event: watches an activity; interrupting it takes the activity's place (BPMN 2.0.2 §10.5.4, §13.5.3)."""

from collections.abc import Iterator

from huiqian.engine.behaviour import Behaviour, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.elements.listening import heard_once
from huiqian.engine.run import Run
from huiqian.engine.state import Token


def enter(run: Run, element: Element, scope: int, flow: str | None) -> None:
    """Only an administrator's jump comes here by itself: it goes on as if the event had come."""
    run.leave(element, scope)


def happen(run: Run, token: Token, element: Element) -> None:
    """The event came while the activity was running."""
    if not element.interrupting:
        heard_once(run, token)
    catch(run, element, run.tokens[token.parent])


def catch(run: Run, element: Element, host: Token) -> None:
    """Go on from the boundary: instead of the activity, or beside it."""
    if element.interrupting:
        run.drop(host, "interrupted")
    run.leave(element, host.parent)


def check(definition: Definition, element: Element) -> Iterator[Problem]:
    """It sits on an activity of its own scope."""
    host = definition.elements.get(element.attached_to or "")
    if host is None:
        yield "boundary-host", {"host": element.attached_to or ""}
        return
    if not host.is_activity or host.by_event:
        yield "boundary-host", {"host": host.name or host.id}
    elif host.scope != element.scope:
        yield "boundary-across", {"host": host.name or host.id}
    if element.trigger is not None and element.trigger.kind == "error" and not element.interrupting:
        yield "error-interrupts", {}


BOUNDARY_EVENT = Behaviour(
    "boundaryEvent", enter, happen=happen, check=check, bare=False, ends=(False, True),
    triggers=frozenset(("timer", "message", "signal", "error", "escalation")),
)  # fmt: skip
