"""End event: plain, or throwing a message, signal, error, escalation or termination (BPMN 2.0.2 §10.5.3, §13.5.6)."""

from huiqian.engine.behaviour import Behaviour
from huiqian.engine.definition import Element
from huiqian.engine.run import Run


def enter(run: Run, element: Element, scope: int, flow: str | None) -> None:
    """The token ends here; what the event throws is thrown first."""
    run.mark(element)
    run.touched[scope] = None
    run.ended_at = element.id
    if element.trigger is not None and (throw := run.table.triggers[element.trigger.kind].throw) is not None:
        throw(run, element, scope)


END_EVENT = Behaviour(
    "endEvent", enter, ends=(True, False),
    triggers=frozenset(("message", "signal", "error", "escalation", "terminate")),
)  # fmt: skip
