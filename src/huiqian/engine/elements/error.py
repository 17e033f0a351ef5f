"""Error: ends what it is thrown in and goes to the nearest handler around it (BPMN 2.0.2 §10.5.5, §13.5.3)."""

from collections.abc import Iterator

from huiqian.engine.behaviour import Occurrence, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.elements.catching import catch, handler, is_handled
from huiqian.engine.elements.terminate import end
from huiqian.engine.run import Run
from huiqian.engine.state import ROOT


def throw(run: Run, element: Element, scope: int) -> bool:
    """Hand it to the nearest handler; without one the case ends with this error, for whoever called it."""
    assert element.trigger is not None
    found = handler(run, "error", element.trigger.name, scope)
    if found is not None:
        catch(run, *found)
    else:
        end(run, ROOT, "terminated", element, error=element.trigger.name)
    return False


def check(definition: Definition, element: Element) -> Iterator[Problem]:
    """What is thrown has a code, and somebody who handles it; a called process may leave that to its caller."""
    if element.kind != "endEvent" or element.trigger is None:
        return
    if not element.trigger.name:
        yield "error-code", {}
    elif not is_handled(definition, "error", element.trigger.name, element):
        yield "warning:error-uncaught", {"thrown": element.trigger.name}


OCCURRENCE = Occurrence("error", throw=throw, check=check)
