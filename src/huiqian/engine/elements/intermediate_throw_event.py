"""Intermediate throw event: message, signal, escalation, link, or nothing at all (BPMN 2.0.2 §10.5.4, §13.5.2)."""

from huiqian.engine.behaviour import Behaviour
from huiqian.engine.definition import Element
from huiqian.engine.run import Run


def enter(run: Run, element: Element, scope: int, flow: str | None) -> None:
    """Throw and go on, unless what was thrown took the token away (an interrupting handler, a link)."""
    throw = run.table.triggers[element.trigger.kind].throw if element.trigger is not None else None
    if throw is None or throw(run, element, scope):
        run.leave(element, scope)


INTERMEDIATE_THROW_EVENT = Behaviour(
    "intermediateThrowEvent", enter, triggers=frozenset(("message", "signal", "escalation", "link"))
)
