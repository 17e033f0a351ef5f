"""Complete: what the case waited for is done."""

from huiqian.engine.inputs import Complete
from huiqian.engine.operations.waiting import check_running, waiting
from huiqian.engine.run import ENTER, Run, Trouble
from huiqian.engine.state import CALL, DECISION, SERVICE, TASK, State


def complete(run: Run, given: Complete, before: State) -> None:
    """Let the token that waited go on."""
    check_running(before)
    token = waiting(run, given.wait, TASK, SERVICE, DECISION, CALL)
    element = run.elements[token.element]
    run.completed = token
    try:
        run.table.elements[element.kind].answer(run, token, element, given.result)
    except Trouble as trouble:  # what it gives back cannot be worked out: the work stands there, undone
        run.fail(token, trouble, ENTER)
