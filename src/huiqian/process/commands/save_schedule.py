"""Change when a process begins by itself."""

from collections.abc import Mapping
from datetime import time

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid, NotFound, Stale
from huiqian.org.access import check_may_administer
from huiqian.org.queries import roster
from huiqian.process.models import Definition, Schedule
from huiqian.process.schedules import note_saved, rhythm_of, schedule_errors


@command
def save_schedule(
    actor: Actor,
    process: str,
    *,
    enabled: bool,
    rule: str,
    day: str,
    at: str,
    month: str = "1",
    values: Mapping[str, str] | None = None,
    starter: str = "",
    based_on: int = 0,
) -> Schedule:
    """Say when a process begins by itself, and with which values; turns that have passed are not taken up again.

    For administrators. `based_on` is the revision looked at (0: there was none): Stale when somebody saved another
    since. Invalid names each field that is wrong: rule, day, month, at, starter, values.<name>.
    """
    check_may_administer(actor)
    definition = Definition.objects.select_for_update().filter(code=process).first()
    if definition is None:
        raise NotFound
    found = Schedule.objects.select_for_update().filter(definition=definition).first()
    if (found.revision if found else 0) != based_on:
        raise Stale(_("Somebody saved this schedule in the meantime. Look at it and enter your change again."))
    said = {name.strip(): text.strip() for name, text in (values or {}).items() if name.strip() and text.strip()}
    errors = schedule_errors({"rule": rule, "day": day, "month": month, "at": at, "values": said})
    if starter and starter not in roster().positions:
        errors["starter"] = [_("There is no such position.")]
    if errors:
        raise Invalid(errors)
    now = clock.now()
    schedule = found or Schedule(definition=definition, revision=0)
    schedule.definition = definition
    schedule.enabled, schedule.rule, schedule.day = enabled, rule, int(day)
    schedule.month, schedule.at = int(month or 1), time.fromisoformat(at)
    schedule.values, schedule.starter = said, starter
    schedule.next_at = rhythm_of(schedule).after(now)
    schedule.revision += 1
    schedule.save()
    note_saved(actor, schedule, now)
    return schedule
