"""Signal: from one to all that listen (BPMN 2.0.2 §10.5.5)."""

from collections.abc import Iterator

from huiqian.engine.behaviour import Occurrence, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.effects import Await, ThrowSignal
from huiqian.engine.run import Run
from huiqian.engine.state import SIGNAL


def listen(run: Run, element: Element, parent: int) -> None:
    """Listen for it."""
    assert element.trigger is not None
    token = run.put(element.id, parent, SIGNAL, [element.trigger.name])
    run.effects.append(Await(str(token.id), element.id, element.trigger.name, None, signal=True))


def throw(run: Run, element: Element, scope: int) -> bool:
    """Broadcast it; this case hears it as every other does, when the outside hands it out."""
    assert element.trigger is not None
    run.effects.append(ThrowSignal(element.trigger.name))
    return True


def check(definition: Definition, element: Element) -> Iterator[Problem]:
    """It has a name."""
    if element.trigger is not None and not element.trigger.name:
        yield "signal-name", {}


OCCURRENCE = Occurrence("signal", listen, throw, check)
