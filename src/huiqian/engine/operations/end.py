"""Withdraw and terminate: the case ends before its time, suspended or not."""

from huiqian.engine.elements.terminate import end
from huiqian.engine.findings import NotPossible
from huiqian.engine.inputs import Terminate, Withdraw
from huiqian.engine.run import Run
from huiqian.engine.state import ROOT, State


def withdraw(run: Run, given: Withdraw, before: State) -> None:
    """The starter takes the case back."""
    _end(run, before, "withdrawn")


def terminate(run: Run, given: Terminate, before: State) -> None:
    """An administrator ends the case."""
    _end(run, before, "terminated")


def _end(run: Run, before: State, how: str) -> None:
    if not before.started:
        raise NotPossible("not-started")
    if before.ended:
        raise NotPossible("ended", how=before.how)
    run.suspended = False
    end(run, ROOT, how)
