"""How a process begins by itself: what a schedule says, and the case that a turn of it starts."""

import logging
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Incident, Refusal, Text
from huiqian.base.languages import language
from huiqian.engine import NotPossible
from huiqian.feel import ExpressionError, compile_expression
from huiqian.forms.rules import plain
from huiqian.journal.record import record
from huiqian.org.queries import roster
from huiqian.process.content import content_of
from huiqian.process.events import ScheduledStartFailed, ScheduleSaved
from huiqian.process.models import Schedule, ScheduleRun, Version
from huiqian.process.occurrences import Rhythm
from huiqian.process.run import retitle, save
from huiqian.process.start import asked_first, new_case
from huiqian.process.trying import both, said_by

log = logging.getLogger("huiqian.process")

# A server that was away for long takes up this many turns, the latest ones.
MOST_BACK = 12
MONTHS_A_YEAR = 12
# The last day that a rule may name.
LAST = {"monthly": 31, "weekly": 7, "yearly": 31}


def rhythm_of(schedule: Schedule) -> Rhythm:
    """When a schedule's turns come."""
    return Rhythm(schedule.rule, schedule.day, schedule.at, schedule.month)


def words_of(schedule: Schedule) -> str:
    """When it takes place, in words."""
    at = schedule.at.strftime("%H:%M")
    if schedule.rule == Schedule.Rule.WEEKLY:
        return gettext("every week on %(weekday)s at %(at)s") % {"weekday": WEEKDAYS[schedule.day - 1], "at": at}
    if schedule.rule == Schedule.Rule.YEARLY:
        said = {"day": schedule.day, "month": MONTHS[schedule.month], "at": at}
        return gettext("every year on day %(day)d of %(month)s at %(at)s") % said
    return gettext("every month on day %(day)d at %(at)s") % {"day": schedule.day, "at": at}


def schedule_words() -> dict[str, str]:
    """When each process that has a schedule in use begins by itself, in words, by code. 1 query."""
    found = Schedule.objects.filter(enabled=True).select_related("definition")
    return {schedule.definition.code: words_of(schedule) for schedule in found}


def open_turns(schedule: Schedule, now: datetime) -> list[date]:
    """The days whose turns can be taken up by hand: the last one and the next one, where they have no case. 1 query."""
    rhythm = rhythm_of(schedule)
    days = [one.astimezone(COMPANY_ZONE).date() for one in (rhythm.last(now), rhythm.after(now))]
    taken = set(schedule.runs.filter(occurrence__in=days).values_list("occurrence", flat=True))
    return [day for day in days if day not in taken]


def schedule_of(said: Mapping[str, Any]) -> Schedule:
    """A schedule as a version says it; not saved, of no process yet."""
    return Schedule(
        rule=said["rule"], day=said["day"], month=said["month"], at=time.fromisoformat(said["at"]),
        values=dict(said["values"]), starter=said["starter"],
    )  # fmt: skip


def said_by_schedule(schedule: Schedule) -> dict[str, Any]:
    """A schedule as a version would say it."""
    return {
        "rule": schedule.rule, "day": schedule.day, "month": schedule.month, "at": schedule.at.isoformat("minutes"),
        "values": dict(schedule.values), "starter": schedule.starter,
    }  # fmt: skip


def schedule_errors(said: Mapping[str, Any]) -> dict[str, list[Text]]:
    """What is wrong with a schedule, by field: rule, day, month, at, values.<name>. Days may be typed."""
    errors: dict[str, list[Text]] = {}
    last, day, month = LAST.get(said["rule"]), str(said["day"]), str(said["month"])
    if last is None:
        errors["rule"] = [_("Choose monthly, weekly or yearly.")]
    elif not (day.isdecimal() and 1 <= int(day) <= last):
        errors["day"] = [_("A number from 1 to %(last)d.") % {"last": last}]
    if said["rule"] == Schedule.Rule.YEARLY and not (month.isdecimal() and 1 <= int(month) <= MONTHS_A_YEAR):
        errors["month"] = [_("A number from 1 to %(last)d.") % {"last": MONTHS_A_YEAR}]
    if not _is_time(said["at"]):
        errors["at"] = [_("Write a time such as 09:00.")]
    for name, text in said["values"].items():
        if not name.isidentifier():
            errors[f"values.{name}"] = [_("A field's name has letters, digits and underscores only.")]
            continue
        try:
            values_on({name: text}, clock.today(), clock.now())
        except ExpressionError as error:
            errors[f"values.{name}"] = [error.text(language())]
    return errors


def _is_time(text: str) -> bool:
    try:
        return time.fromisoformat(text).tzinfo is None and len(text) == len("09:00")
    except (ValueError, TypeError):
        return False


def note_saved(actor: Actor, schedule: Schedule, now: datetime) -> None:
    """The fact of a schedule as it stands now."""
    fact = ScheduleSaved(
        code=schedule.definition.code, enabled=schedule.enabled, rule=schedule.rule, day=schedule.day,
        month=schedule.month, time=schedule.at.isoformat("minutes"), values=dict(schedule.values),
        starter=schedule.starter,
    )  # fmt: skip
    record(actor, f"process:{schedule.definition.code}", [fact], at=now)


def take_turn(actor: Actor, run: ScheduleRun, now: datetime) -> None:
    """Start the case of a turn, or keep why it could not be; what a failed start did is taken back."""
    run.tried_at, run.reason_zh, run.reason_en = now, "", ""
    try:
        with transaction.atomic():
            run.case_id = start_case_of(actor, run.schedule, run.occurrence, now)
    except (Incident, Refusal, ExpressionError) as failure:
        run.reason_zh, run.reason_en = said_by(failure)
    except NotPossible as failure:
        run.reason_zh, run.reason_en = failure.text("zh"), failure.text("en")
    except Exception:
        log.exception("%s could not be started for %s", run.schedule.definition.code, run.occurrence)
        run.reason_zh, run.reason_en = both(_("The start failed unexpectedly; the server's log says why."))
    run.save()
    if run.reason_en:
        code = run.schedule.definition.code
        fact = ScheduledStartFailed(code=code, occurrence=run.occurrence, reason=run.reason_en)
        record(actor, f"process:{code}", [fact], at=now)


def start_case_of(actor: Actor, schedule: Schedule, occurrence: date, now: datetime) -> int:
    """Start the case of a day: its values worked out, for the holder of the schedule's or the first step's position."""
    code = schedule.definition.code
    version = Version.objects.filter(definition_id=schedule.definition_id, status=Version.Status.IN_EFFECT).first()
    if version is None:
        raise Incident("no-process", _("No version of process %(process)s is in effect."), process=code)
    starter = starter_of(schedule, version, now.astimezone(COMPANY_ZONE).date())
    if starter is None:
        raise Incident("no-starter", _("Nobody is there to start it for: name a position."))
    values = values_on(schedule.values, occurrence, now)
    case = new_case(actor, version, now, data=values, starter=starter)
    retitle(case)
    save(case)
    return case.id


def starter_of(schedule: Schedule, version: Version, day: date) -> int | None:
    """Whose case it is: the holder of the position, else the nearest superior, else an administrator."""
    if not schedule.starter:
        return asked_first(roster(), content_of(version.pk), day)
    chosen = roster().choose(schedule.starter, day)
    return chosen[0].person.id if chosen else None


def values_on(values: Mapping[str, str], occurrence: date, now: datetime) -> dict[str, Any]:
    """What a case begins with: each value's expression may read `occurrence`, the day of the turn."""
    return {
        name: plain(compile_expression(text, ["occurrence"]).evaluate({"occurrence": occurrence}, now=now))
        for name, text in values.items()
    }
