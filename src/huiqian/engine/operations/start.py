"""Start: a case begins at its start event."""

from huiqian.engine.elements.event_sub_process import listen_in
from huiqian.engine.findings import NotPossible
from huiqian.engine.inputs import Start
from huiqian.engine.run import Run
from huiqian.engine.state import ROOT, State


def start(run: Run, given: Start, before: State) -> None:
    """Set a token on the plain start event, or on the one named."""
    if before.started:
        raise NotPossible("started")
    events = [e for e in run.definition.starts() if (e.trigger is None if given.event is None else e.id == given.event)]
    if not events:
        raise NotPossible("no-start", event=given.event or "")
    listen_in(run, None, ROOT)
    run.arrive(events[0].id, ROOT)
