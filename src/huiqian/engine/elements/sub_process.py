"""Embedded subprocess: a scope of its own inside the process (BPMN 2.0.2 §10.3.5, §13.3.4); with `triggeredByEvent`
it is an event subprocess, which no flow leads to.
"""

from collections.abc import Iterator

from huiqian.engine.behaviour import Behaviour, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.elements import activity, event_sub_process
from huiqian.engine.run import Run
from huiqian.engine.state import SCOPE, Token


def begin(run: Run, token: Token, element: Element) -> None:
    """Open the scope and set a token on its start event."""
    open_scope(run, token, element)
    for start in run.definition.starts(element.id):
        run.arrive(start.id, token.id)


def open_scope(run: Run, token: Token, element: Element) -> None:
    """Make a token the place of a running subprocess: its event subprocesses begin to listen."""
    run.turn(token, SCOPE)
    event_sub_process.listen_in(run, element.id, token.id)


def close(run: Run, token: Token) -> None:
    """Nothing lives inside any more: the subprocess is done."""
    element = run.elements[token.element]
    if element.by_event:
        event_sub_process.close(run, token)
    else:
        activity.finish(run, token)


def check(definition: Definition, element: Element) -> Iterator[Problem]:
    """It begins at one start event, without an event of its own."""
    if element.by_event:
        yield from event_sub_process.check(definition, element)
    elif len(definition.starts(element.id)) != 1:
        yield "subprocess-start", {"count": str(len(definition.starts(element.id)))}


SUB_PROCESS = Behaviour("subProcess", activity.enter, begin, check=check)
