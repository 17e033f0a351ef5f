"""Send task: throws its message and goes on at once (BPMN 2.0.2 §10.3.3, §13.3.3)."""

from collections.abc import Iterator

from huiqian.engine.behaviour import Behaviour, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.elements import activity, message
from huiqian.engine.run import Run
from huiqian.engine.state import Token


def begin(run: Run, token: Token, element: Element) -> None:
    """Throw, done."""
    message.throw(run, element, token.id)
    activity.finish(run, token)


def check(definition: Definition, element: Element) -> Iterator[Problem]:
    """It says which message."""
    if element.trigger is None:
        yield "message-name", {}


SEND_TASK = Behaviour("sendTask", activity.enter, begin, check=check)
