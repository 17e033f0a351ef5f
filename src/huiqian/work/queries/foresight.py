"""Who will be asked, before a case is started."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.forms.rules import check_answers
from huiqian.org.queries import roster
from huiqian.org.rules import DAY_ENDS
from huiqian.process.content import content_of
from huiqian.process.members import Members, Seen, variables_of
from huiqian.process.start import decisions_in_force, first_step, version_to_start
from huiqian.work.queries.pace import pace_of
from huiqian.work.queries.timeline import Future, future
from huiqian.work.rules import rights

# Nobody plans further ahead.
FURTHEST = timedelta(days=1000)


def latest_start(through: date, span: timedelta) -> datetime | None:
    """When a case that takes so much working time has to begin to be through by the end of a day, to the quarter of
    an hour; None where that day is over or years away. The moment may have passed.
    """
    if not timedelta(0) <= through - clock.today() <= FURTHEST:
        return None
    latest = roster().calendar.before(datetime.combine(through, DAY_ENDS, COMPANY_ZONE), span)
    return latest.replace(minute=latest.minute // 15 * 15, second=0, microsecond=0)


def foresee(actor: Actor, code: str, values: Mapping[str, Any]) -> Future:
    """The route a case would take with these answers, wrong and missing ones left out, and when. 4 queries.

    Refusals: those of starting the process.
    """
    version = version_to_start(actor, code)
    content = content_of(version.pk)
    step = first_step(content.definition)
    form = content.form_of(step.id) if step else None
    answers: Mapping[str, Any] = {}
    if form is not None and step is not None:
        checked = check_answers(form, values, rights=rights(step), known={}, today=clock.today(), partial=True)
        answers = checked.values
    # A case that is not there yet: no members, but the organisation and the registers can be asked.
    seen = Seen(0, content, dict(answers), roster(), clock.now(), Members(0))
    decisions = decisions_in_force(content, version)
    # The first step is the form itself: handed in, it is done.
    left = {step.id: timedelta(0)} if step else {}
    pace = pace_of(code)
    return future(content, None, variables_of(seen), decisions, seen.roster, actor.person, left, pace)
