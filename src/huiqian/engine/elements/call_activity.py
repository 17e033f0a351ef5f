"""Call activity: another process does the work, a case of its own (BPMN 2.0.2 §10.3.6, §13.3.4)."""

from collections.abc import Iterator

from huiqian.engine.behaviour import Behaviour, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.effects import CallProcess
from huiqian.engine.elements import activity, user_task
from huiqian.engine.run import Run
from huiqian.engine.state import CALL, Token


def begin(run: Run, token: Token, element: Element) -> None:
    """Ask for the other process, with the values that the input rows give."""
    values = {name: run.value(expression, token.id) for name, expression in element.inputs}
    run.turn(token, CALL)
    run.effects.append(CallProcess(str(token.id), element.id, element.called, values))


def check(definition: Definition, element: Element) -> Iterator[Problem]:
    """It names another process than its own."""
    if not element.called:
        yield "call-process", {}
    elif element.called in (definition.process_id, definition.settings.get("code")):
        yield "call-itself", {"process": element.called}


CALL_ACTIVITY = Behaviour("callActivity", activity.enter, begin, user_task.answer, check=check)
