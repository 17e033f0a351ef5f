"""What every operation asks first: does the case run, does it wait for this?"""

from huiqian.engine.findings import NotPossible
from huiqian.engine.run import Run
from huiqian.engine.state import State, Token


def check_running(state: State) -> None:
    """Refuse a case that has not begun, is over or is suspended."""
    if not state.started:
        raise NotPossible("not-started")
    if state.how:
        raise NotPossible("ended", how=state.how)
    if state.suspended:
        raise NotPossible("suspended")


def waiting(run: Run, wait: str, *kinds: str) -> Token:
    """The token that waits under this id, and for this kind of answer."""
    token = run.tokens.get(int(wait)) if wait.isascii() and wait.isdigit() and len(wait) < 12 else None
    if token is None:
        raise NotPossible("no-wait", wait=wait[:20])
    if kinds and token.kind not in kinds:
        raise NotPossible("other-wait", wait=wait, kind=token.kind)
    if token.element not in run.elements:
        raise NotPossible("other-version", element=token.element)
    return token
