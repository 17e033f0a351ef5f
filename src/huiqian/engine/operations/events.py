"""What comes from outside by itself: a timer is due, a message came, a signal was thrown."""

from huiqian.engine.findings import NotPossible
from huiqian.engine.inputs import Broadcast, Deliver, Fire
from huiqian.engine.operations.waiting import check_running, waiting
from huiqian.engine.run import Run
from huiqian.engine.state import MESSAGE, SIGNAL, TIMER, State, Token


def fire(run: Run, given: Fire, before: State) -> None:
    """A timer is due."""
    check_running(before)
    happen(run, waiting(run, given.wait, TIMER))


def deliver(run: Run, given: Deliver, before: State) -> None:
    """A message came: the oldest wait for its name and key takes it; a wait without a key takes any."""
    check_running(before)
    for token in run.tokens.values():
        if token.kind == MESSAGE and token.data[0] == given.name and token.data[1] in (None, given.key):
            happen(run, token)
            return
    raise NotPossible("not-awaited", name=given.name[:100], key=(given.key or "")[:100])


def broadcast(run: Run, given: Broadcast, before: State) -> None:
    """A signal was thrown: whoever listens hears it; nobody has to."""
    check_running(before)
    heard = [t for t in run.tokens.values() if t.kind == SIGNAL and t.data[0] == given.name]
    for token in heard:
        if token.id in run.tokens and not run.how:
            happen(run, token)


def happen(run: Run, token: Token) -> None:
    """Let an event that was waited for take place."""
    element = run.elements[token.element]
    run.table.elements[element.kind].happen(run, token, element)
