"""The kernel: one input moves a case on until every token rests (BPMN 2.0.2 §13).

`step(definition, state, input, now)` gives the new state and what is to be done outside. It reads no clock, asks no
database and keeps nothing: the same arguments give the same answer, and the state that came in is as it was.
"""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from huiqian.engine.definition import Definition
from huiqian.engine.effects import Effect, EndInstance
from huiqian.engine.elements import TABLE
from huiqian.engine.elements.inclusive_gateway import join
from huiqian.engine.elements.sub_process import close
from huiqian.engine.findings import NotPossible
from huiqian.engine.inputs import Input
from huiqian.engine.operations import OPERATIONS
from huiqian.engine.operations.take_back import remember
from huiqian.engine.run import ENTER, Run, Trouble
from huiqian.engine.state import ARRIVED, ROOT, SCOPE, State


class Step(NamedTuple):
    """What a step came to: the new state, and what to do outside, in this order."""

    state: State
    effects: tuple[Effect, ...]


def step(definition: Definition, state: State | None, given: Input, now: datetime) -> Step:
    """Feed an input to a case; NotPossible where it does not fit, and then nothing changed."""
    before = state if state is not None else State()
    run = Run(definition, before, given.variables, now, TABLE)
    OPERATIONS[type(given)](run, given, before)
    move(run)
    if run.completed is not None:
        remember(run, before, run.completed)
    return Step(run.state(), tuple(run.effects))


def move(run: Run) -> None:
    """Let every token go on until it waits or ends; then joins that nothing more can reach, then scopes gone empty."""
    while not run.how:
        if run.queue:
            arrive(run)
        elif not (run.touched and (join(run) or close_scope(run))):
            return


def arrive(run: Run) -> None:
    """One token comes to one element."""
    name, flow, scope = run.queue.popleft()
    if scope != ROOT and scope not in run.tokens:
        return  # its scope was taken away in this very step
    element = run.elements[name]
    run.budget -= 1
    if run.budget < 0:
        run.queue.appendleft((name, flow, scope))
        stop(run)
        return
    try:
        run.table.elements[element.kind].enter(run, element, scope, flow)
    except Trouble as trouble:
        run.stand(element, scope, trouble, ENTER, [flow, 1])


def stop(run: Run) -> None:
    """The budget is used up by a loop without a wait: what moves stands where it is, in incidents that count."""
    for (name, flow, scope), times in Counter(run.queue).items():
        if scope == ROOT or scope in run.tokens:
            run.stand(run.elements[name], scope, Trouble("endless"), ENTER, [flow, times])
    run.queue.clear()


def close_scope(run: Run) -> bool:
    """Look at the scopes that a token left, the innermost first: an empty one is done, one left at joins is stuck."""
    while run.touched:
        scope = max(run.touched)
        del run.touched[scope]
        if scope != ROOT and (scope not in run.tokens or run.tokens[scope].kind != SCOPE):
            continue
        living = list(run.living(scope))
        if not living:
            _finish(run, scope)
            return True
        if all(token.kind == ARRIVED for token in living):
            run.stand(run.elements[living[0].element], scope, Trouble("stuck"), "")
    return False


def _finish(run: Run, scope: int) -> None:
    if scope != ROOT:
        close(run, run.tokens[scope])
        return
    for token in run.children(ROOT):
        run.drop(token, "completed")
    run.undo.clear()
    run.how = "completed"
    run.effects.append(EndInstance("completed", run.ended_at or None))


__all__ = ["NotPossible", "Step", "step"]
