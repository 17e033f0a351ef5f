"""How a place listens for an event: by the table of event definitions."""

from huiqian.engine.definition import Element
from huiqian.engine.elements import timer
from huiqian.engine.run import ENTER, Run, Trouble
from huiqian.engine.state import TIMER, Token


def listen(run: Run, element: Element, parent: int) -> None:
    """Set a token down that waits for an element's event; errors and escalations are found when they are thrown."""
    assert element.trigger is not None
    hear = run.table.triggers[element.trigger.kind].listen
    if hear is None:
        return
    try:
        hear(run, element, parent)
    except Trouble as trouble:
        run.stand(element, parent, trouble, ENTER)


def heard_once(run: Run, token: Token) -> None:
    """What listens without interrupting goes on listening after it heard; a timer only if it repeats."""
    if token.kind == TIMER and not timer.again(run, token):
        del run.tokens[token.id]
