"""Escalation: tells the nearest handler; only an interrupting one ends anything (BPMN 2.0.2 §10.5.5.3, §13.5.3)."""

from collections.abc import Iterator

from huiqian.engine.behaviour import Occurrence, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.elements.catching import catch, handler
from huiqian.engine.run import Run


def throw(run: Run, element: Element, scope: int) -> bool:
    """Hand it to the nearest handler; without one nothing happens. False where the token's scope was interrupted."""
    assert element.trigger is not None
    found = handler(run, "escalation", element.trigger.name, scope)
    if found is None:
        return True
    catch(run, *found)
    return not found[0].interrupting


def check(definition: Definition, element: Element) -> Iterator[Problem]:
    """What is thrown has a code."""
    catches = element.kind in ("boundaryEvent", "startEvent")
    if not catches and element.trigger is not None and not element.trigger.name:
        yield "escalation-code", {}


OCCURRENCE = Occurrence("escalation", throw=throw, check=check)
