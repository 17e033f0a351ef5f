"""Terminate: everything in the scope ends at once (BPMN 2.0.2 §10.5.3, §13.5.6): in the process the case, in a
subprocess only that subprocess, which is then done.
"""

from huiqian.engine.behaviour import Occurrence
from huiqian.engine.definition import Element
from huiqian.engine.effects import EndInstance
from huiqian.engine.elements.event_sub_process import interrupt
from huiqian.engine.run import Run
from huiqian.engine.state import ROOT


def throw(run: Run, element: Element, scope: int) -> bool:
    """Take every token of the scope away."""
    if scope == ROOT:
        end(run, ROOT, "terminated", element)
        return False
    interrupt(run, scope, "terminated")
    return False


def end(run: Run, scope: int, how: str, element: Element | None = None, error: str = "") -> None:
    """End the case: close whatever is open."""
    for token in run.children(scope):
        run.drop(token, how)
    run.queue.clear()
    run.touched.clear()
    run.undo.clear()
    run.how = how
    run.effects.append(EndInstance(how, element.id if element is not None else None, error))


OCCURRENCE = Occurrence("terminate", throw=throw)
