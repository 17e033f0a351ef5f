"""Start event, plain or with a message, timer or signal (BPMN 2.0.2 §10.5.2, §13.5.1)."""

from collections.abc import Iterator

from huiqian.engine.behaviour import Behaviour, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.elements import event_sub_process
from huiqian.engine.run import Run


def enter(run: Run, element: Element, scope: int, flow: str | None) -> None:
    """What starts the process goes straight on."""
    run.leave(element, scope)


def check(definition: Definition, element: Element) -> Iterator[Problem]:
    """Only the process itself, or an event subprocess, starts by an event."""
    inside = definition.elements[element.scope] if element.scope is not None else None
    if inside is not None and inside.by_event:
        if element.trigger is None:
            yield "event-start-plain", {}
    elif inside is not None and element.trigger is not None:
        yield "start-inside", {}
    elif element.trigger is not None and element.trigger.kind in ("error", "escalation"):
        yield "start-trigger", {"kind": element.trigger.kind}


START_EVENT = Behaviour(
    "startEvent", enter, happen=event_sub_process.happen, check=check,
    triggers=frozenset(("message", "timer", "signal", "error", "escalation")), ends=(False, True),
)  # fmt: skip
