"""Message: from one case to another, found by name and correlation key (BPMN 2.0.2 §10.5.5, §13.5.1).

The engine says what is awaited and what is thrown; the outside brings them together and answers with Deliver.
"""

from collections.abc import Iterator

from huiqian.engine.behaviour import Occurrence, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.effects import Await, ThrowMessage
from huiqian.engine.run import Run
from huiqian.engine.state import MESSAGE, Token


def listen(run: Run, element: Element, parent: int) -> None:
    """Set a token down that waits for the message, with the key worked out now."""
    assert element.trigger is not None
    key = run.key(element.trigger.key, parent)
    token = run.put(element.id, parent, MESSAGE, [element.trigger.name, key])
    run.effects.append(Await(str(token.id), element.id, element.trigger.name, key))


def await_on(run: Run, token: Token, element: Element) -> None:
    """Let an activity's own token wait for its message."""
    assert element.trigger is not None
    key = run.key(element.trigger.key, token.parent if token.member is None else token.id)
    run.turn(token, MESSAGE, [element.trigger.name, key])
    run.effects.append(Await(str(token.id), element.id, element.trigger.name, key))


def throw(run: Run, element: Element, scope: int) -> bool:
    """Send it, with the values that the input rows give."""
    assert element.trigger is not None
    values = {name: run.value(expression, scope) for name, expression in element.inputs}
    key = run.key(element.trigger.key, scope)
    run.effects.append(ThrowMessage(element.id, element.trigger.name, key, values))
    return True


def check(definition: Definition, element: Element) -> Iterator[Problem]:
    """It has a name."""
    if element.trigger is not None and not element.trigger.name:
        yield "message-name", {}


OCCURRENCE = Occurrence("message", listen, throw, check)
