"""What tasks, subprocesses and calls have in common: begin, watch, repeat, finish (BPMN 2.0.2 §13.3.2)."""

from collections.abc import Mapping

from huiqian.engine.definition import Element
from huiqian.engine.elements.listening import listen
from huiqian.engine.run import ENTER, Run, Trouble
from huiqian.engine.state import MULTI, SCOPE, TASK, Token


def enter(run: Run, element: Element, scope: int, flow: str | None) -> None:
    """A token comes to an activity: it begins, once or repeated, watched by its boundary events."""
    token = run.put(element.id, scope, TASK)
    if element.loop is None:
        begin(run, token, element)
    else:
        run.table.loops[element.loop.kind].enter(run, token, element)
    if element.boundaries and token.id in run.tokens:
        watch(run, run.tokens[token.id], element)


def begin(run: Run, token: Token, element: Element) -> None:
    """Start the activity's own work; where that fails the token stands there as an incident."""
    try:
        run.table.elements[element.kind].begin(run, token, element)
    except Trouble as trouble:
        run.fail(token, trouble, ENTER)


def watch(run: Run, host: Token, element: Element) -> None:
    """Let the boundary events of an activity listen while it runs (BPMN 2.0.2 §13.5.3)."""
    for name in element.boundaries:
        listen(run, run.elements[name], host.id)


def finish(run: Run, token: Token) -> None:
    """An activity's work is done: the member of a loop reports to it, everything else is left by its flows."""
    element = run.elements[token.element]
    if token.member is not None and element.loop is not None:
        run.table.loops[element.loop.kind].member_done(run, token, element)
        return
    if element.boundaries or token.kind in (SCOPE, MULTI):
        for inner in run.children(token.id):
            run.drop(inner, "done")
    del run.tokens[token.id]
    run.leave(element, token.parent)


def write_outputs(run: Run, token: Token, element: Element, result: Mapping[str, object]) -> None:
    """Keep what an activity gave back: its output rows over the result, or (without rows) the result as it is."""
    if element.outputs:
        found = {name: run.value(expression, token.id, result) for name, expression in element.outputs}
        run.write(found)
    elif result:
        run.write(result)
