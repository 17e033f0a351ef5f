"""Event subprocess: listens while its scope lives; an interrupting one takes it over (BPMN 2.0.2 §10.3.5, §13.5.4)."""

from collections.abc import Iterator

from huiqian.engine.behaviour import Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.elements.listening import heard_once, listen
from huiqian.engine.run import Run
from huiqian.engine.state import SCOPE, Token


def listen_in(run: Run, scope_element: str | None, scope: int) -> None:
    """Let the event subprocesses of a scope listen from now on."""
    for element in run.definition.event_subprocesses(scope_element):
        listen(run, run.definition.starts(element.id)[0], scope)


def happen(run: Run, token: Token, start: Element) -> None:
    """Its start event came: begin, and where it interrupts take everything else in the scope away."""
    if not start.interrupting:
        heard_once(run, token)
    catch(run, start, token.parent)


def catch(run: Run, start: Element, scope: int) -> None:
    """Begin an event subprocess in a scope."""
    assert start.scope is not None
    if start.interrupting:
        interrupt(run, scope, "interrupted")
    element = run.elements[start.scope]
    place = run.put(element.id, scope, SCOPE)
    listen_in(run, element.id, place.id)
    run.leave(start, place.id)


def interrupt(run: Run, scope: int, reason: str) -> None:
    """Take everything in a scope away, tokens on their way too; what watches it from outside goes on."""
    for token in run.children(scope):
        if run.elements[token.element].kind != "boundaryEvent":
            run.drop(token, reason)
    moving = [move for move in run.queue if move[2] != scope]
    run.queue.clear()
    run.queue.extend(moving)
    run.undo.clear()
    run.touched[scope] = None


def close(run: Run, token: Token) -> None:
    """It has run to its end; the scope around it looks whether anything else lives."""
    run.drop(token, "done")
    run.mark(run.elements[token.element])


def check(definition: Definition, element: Element) -> Iterator[Problem]:
    """One start event with an event; no flows, no boundary events, no loop."""
    starts = definition.starts(element.id)
    if len(starts) != 1:
        yield "subprocess-start", {"count": str(len(starts))}
    if element.incoming or element.outgoing:
        yield "event-subprocess-flow", {}
    if element.boundaries or element.loop is not None:
        yield "event-subprocess-bare", {}
    if starts and starts[0].trigger is not None and starts[0].trigger.kind == "error" and not starts[0].interrupting:
        yield "error-interrupts", {}
