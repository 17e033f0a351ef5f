"""What a printed document says of the signatures that are still to come."""

from huiqian.base.actors import Actor
from huiqian.process.access import visible_cases
from huiqian.work.queries.case import case_view


def signatures_ahead(actor: Actor, dossier: int) -> tuple[tuple[str, str, str], ...]:
    """Step, position and person of every decision that a case still waits for or is expected to ask for."""
    number = visible_cases(actor).values_list("number", flat=True).filter(pk=dossier).first()
    if number is None:
        return ()
    return tuple(
        (item.step, item.position_name, item.person)
        for item in case_view(actor, number).timeline
        if item.state in {"current", "future"} and item.kind == "approve"
    )
