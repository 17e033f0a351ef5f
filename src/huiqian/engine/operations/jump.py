"""Jump: an administrator moves a wait's token, or the whole case, to any element."""

from huiqian.engine.findings import NotPossible
from huiqian.engine.inputs import Jump
from huiqian.engine.operations.moving import move_to
from huiqian.engine.operations.waiting import check_running, waiting
from huiqian.engine.run import Run
from huiqian.engine.state import State


def jump(run: Run, given: Jump, before: State) -> None:
    """Go on at the target; it need not have been passed."""
    check_running(before)
    target = run.elements.get(given.to)
    if target is None:
        raise NotPossible("no-element", to=given.to[:100])
    if target.by_event or target.kind == "boundaryEvent":
        raise NotPossible("into-event", element=target.name or target.id)
    token = waiting(run, given.wait) if given.wait is not None else None
    if token is not None and run.is_listener(token):
        raise NotPossible("other-wait", wait=given.wait or "", kind=token.kind)
    move_to(run, token, target, "moved")
