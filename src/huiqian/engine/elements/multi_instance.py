"""Multi-instance: the activity once for each item, together or one after the other (BPMN 2.0.2 §10.3.8, §13.3.7).

The activity's own token counts: how many members there are, how many are through, what they yielded, and (where they
go one after the other) who is still to come.
"""

from collections.abc import Sequence
from typing import Any

from huiqian.engine.behaviour import Repetition
from huiqian.engine.definition import Element
from huiqian.engine.elements import activity
from huiqian.engine.run import Run, Trouble
from huiqian.engine.state import MULTI, SCOPE, TASK, Token
from huiqian.engine.values import keep, kept

MAX_MEMBERS = 1_000


def enter(run: Run, token: Token, element: Element) -> None:
    """Begin a member for each item, or only the first; without items the activity is done at once."""
    try:
        items = _items(run, token, element)
    except Trouble as trouble:
        run.fail(token, trouble, "enter")
        return
    sequential = element.loop is not None and element.loop.kind == "sequential"
    body = run.turn(token, MULTI, {"of": len(items), "done": 0})
    if sequential and items:
        body = run.turn(token, MULTI, {**body.data, "next": items[1:]})
    for item in items[:1] if sequential else items:
        begin_member(run, body.id, element, item)
    if not items:
        close(run, run.tokens[body.id], element)


def begin_member(run: Run, body: int, element: Element, item: Any) -> None:
    """Begin one more member, with the next number."""
    data = run.tokens[body].data
    number = data.get("begun", 0) + 1
    run.turn(run.tokens[body], MULTI, {**data, "begun": number})
    activity.begin(run, run.put(element.id, body, TASK, member=(number, item)), element)


def member_done(run: Run, token: Token, element: Element) -> None:
    """A member is through: keep what it yields, begin the next, or end where all or enough are through."""
    loop = element.loop
    assert loop is not None
    data = dict(run.tokens[token.parent].data)
    data["done"] += 1
    if loop.output is not None:
        data["out"] = [*data.get("out", ()), [token.member[0], keep(run.value(loop.output, token.id))]]
    run.drop(token, "done") if token.kind == SCOPE else run.tokens.pop(token.id)
    run.turn(run.tokens[token.parent], MULTI, data)
    settle(run, token.parent, element)


def settle(run: Run, number: int, element: Element) -> None:
    """End where all members or enough of them are through; else let the next begin, if one waits for its turn."""
    body = run.tokens[number]
    data = body.data
    if data["done"] >= data["of"] or _is_enough(run, body, element):
        close(run, run.tokens[number], element)
    elif data.get("next"):
        item, *rest = data["next"]
        run.turn(body, MULTI, {**data, "next": rest})
        begin_member(run, body.id, element, item)


def close(run: Run, body: Token, element: Element) -> None:
    """The activity is done: members still open close, what was gathered is written."""
    for member in run.children(body.id):
        if member.member is not None:
            run.drop(member, "enough")
    if element.loop is not None and element.loop.result:
        gathered = sorted(body.data.get("out", ()), key=lambda pair: pair[0])
        run.write({element.loop.result: [kept(value) for _, value in gathered]})
    activity.finish(run, body)


def _items(run: Run, token: Token, element: Element) -> list[Any]:
    loop = element.loop
    assert loop is not None
    if loop.collection is not None:
        value = run.value(loop.collection, token.id)
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise Trouble("members-list", value=str(value)[:100])
        items = [keep(item) for item in value]
    else:
        count = run.value(loop.count, token.id) if loop.count is not None else None
        try:
            items = [None] * min(int(str(count)), MAX_MEMBERS + 1)
        except ValueError:
            raise Trouble("members-count", value=str(count)[:100]) from None
    if len(items) > MAX_MEMBERS:
        raise Trouble("members-many", limit=str(MAX_MEMBERS))
    return items


def _is_enough(run: Run, body: Token, element: Element) -> bool:
    data = body.data
    if element.loop is None or element.loop.until is None or not data["done"]:
        return False
    counts: dict[str, object] = {
        "nrOfInstances": data["of"], "nrOfCompletedInstances": data["done"],
        "nrOfActiveInstances": data.get("begun", 0) - data["done"],
    }  # fmt: skip
    try:
        return run.value(element.loop.until, body.id, counts) is True
    except Trouble as trouble:  # the others go on; nobody is left out because a condition cannot be worked out
        run.stand(element, body.id, trouble, "")
        return False


REPETITION = Repetition(enter, member_done)
