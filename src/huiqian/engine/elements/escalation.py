"""Escalation: tells the nearest handler; only an interrupting one ends anything (BPMN 2.0.2 §10.5.5, §13.5.3)."""

from collections.abc import Iterator

from huiqian.engine.behaviour import Occurrence, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.elements.catching import catch, handler, is_handled
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
    """What is thrown has a code, and somebody who handles it."""
    if element.kind in ("boundaryEvent", "startEvent") or element.trigger is None:
        return
    if not element.trigger.name:
        yield "escalation-code", {}
    elif not is_handled(definition, "escalation", element.trigger.name, element):
        yield "warning:escalation-uncaught", {"thrown": element.trigger.name}


OCCURRENCE = Occurrence("escalation", throw=throw, check=check)
