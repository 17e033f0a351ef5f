"""Moves a token to another element: what lies behind the target closes and is open again, what runs beside it stays."""

from huiqian.engine.definition import Element
from huiqian.engine.elements.activity import begin, watch
from huiqian.engine.elements.event_sub_process import listen_in
from huiqian.engine.elements.sub_process import open_scope
from huiqian.engine.findings import NotPossible
from huiqian.engine.order import lies_behind, order
from huiqian.engine.run import Run
from huiqian.engine.state import ARRIVED, ROOT, SCOPE, TASK, Token


def move_to(run: Run, source: Token | None, target: Element, reason: str, *, back: bool = False) -> None:
    """Go on at `target`: instead of `source`, or (without one) instead of everything.

    The move happens in the innermost running scope around both. Siblings that come after the target, or could not
    run at the same time, close; those in other branches stay. A target beside the source asks again, and so does
    the source. With `back` the target may not lie behind the source (in the branch of a timer that does not interrupt).
    """
    scope = _common_scope(run, source, target)
    inner = _inner_scopes(run, scope, target)
    top = inner[0].id if inner else target.id
    _check_enterable(inner)
    left = _top_of(run, source, scope) if source is not None else None
    if back and left is not None and left.element != top and _is_ahead(run, top, left):
        raise NotPossible("ahead", to=target.name or target.id)
    beside = left is not None and _runs_beside(run, scope, top, left)
    if beside:
        scope, inner = _step_inside(run, scope, inner)
        top = inner[0].id if inner else target.id
    listens_again = left is not None and not beside and run.elements[left.element].by_event
    for token in run.children(scope):
        closes = (token is left and not beside) or (token is not left and _closes(run, scope, top, token, left is None))
        if closes:
            run.drop(token, reason)
    arrived = _back_at_joins(run, target, inner, left)
    run.forget(lies_behind(run.definition, target.id, [element.id for element in inner]))
    for element in inner:
        run.passed.pop(element.id, None)
    if beside and source is not None:
        _ask_again(run, source, reason)
    if listens_again:
        _listen_again(run, scope)
    run.undo.clear()
    places = _open_scopes(run, scope, inner)
    for join, flow in arrived:
        run.put(join, places[run.elements[join].scope], ARRIVED, flow)
    run.arrive(target.id, places[target.scope])


def _common_scope(run: Run, source: Token | None, target: Element) -> int:
    around = run.definition.around(target.id)
    place = source.parent if source is not None else ROOT
    while place != ROOT:
        token = run.tokens[place]
        if token.kind == SCOPE and token.element in around:
            return place
        place = token.parent
    return ROOT


def _inner_scopes(run: Run, scope: int, target: Element) -> list[Element]:
    """The subprocesses between the scope and the target, the outermost first."""
    outer = run.tokens[scope].element if scope != ROOT else None
    chain = []
    for name in run.definition.around(target.id):
        if name == outer:
            break
        chain.append(run.elements[name])
    return chain[::-1]


def _step_inside(run: Run, scope: int, inner: list[Element]) -> tuple[int, list[Element]]:
    """Into the target's subprocesses that run already, beside the source: they go on, but for what lies behind it."""
    while inner:
        live = [t for t in run.children(scope) if t.kind == SCOPE and t.element == inner[0].id and t.member is None]
        if len(live) != 1:
            break
        scope, inner = live[0].id, inner[1:]
    return scope, inner


def _check_enterable(inner: list[Element]) -> None:
    for element in inner:
        if element.loop is not None:
            raise NotPossible("into-loop", element=element.name or element.id)
        if element.by_event:
            raise NotPossible("into-event", element=element.name or element.id)


def _top_of(run: Run, token: Token, scope: int) -> Token:
    while token.parent != scope:
        token = run.tokens[token.parent]
    return token


def _place(token: Token) -> str:
    return str(token.data) if token.kind == ARRIVED else token.element


def _is_ahead(run: Run, top: str, left: Token) -> bool:
    return top in order(run.definition, run.elements[top].scope).behind(_place(left))


def _runs_beside(run: Run, scope: int, target: str, token: Token) -> bool:
    outer = run.tokens[scope].element if scope != ROOT else None
    return order(run.definition, outer).fork(target, _place(token)) is not None


def _closes(run: Run, scope: int, target: str, token: Token, everything: bool) -> bool:
    element = run.elements[token.element]
    if run.is_listener(token):
        return False
    if everything:
        return True
    return not (element.by_event or _runs_beside(run, scope, target, token) or _started(run, target, token))


def _started(run: Run, target: str, token: Token) -> bool:
    """Whether the target is what an activity started beside itself, by an event that does not interrupt it."""
    element = run.elements[token.element]
    ranks = order(run.definition, element.scope)
    beside = [name for name in element.boundaries if not run.elements[name].interrupting]
    onward = [name for name in (*element.outgoing, *element.boundaries) if name not in beside]
    return any(target in ranks.behind(name) for name in beside) and not any(target in ranks.behind(n) for n in onward)


def _back_at_joins(run: Run, target: Element, inner: list[Element], left: Token | None) -> list[tuple[str, str]]:
    """The ways into joins, behind the target and already gone through, by which no token will come again: the other
    branches are done and stay done, so that the join waits for the target's branch alone.
    """
    found = []
    for place in (*inner, target):
        ranks = order(run.definition, place.scope)
        behind = ranks.behind(place.id)
        joined = behind & run.passed.keys() - {place.id}
        ahead = (
            ranks.behind(_place(left)) if left is not None and run.elements[left.element].scope == place.scope else ()
        )
        for join in run.definition.inside[place.scope]:
            if join.kind == "parallelGateway" and join.id in joined and join.id not in ahead and len(join.incoming) > 1:
                found += [(join.id, flow) for flow in join.incoming if flow in run.taken and flow not in behind]
    return found


def _ask_again(run: Run, source: Token, reason: str) -> None:
    element = run.elements[source.element]
    if not element.is_activity:
        return  # nobody was asked: it goes on waiting
    run.drop(source, reason)
    token = run.put(source.element, source.parent, TASK, None, source.member)
    begin(run, token, element)
    if source.member is None:
        watch(run, run.tokens[token.id], element)


def _listen_again(run: Run, scope: int) -> None:
    heard = {run.elements[token.element].scope for token in run.children(scope) if run.is_listener(token)}
    outer = run.tokens[scope].element if scope != ROOT else None
    if not heard:
        listen_in(run, outer, scope)


def _open_scopes(run: Run, scope: int, inner: list[Element]) -> dict[str | None, int]:
    """Enter the scopes down to the target's; the token of each."""
    places = {run.tokens[scope].element if scope != ROOT else None: scope}
    for element in inner:
        token = run.put(element.id, scope, SCOPE)
        open_scope(run, token, element)
        watch(run, token, element)
        places[element.id] = scope = token.id
    return places
