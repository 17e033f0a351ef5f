"""Standard loop: the activity goes round while its condition holds (BPMN 2.0.2 §10.3.8, §13.3.6)."""

from huiqian.engine.behaviour import Repetition
from huiqian.engine.definition import Element
from huiqian.engine.elements import activity
from huiqian.engine.run import LOOP, Run, Trouble
from huiqian.engine.state import MULTI, TASK, Token


def enter(run: Run, token: Token, element: Element) -> None:
    """Go round the first time, unless the condition is asked before and does not hold."""
    body = run.turn(token, MULTI, [0])
    assert element.loop is not None
    if element.loop.before:
        again(run, body, element)
    else:
        _round(run, body, element)


def member_done(run: Run, token: Token, element: Element) -> None:
    """One round is through."""
    for inner in run.children(token.id):
        run.drop(inner, "done")
    del run.tokens[token.id]
    again(run, run.tokens[token.parent], element)


def again(run: Run, body: Token, element: Element) -> None:
    """Go round once more, or be done; where the condition cannot be worked out the loop stands there."""
    try:
        goes_on = _goes_on(run, body, element)
    except Trouble as trouble:
        run.fail(body, trouble, LOOP, body.data)
        return
    if goes_on:
        _round(run, body, element)
    else:
        activity.finish(run, body)


def _round(run: Run, body: Token, element: Element) -> None:
    done = body.data[0] + 1
    run.turn(body, MULTI, [done])
    activity.begin(run, run.put(element.id, body.id, TASK, member=(done, None)), element)


def _goes_on(run: Run, body: Token, element: Element) -> bool:
    loop = element.loop
    assert loop is not None
    if loop.maximum is not None and body.data[0] >= loop.maximum:
        return False
    if loop.condition is None:
        return loop.maximum is not None
    done: dict[str, object] = {"loopCounter": body.data[0]}
    return run.value(loop.condition, body.id, done) is True


REPETITION = Repetition(enter, member_done)
