"""Add or remove a member of a running multi-instance."""

from huiqian.engine.elements.multi_instance import begin_member, settle
from huiqian.engine.findings import NotPossible
from huiqian.engine.inputs import AddMember, RemoveMember
from huiqian.engine.operations.waiting import check_running, waiting
from huiqian.engine.run import Run
from huiqian.engine.state import MULTI, State, Token
from huiqian.engine.values import keep


def add_member(run: Run, given: AddMember, before: State) -> None:
    """One more: begins at once, or (one after the other) comes last."""
    check_running(before)
    token = waiting(run, given.wait)
    body = token if token.kind == MULTI else _body_of(run, token)
    element = run.elements[body.element]
    if element.loop is None or element.loop.kind == "standard":
        raise NotPossible("not-member", wait=given.wait)
    data = {**body.data, "of": body.data["of"] + 1}
    item = keep(given.item)
    if element.loop.kind == "sequential":
        run.turn(body, MULTI, {**data, "next": [*data.get("next", ()), item]})
    else:
        run.turn(body, MULTI, data)
        begin_member(run, body.id, element, item)


def remove_member(run: Run, given: RemoveMember, before: State) -> None:
    """One less: its work closes; where nobody is left to wait for the activity is done."""
    check_running(before)
    token = waiting(run, given.wait)
    body = _body_of(run, token)
    element = run.elements[body.element]
    member = _member_of(run, token)
    if element.loop is None or element.loop.kind == "standard":
        raise NotPossible("not-member", wait=given.wait)
    run.drop(member, "removed")
    run.turn(body, MULTI, {**body.data, "of": body.data["of"] - 1})
    settle(run, body.id, element)


def _member_of(run: Run, token: Token) -> Token:
    """The member that a wait is, or is inside of."""
    while token.member is None:
        if token.parent == 0:
            raise NotPossible("not-member", wait=str(token.id))
        token = run.tokens[token.parent]
    return token


def _body_of(run: Run, token: Token) -> Token:
    return run.tokens[_member_of(run, token).parent]
