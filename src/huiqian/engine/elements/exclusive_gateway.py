"""Exclusive gateway: one way out, the first whose condition holds (BPMN 2.0.2 §10.6.2, §13.4.2)."""

from collections.abc import Iterator

from huiqian.engine.behaviour import Behaviour, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.run import ENTER, Run, Trouble


def enter(run: Run, element: Element, scope: int, flow: str | None) -> None:
    """Take the first flow, in the file's order, whose condition holds, else the default flow."""
    for name in element.outgoing:
        test = run.flows[name].test
        if name != element.default and (test is None or run.holds(test, scope)):
            break
    else:
        if element.default is None:
            run.stand(element, scope, Trouble("no-way"), ENTER)
            return
        name = element.default
    run.mark(element)
    run.take(run.flows[name], scope)


def check(definition: Definition, element: Element) -> Iterator[Problem]:
    """Where it decides, every way out but the default one says when."""
    if len(element.outgoing) > 1:
        for name in element.outgoing:
            if name != element.default and definition.flows[name].condition is None:
                yield "flow-without-condition", {"flow": definition.flows[name].name or name}
        if element.default is None:
            yield "warning:no-default", {}


EXCLUSIVE_GATEWAY = Behaviour("exclusiveGateway", enter, check=check)
