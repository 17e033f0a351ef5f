"""Intermediate catch event: timer, message, signal, or the target of a link (BPMN 2.0.2 §10.5.4, §13.5.2)."""

from huiqian.engine.behaviour import Behaviour
from huiqian.engine.definition import Element
from huiqian.engine.elements import event_based_gateway
from huiqian.engine.elements.listening import listen
from huiqian.engine.run import Run
from huiqian.engine.state import CHOICE, Token


def enter(run: Run, element: Element, scope: int, flow: str | None) -> None:
    """Wait for the event; the target of a link waits for nothing."""
    if element.trigger is not None and element.trigger.kind == "link":
        run.leave(element, scope)
    else:
        listen(run, element, scope)


def happen(run: Run, token: Token, element: Element) -> None:
    """The event came: go on from here, or from the gateway that waited for several."""
    above = run.tokens.get(token.parent)
    if above is not None and above.kind == CHOICE:
        event_based_gateway.choose(run, above, element)
        return
    run.tokens.pop(token.id, None)
    run.leave(element, token.parent)


INTERMEDIATE_CATCH_EVENT = Behaviour(
    "intermediateCatchEvent", enter, happen=happen, bare=False,
    triggers=frozenset(("timer", "message", "signal", "link")),
)  # fmt: skip
