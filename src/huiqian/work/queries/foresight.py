"""Who will be asked, before a case is started."""

from collections.abc import Mapping
from typing import Any

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.forms.rules import check_answers
from huiqian.org.queries import roster
from huiqian.process.content import content_of
from huiqian.process.members import Members, Seen, variables_of
from huiqian.process.start import decisions_in_force, first_step, version_to_start
from huiqian.work.queries.timeline import TimelineItem, future
from huiqian.work.rules import rights


def foresee(actor: Actor, code: str, values: Mapping[str, Any]) -> tuple[TimelineItem, ...]:
    """The route a case would take with these answers, wrong and missing ones left out. 3 queries.

    Refusals: those of starting the process.
    """
    version = version_to_start(actor, code)
    content = content_of(version.pk)
    step = first_step(content.definition)
    form = content.form_of(step.id) if step else None
    answers: Mapping[str, Any] = {}
    if form is not None and step is not None:
        today = clock.now().astimezone(COMPANY_ZONE).date()
        checked = check_answers(form, values, rights=rights(step), known={}, today=today, partial=True)
        answers = checked.values
    # A case that is not there yet: no members, but the organisation and the registers can be asked.
    seen = Seen(0, content, dict(answers), roster(), clock.now(), Members(0))
    decisions = decisions_in_force(version.definition_id)
    return tuple(future(content, None, variables_of(seen), decisions, seen.roster, actor.person))
