"""Return: from a wait back to a step passed before, out of parallel branches too."""

from huiqian.engine.findings import NotPossible
from huiqian.engine.inputs import Return
from huiqian.engine.operations.moving import move_to
from huiqian.engine.operations.waiting import check_running, waiting
from huiqian.engine.run import Run
from huiqian.engine.state import State


def go_back(run: Run, given: Return, before: State) -> None:
    """Close what lies behind the target and ask there again."""
    check_running(before)
    token = waiting(run, given.wait)
    if given.to not in run.passed:
        raise NotPossible("not-passed", to=given.to[:100])
    if run.is_listener(token):
        raise NotPossible("other-wait", wait=given.wait, kind=token.kind)
    move_to(run, token, run.elements[given.to], "returned", back=True)
