"""Receive task: waits for its message (BPMN 2.0.2 §10.3.3, §13.3.3)."""

from huiqian.engine.behaviour import Behaviour
from huiqian.engine.definition import Element
from huiqian.engine.elements import activity, event_based_gateway, message, send_task
from huiqian.engine.run import Run
from huiqian.engine.state import CHOICE, Token


def begin(run: Run, token: Token, element: Element) -> None:
    """Listen."""
    message.await_on(run, token, element)


def happen(run: Run, token: Token, element: Element) -> None:
    """The message came."""
    above = run.tokens.get(token.parent)
    if above is not None and above.kind == CHOICE:
        event_based_gateway.choose(run, above, element)
    else:
        activity.finish(run, token)


RECEIVE_TASK = Behaviour(
    "receiveTask",
    activity.enter,
    begin,
    happen=happen,
    check=send_task.check,
)
