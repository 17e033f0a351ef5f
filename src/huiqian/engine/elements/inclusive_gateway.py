"""Inclusive gateway: goes on by every way out whose condition holds, and waits for every token that can still come
in (BPMN 2.0.2 §10.6.3, §13.4.3).
"""

from collections.abc import Iterator

from huiqian.engine.behaviour import Behaviour, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.graph import reaching
from huiqian.engine.run import ENTER, Run, Trouble
from huiqian.engine.state import ARRIVED, Token


def enter(run: Run, element: Element, scope: int, flow: str | None) -> None:
    """With one way in, decide at once; a join waits until every other token has come to rest."""
    if len(element.incoming) > 1 and flow is not None:
        run.put(element.id, scope, ARRIVED, flow)
        run.touched[scope] = None
    else:
        split(run, element, scope)


def join(run: Run) -> bool:
    """Let the first inclusive join that nothing more can reach go on. Asked when nothing moves any more."""
    places = {
        (token.element, token.parent): None for token in run.look()
        if token.kind == ARRIVED and run.elements[token.element].kind == "inclusiveGateway"
    }  # fmt: skip
    if not places:
        return False
    scopes: dict[int, list[Token]] = {}
    for token in run.look():
        scopes.setdefault(token.parent, []).append(token)
    for name, scope in places:
        if _is_complete(run, name, scopes[scope]):
            _pass(run, name, scope)
            return True
    return False


def _is_complete(run: Run, name: str, tokens: list[Token]) -> bool:
    """The rule of §13.4.3: no token of this scope has a path to a way in that has no token yet, unless it also has a
    path to one that has; paths do not go through the gateway itself.
    """
    element = run.elements[name]
    here = [t for t in tokens if not run.is_listener(t)]
    come = {t.data for t in here if t.element == name and t.kind == ARRIVED}
    missing = [flow for flow in element.incoming if flow not in come]
    elsewhere = [t.data if t.kind == ARRIVED else t.element for t in here if t.element != name]
    return not any(
        any(place in reaching(run.definition, name, flow) for flow in missing)
        and not any(place in reaching(run.definition, name, flow) for flow in come)
        for place in elsewhere
    )


def _pass(run: Run, name: str, scope: int) -> None:
    first: dict[str, Token] = {}
    for token in run.tokens.values():
        if token.kind == ARRIVED and token.element == name and token.parent == scope:
            first.setdefault(token.data, token)
    for token in first.values():
        del run.tokens[token.id]
    try:
        split(run, run.elements[name], scope)
    except Trouble as trouble:
        run.stand(run.elements[name], scope, trouble, ENTER)


def split(run: Run, element: Element, scope: int) -> None:
    """Go on by every flow whose condition holds, by the default one where none does."""
    chosen = run.choices(element, scope)
    if element.outgoing and not chosen:
        run.stand(element, scope, Trouble("no-way"), ENTER)
        return
    run.mark(element)
    run.touched[scope] = None
    for flow in chosen:
        run.take(flow, scope)


def check(definition: Definition, element: Element) -> Iterator[Problem]:
    """Where it decides, a default flow makes sure that there is a way."""
    all_ask = all(definition.flows[name].condition is not None for name in element.outgoing)
    if len(element.outgoing) > 1 and element.default is None and all_ask:
        yield "warning:no-default", {}


INCLUSIVE_GATEWAY = Behaviour("inclusiveGateway", enter, check=check)
