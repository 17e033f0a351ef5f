"""Fail, escalate, retry: when something does not go as it should."""

from huiqian.engine.effects import ClearIncident
from huiqian.engine.elements import activity
from huiqian.engine.elements.catching import catch, handler
from huiqian.engine.elements.listening import listen
from huiqian.engine.elements.standard_loop import again
from huiqian.engine.findings import NotPossible
from huiqian.engine.inputs import Escalate, Fail, Retry
from huiqian.engine.operations.waiting import check_running, waiting
from huiqian.engine.run import ENTER, LEAVE, LOOP, Run, Trouble
from huiqian.engine.state import CALL, DECISION, INCIDENT, MULTI, SERVICE, TASK, State, Token


def fail(run: Run, given: Fail, before: State) -> None:
    """A piece of work failed: the nearest handler of this error takes over, else it stands there as an incident."""
    check_running(before)
    token = waiting(run, given.wait, SERVICE, CALL, DECISION, TASK)
    found = handler(run, "error", given.code, token.parent, token)
    if found is not None:
        catch(run, *found)
    else:
        run.fail(token, Trouble("failed", error=given.code, message=given.message), ENTER)


def escalate(run: Run, given: Escalate, before: State) -> None:
    """Somebody escalates from an open task, which stays open unless the handler interrupts it."""
    check_running(before)
    token = waiting(run, given.wait, TASK)
    found = handler(run, "escalation", given.code, token.parent, token)
    if found is None:
        raise NotPossible("no-handler", escalation=given.code[:100])
    catch(run, *found)


def retry(run: Run, given: Retry, before: State) -> None:
    """Try again where an incident stands, with the data as it is now."""
    check_running(before)
    token = waiting(run, given.wait)
    if token.kind != INCIDENT:
        raise NotPossible("no-incident", wait=given.wait)
    element = run.elements[token.element]
    then, how = token.data[2:]
    if then == ENTER and element.is_activity and how is None:
        run.effects.append(ClearIncident(given.wait))
        _work_again(run, token)
        return
    if then == LOOP:
        run.effects.append(ClearIncident(given.wait))
        again(run, run.turn(token, MULTI, how), element)
        return
    run.drop(token, "retried")
    if then == ENTER and run.is_listener(token):
        listen(run, element, token.parent)
    elif then == ENTER:
        flow, times = how or (None, 1)
        for _ in range(times):
            run.arrive(element.id, token.parent, flow)
    elif then == LEAVE:
        run.leave(element, token.parent)


def _work_again(run: Run, token: Token) -> None:
    element = run.elements[token.element]
    if element.loop is not None and token.member is None:
        run.table.loops[element.loop.kind].enter(run, token, element)
    else:
        activity.begin(run, token, element)
