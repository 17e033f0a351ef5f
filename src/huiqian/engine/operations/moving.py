"""Moves a token to another element: what lies behind the target closes and is open again, what runs beside it stays."""

from huiqian.engine.definition import Element
from huiqian.engine.elements.activity import begin, watch
from huiqian.engine.elements.event_sub_process import listen_in
from huiqian.engine.elements.sub_process import open_scope
from huiqian.engine.findings import NotPossible
from huiqian.engine.order import order
from huiqian.engine.run import Run
from huiqian.engine.state import ARRIVED, ROOT, SCOPE, TASK, Token


def move_to(run: Run, source: Token | None, target: Element, reason: str) -> None:
    """Go on at `target`: instead of `source`, or (without one) instead of everything.

    The move happens in the innermost running scope around both. Siblings that come after the target, or could not
    run at the same time, close; those in other branches stay. A target beside the source asks again, and so does
    the source.
    """
    scope = _common_scope(run, source, target)
    inner = _inner_scopes(run, scope, target)
    top = inner[0].id if inner else target.id
    _check_enterable(inner)
    left = _top_of(run, source, scope) if source is not None else None
    beside = left is not None and _runs_beside(run, scope, top, left)
    listens_again = left is not None and not beside and run.elements[left.element].by_event
    for token in run.children(scope):
        closes = (token is left and not beside) or (token is not left and _closes(run, scope, top, token, left is None))
        if closes:
            run.drop(token, reason)
    forget_passed(run, target, [element.id for element in inner])
    if beside and source is not None:
        _ask_again(run, source, reason)
    if listens_again:
        _listen_again(run, scope)
    run.undo.clear()
    run.arrive(target.id, _open_scopes(run, scope, inner))


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


def _runs_beside(run: Run, scope: int, target: str, token: Token) -> bool:
    outer = run.tokens[scope].element if scope != ROOT else None
    return order(run.definition, outer).fork(target, _place(token)) is not None


def _closes(run: Run, scope: int, target: str, token: Token, everything: bool) -> bool:
    element = run.elements[token.element]
    if run.is_listener(token):
        return False
    return everything or not (element.by_event or _runs_beside(run, scope, target, token))


def forget_passed(run: Run, target: Element, inner: list[str]) -> None:
    """Take what lies behind the target out of this round, in its own scope and behind each scope that opens."""
    gone: set[str] = set()
    for name in [*inner, target.id]:
        places = order(run.definition, run.elements[name].scope).behind(name)
        gone |= places if name == target.id else places - {name}
    for name in [e for e in run.passed if e in gone or gone.intersection(run.definition.around(e))]:
        del run.passed[name]
    for name in inner:
        run.passed.pop(name, None)
    for name in list(run.taken):
        source = run.flows[name].source
        if name in gone or source in gone or gone.intersection(run.definition.around(source)):
            del run.taken[name]


def _ask_again(run: Run, source: Token, reason: str) -> None:
    element = run.elements[source.element]
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


def _open_scopes(run: Run, scope: int, inner: list[Element]) -> int:
    for element in inner:
        token = run.put(element.id, scope, SCOPE)
        open_scope(run, token, element)
        watch(run, token, element)
        scope = token.id
    return scope
