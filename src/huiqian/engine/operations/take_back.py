"""Take back: open a completed task again, while nothing after it was touched.

After a task is completed the state remembers which tokens it set down and which it took away. As long as all those it
set down still stand as they were, both can be put back. A decision table that answered in between touches nothing; a
service, a message or a called process does.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from huiqian.engine import effects as do
from huiqian.engine.elements.activity import begin, watch
from huiqian.engine.elements.listening import listen
from huiqian.engine.findings import NotPossible
from huiqian.engine.inputs import TakeBack
from huiqian.engine.operations.waiting import check_running
from huiqian.engine.order import lies_behind
from huiqian.engine.run import Run
from huiqian.engine.state import ARRIVED, CHOICE, DECISION, MULTI, ROOT, SCOPE, TASK, State, Token

KEPT = 20
LASTING = frozenset((do.ThrowMessage, do.ThrowSignal, do.RunService, do.CallProcess, do.EndInstance, do.RaiseIncident))
STRUCTURE = (ARRIVED, CHOICE, MULTI, SCOPE)


def remember(run: Run, before: State, completed: Token) -> None:
    """Note what completing a token set down and took away, or that it lasts. Called after every completion."""
    if run.how or (completed.kind != TASK and not run.undo):
        return
    tokens = run.tokens
    born = [number for number in range(before.last + 1, run.last + 1) if number in tokens]
    gone = [completed]
    if len(tokens) - len(born) + 1 != len(before.tokens):
        gone += [token for number, token in before.tokens.items() if number not in tokens and token is not completed]
    lasts = not LASTING.isdisjoint(map(type, run.effects))
    for number, (there, taken) in list(run.undo.items()):
        if completed.kind == DECISION and completed.id in there and not lasts:
            rest = [token for token in gone if token.id not in there]
            run.undo[number] = ([*(n for n in there if n in tokens), *born], [*taken, *rest])
        elif not _still_stands(run, there, taken):
            del run.undo[number]
    if completed.kind == TASK and not lasts and _can_come_back(run, before, completed, born, gone):
        run.undo[completed.id] = (born, gone)
        if len(run.undo) > KEPT:
            del run.undo[next(iter(run.undo))]


def _still_stands(run: Run | State, there: Sequence[int], taken: Sequence[Any]) -> bool:
    """Whether all that was set down is still there, and the place of what was taken away (or it comes back too)."""
    for number in there:
        if number not in run.tokens:
            return False
    parent = taken[0][2]
    return parent == ROOT or parent in run.tokens or any(row[0] == parent for row in taken)


def _can_come_back(run: Run, before: State, completed: Token, born: list[int], gone: list[Token]) -> bool:
    changed = [number for number in run.turned if number <= before.last and number in run.tokens]
    if changed:  # a member of a multi-instance that goes on: the count goes back by one
        loop = run.elements[completed.element].loop
        return changed == [completed.parent] and not born and loop is not None and loop.kind == "parallel"
    for token in gone:
        if token.kind != TASK and token.kind not in STRUCTURE and not run.is_listener(token):
            return False
    return bool(born)


def may_take_back(state: State, wait: str) -> bool:
    """Whether what completing this wait set down still stands, so that it can be taken back."""
    record = state.undo.get(int(wait)) if wait.isascii() and wait.isdigit() else None
    return record is not None and _still_stands(state, *record)


def take_back(run: Run, given: TakeBack, before: State) -> None:
    """Put back what completing this wait took away; the task is asked again, under a new wait."""
    check_running(before)
    number = int(given.wait) if given.wait.isascii() and given.wait.isdigit() and len(given.wait) < 12 else -1
    record = run.undo.pop(number, None)
    if record is None or not _still_stands(run, *record):
        raise NotPossible("not-taken-back")
    born, gone = record
    for n in born:
        if n in run.tokens:
            run.drop(run.tokens[n], "taken back")
    rows = [Token._make(row) for row in gone]
    task = next(row for row in rows if row.id == number)
    run.forget(lies_behind(run.definition, task.element))
    _put_back(run, rows, task)


def _put_back(run: Run, rows: list[Token], task: Token) -> None:
    for row in rows:
        if row.kind in STRUCTURE:
            run.tokens[row.id] = row
    run.tokens = dict(sorted(run.tokens.items()))
    body = run.tokens.get(task.parent)
    if body is not None and body.kind == MULTI and body.id not in {row.id for row in rows}:
        run.turn(body, MULTI, _one_less(body.data, task.member[0]))
    _ask(run, task)
    for row in rows:
        if row.kind in STRUCTURE or row.id == task.id:
            continue
        if run.is_listener(row) and (row.parent == ROOT or row.parent in run.tokens):
            listen(run, run.elements[row.element], row.parent)
        elif row.kind == TASK:
            _ask(run, row)


def _ask(run: Run, task: Token) -> None:
    element = run.elements[task.element]
    token = run.put(task.element, task.parent, TASK, None, task.member)
    begin(run, token, element)
    if task.member is None:
        watch(run, run.tokens[token.id], element)


def _one_less(data: Mapping[str, Any], number: int) -> dict[str, Any]:
    less = {**data, "done": data["done"] - 1}
    if "out" in less:
        less["out"] = [pair for pair in less["out"] if pair[0] != number]
    return less
