"""What a version brings beside its diagram and forms: decision tables and the schedule, in force only with it.

Both are the administrators' from then on. So a later version replaces them only where it says them otherwise than the
version before it did; where it does not, what an administrator has set stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.feel.dmn import Model, read_model
from huiqian.journal.record import record
from huiqian.process.content import Content, decision_model
from huiqian.process.events import DecisionSaved
from huiqian.process.models import Decision, DecisionVersion, Schedule, Version
from huiqian.process.schedules import note_saved, rhythm_of, said_by_schedule, schedule_of
from huiqian.process.start import decisions_in_force


@dataclass(frozen=True, slots=True)
class InForce:
    """What stands today where a version says otherwise than the one before it: tables (DMN by key), the schedule."""

    tables: Mapping[str, str]
    schedule: Mapping[str, Any] | None


def tables_of(version: Version | None) -> Mapping[str, Any]:
    """The decision tables that a version brings: name and DMN by key."""
    found: Mapping[str, Any] = version.content.get("decisions", {}) if version else {}
    return found


def schedule_said(version: Version | None) -> Mapping[str, Any] | None:
    """When a version says that its process begins by itself."""
    return version.content.get("schedule") if version else None


def same_rules(one: str, other: str) -> bool:
    """Whether two DMN files decide the same, however they are written."""
    return one == other or replace(read_model(one.encode()), source=b"") == replace(
        read_model(other.encode()), source=b""
    )


def said_anew(version: Version, before: Version | None) -> Mapping[str, str]:
    """The decision tables (DMN by key) that a version brings and the one before it did not say so."""
    was = tables_of(before)
    return {
        key: one["dmn"]
        for key, one in tables_of(version).items()
        if key not in was or not same_rules(was[key]["dmn"], one["dmn"])
    }


def bring_along(actor: Actor, version: Version, before: Version | None, now: datetime) -> None:
    """Put in force what a version brings; the definition is locked, `before` was in effect until now."""
    anew = said_anew(version, before)
    for key, one in tables_of(version).items():
        name = {"name_zh": one["name"]["zh"], "name_en": one["name"]["en"]}
        # Locks the table's row: an administrator who edits it at this moment comes before or after.
        decision, _new = Decision.objects.update_or_create(definition_id=version.definition_id, key=key, defaults=name)
        _bring_table(actor, version, decision, one["dmn"], now, anew=key in anew)
    if schedule_said(version) != schedule_said(before):
        _bring_schedule(actor, version)


def _bring_table(actor: Actor, version: Version, decision: Decision, dmn: str, now: datetime, *, anew: bool) -> None:
    current = decision.versions.order_by("-number").first()
    if current is not None and (not anew or same_rules(current.dmn, dmn)):
        return
    saved = DecisionVersion.objects.create(
        decision=decision, number=current.number + 1 if current else 1, dmn=dmn, brought_by=version,
        author_id=actor.id, created_at=now,
    )  # fmt: skip
    code = version.definition.code
    fact = DecisionSaved(code=code, key=decision.key, version=saved.number, note="", brought_by=version.number)
    record(actor, f"process:{code}", [fact])


def _bring_schedule(actor: Actor, version: Version) -> None:
    """The schedule as the version says it, its turns from now on. One that it says no more is off, and one that an
    administrator switched off stays so.
    """
    said, now = schedule_said(version), clock.now()
    found = Schedule.objects.select_for_update().filter(definition_id=version.definition_id).first()
    if said is None:
        if found is None or not found.enabled:
            return
        found.enabled, schedule = False, found
    else:
        schedule = schedule_of(said)
        schedule.definition, schedule.revision = version.definition, 0
        if found is not None:
            schedule.pk, schedule.enabled, schedule.revision = found.pk, found.enabled, found.revision
        schedule.next_at = rhythm_of(schedule).after(now)
    schedule.revision += 1
    schedule.save()
    note_saved(actor, schedule, now)


def in_force(version: Version, before: Version) -> InForce:
    """What stands today of what a version on its way will replace. 2 queries, none where it replaces nothing."""
    anew = said_anew(version, before)
    if not anew and schedule_said(version) == schedule_said(before):
        return InForce({}, None)
    newest = DecisionVersion.objects.filter(decision__definition_id=version.definition_id, decision__key__in=anew)
    rows = newest.order_by("decision_id", "-number").distinct("decision_id").values_list("decision__key", "dmn")
    schedule = Schedule.objects.filter(definition_id=version.definition_id).first()
    return InForce(dict(rows), said_by_schedule(schedule) if schedule else None)


def models_by(content: Content, version: Version, before: Version | None = None) -> Mapping[str, Model]:
    """The decision tables by which cases of a version decide: those in force, and with `before` (the version in
    effect) those that it will bring. 1 query.
    """
    models = {key: decision_model(pk) for key, pk in decisions_in_force(content, version).items()}
    anew = said_anew(version, before) if before else {}
    return models | {key: read_model(dmn.encode()) for key, dmn in anew.items()}
