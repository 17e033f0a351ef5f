"""Event-based gateway: whichever event comes first decides (BPMN 2.0.2 §10.6.6, §13.4.4)."""

from collections.abc import Iterator

from huiqian.engine.behaviour import Behaviour, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.elements.listening import listen
from huiqian.engine.run import Run
from huiqian.engine.state import CHOICE, Token

CATCHES = ("intermediateCatchEvent", "receiveTask")


def enter(run: Run, element: Element, scope: int, flow: str | None) -> None:
    """Listen for every event behind the gateway at once."""
    token = run.put(element.id, scope, CHOICE)
    for name in element.outgoing:
        listen(run, run.elements[run.flows[name].target], token.id)


def choose(run: Run, gateway: Token, event: Element) -> None:
    """One event came: the others are forgotten, the token leaves that event."""
    run.drop(gateway, "chosen")
    element = run.elements[gateway.element]
    run.mark(element)
    for name in element.outgoing:
        if run.flows[name].target == event.id:
            run.taken.pop(name, None)
            run.taken[name] = None
    run.leave(event, gateway.parent)


def check(definition: Definition, element: Element) -> Iterator[Problem]:
    """Each of its flows leads to something that waits for an event, and nothing else leads there."""
    if len(element.outgoing) < 2:
        yield "event-gateway-few", {}
    for name in element.outgoing:
        target = definition.elements[definition.flows[name].target]
        if target.kind not in CATCHES or target.trigger is None or target.trigger.kind == "link":
            yield "event-gateway-target", {"target": target.name or target.id}
        elif len(target.incoming) > 1 or target.boundaries or target.loop is not None:
            yield "event-gateway-shared", {"target": target.name or target.id}


EVENT_BASED_GATEWAY = Behaviour("eventBasedGateway", enter, check=check)
