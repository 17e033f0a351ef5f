"""Link: the end of one page of a diagram and the beginning of the next (BPMN 2.0.2 §10.5.5)."""

from collections.abc import Iterator

from huiqian.engine.behaviour import Occurrence, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.run import Run


def throw(run: Run, element: Element, scope: int) -> bool:
    """Go on at the target of the same name."""
    run.mark(element)
    run.arrive(_targets(run.definition, element)[0].id, scope)
    return False


def _targets(definition: Definition, element: Element) -> list[Element]:
    return [
        e
        for e in definition.inside.get(element.scope, ())
        if e.kind == "intermediateCatchEvent" and _name(e) == _name(element)
    ]


def _name(element: Element) -> str | None:
    return element.trigger.name if element.trigger is not None and element.trigger.kind == "link" else None


def check(definition: Definition, element: Element) -> Iterator[Problem]:
    """Every throwing link has one target of its name in the same scope."""
    if element.kind == "intermediateThrowEvent" and (count := len(_targets(definition, element))) != 1:
        yield "link-target", {"link": _name(element) or "", "count": str(count)}
    if element.outgoing and element.kind == "intermediateThrowEvent":
        yield "link-flow", {}
    if element.incoming and element.kind == "intermediateCatchEvent":
        yield "link-flow", {}


OCCURRENCE = Occurrence("link", throw=throw, check=check)
