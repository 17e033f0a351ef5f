"""Suspend and resume: between them nothing moves."""

from huiqian.engine.findings import NotPossible
from huiqian.engine.inputs import Resume, Suspend
from huiqian.engine.operations.waiting import check_running
from huiqian.engine.run import Run
from huiqian.engine.state import State


def suspend(run: Run, given: Suspend, before: State) -> None:
    """Let nothing move until the case is resumed."""
    check_running(before)
    run.suspended = True


def resume(run: Run, given: Resume, before: State) -> None:
    """Go on. Timers that came due meanwhile are fired by whoever keeps them."""
    if not before.suspended:
        raise NotPossible("not-suspended")
    run.suspended = False
