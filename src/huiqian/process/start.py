"""How a case begins: which version, who may, its number and its row."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock, wires
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Forbidden, NotFound
from huiqian.documents.effects import add_reader, enclose, open_dossier
from huiqian.documents.models import Reader
from huiqian.engine import Definition, Element, Start, State
from huiqian.org.queries import roster
from huiqian.org.rules import Roster
from huiqian.process.content import Content, content_of
from huiqian.process.events import CaseStarted
from huiqian.process.models import DecisionVersion, Handover, Instance, InstanceLink, Version
from huiqian.process.run import Case, begin

NUMBER = """
insert into process_counter (code, year, last) values (%s, %s, 1)
on conflict (code, year) do update set last = process_counter.last + 1 returning last
"""


def first_step(definition: Definition) -> Element | None:
    """The step that the start event leads to, if it is one for people."""
    start = next((e for e in definition.elements.values() if e.kind == "startEvent" and e.scope is None), None)
    if start is None or len(start.outgoing) != 1:
        return None
    target = definition.elements[definition.flows[start.outgoing[0]].target]
    return target if target.kind in ("userTask", "manualTask") else None


def version_to_start(actor: Actor, code: str) -> Version:
    """The version in effect of a process that this person may start. NotFound, or Forbidden with whose it is."""
    version = (
        Version.objects.select_related("definition")
        .filter(definition__code=code, definition__startable=True, status=Version.Status.IN_EFFECT)
        .first()
    )
    if version is None:
        raise NotFound
    step = first_step(content_of(version.pk).definition)
    snapshot = roster()
    if step is not None and not may_start(actor, step, snapshot):
        position = snapshot.position_name(step.position or "")
        raise Forbidden(_("Only %(position)s starts this process.") % {"position": position})
    return version


def may_start(actor: Actor, step: Element, snapshot: Roster) -> bool:
    """Whether this person holds the position of the first step today."""
    if actor.id is None:
        return False
    named = snapshot.positions_named(step.position or "")
    return not snapshot.positions_of(actor.id, clock.today()).isdisjoint(named)


def started_from(actor: Actor, draft: UUID | None) -> Instance | None:
    """The case that this person's draft has started already, if it has."""
    if draft is None:
        return None
    return Instance.objects.filter(origin=draft, starter_id=actor.person).first()


def asked_first(snapshot: Roster, content: Content, day: date) -> int | None:
    """Who is asked at the first step for people: the starter of a case that nobody starts by hand."""
    step = first_step(content.definition) or _where_it_starts(content.definition)
    chosen = snapshot.choose(step.position or "", day) if step else ()
    return chosen[0].person.id if chosen else None


def _where_it_starts(definition: Definition) -> Element | None:
    """The start event where it stands in somebody's lane, else the first step for people."""
    start = next((e for e in definition.elements.values() if e.kind == "startEvent" and e.scope is None), None)
    return start if start is not None and start.position else first_people_step(definition)


def first_people_step(definition: Definition) -> Element | None:
    """The first step for people that a token meets, however far from the start."""
    for name in in_order(definition):
        if definition.elements[name].kind in ("userTask", "manualTask"):
            return definition.elements[name]
    return None


def in_order(graph: Definition) -> list[str]:
    """The elements in the order a token meets them, breadth first; a subprocess's own where it stands."""
    seen: dict[str, None] = {}

    def meet(scope: str | None) -> None:
        queue = [e.id for e in graph.elements.values() if e.kind == "startEvent" and e.scope == scope]
        while queue:
            name = queue.pop(0)
            if name not in seen:
                seen[name] = None
                meet(name)
                queue += [graph.flows[flow].target for flow in graph.elements[name].outgoing]

    meet(None)
    return [*seen, *(element for element in graph.elements if element not in seen)]


def new_case(
    actor: Actor,
    version: Version,
    now: datetime,
    origin: UUID | None = None,
    data: Mapping[str, Any] | None = None,
    *,
    starter: int | None = None,
    received: Sequence[int] = (),
    parent: int | None = None,
) -> Case:
    """Give a case its number, dossier and row, and let it run to its first wait.

    `starter` is whose case it is where nobody starts it by hand; `received` are documents of other cases that lie in
    its dossier; `parent` is the case that calls it.
    """
    content = content_of(version.pk)
    snapshot = roster()
    starter_id = actor.person if starter is None else starter
    case_id = open_dossier(content.watch, now)
    add_reader(case_id, starter_id, Reader.Role.STARTER, now)
    enclose(case_id, received, now)
    step = first_step(content.definition)
    instance = Instance(
        dossier_id=case_id, number=_next_number(content.code, now), version=version, title=content.name_zh, state={},
        data=dict(data or {}), decisions=decisions_in_force(content, version), starter_id=starter_id,
        parent_id=parent, starter_position=(step.position or "") if step else "", origin=origin, started_at=now,
    )  # fmt: skip
    instance.save(force_insert=True)
    case = Case(
        id=case_id, number=instance.number, version_id=version.pk, status=Instance.Status.RUNNING, title=instance.title,
        summary="", state=State.empty(content.definition), data=instance.data, decisions=instance.decisions,
        starter_id=starter_id, starter_position=instance.starter_position, round=1, revision=1, started_at=now,
        roster=snapshot, content=content, actor=actor, now=now,
    )  # fmt: skip
    case.occasions = ()
    case.facts.append(CaseStarted(number=case.number, process=content.code, version=content.number, title=case.title))
    take_up(case)
    if content.surveys:
        wires.hand("begin:surveys")(case)
    begin(case, Start(case.variables()))
    return case


def take_up(case: Case) -> None:
    """Take up what other processes left for the next case of this one. 1 statement, more where something waits."""
    waiting = Handover.objects.select_for_update(skip_locked=True).filter(
        process=case.content.code, taken_by__isnull=True
    )
    gathered: dict[str, list[Any]] = {}
    for offer in waiting.order_by("id"):
        for name, value in offer.values.items():
            gathered.setdefault(name, []).append(value)
        enclose(case.id, [offer.document_id], case.now)
        link_cases(offer.source_id, case.id, case.now)
        Handover.objects.filter(pk=offer.pk).update(taken_by_id=case.id)
    case.data.update(gathered)


def link_cases(source: int, target: int, at: datetime) -> None:
    """Remember that one case was handed on to another; once is enough."""
    InstanceLink.objects.get_or_create(source_id=source, target_id=target, kind="handed_on", defaults={"linked_at": at})


def _next_number(code: str, now: datetime) -> str:
    year = now.astimezone(COMPANY_ZONE).year
    with connection.cursor() as cursor:
        cursor.execute(NUMBER, [code, year])
        return f"{code}-{year}-{cursor.fetchone()[0]:04d}"


def decisions_in_force(content: Content, version: Version) -> dict[str, int]:
    """The newest version of each decision table that a version of a process asks, by key. 1 query."""
    newest = (
        DecisionVersion.objects.filter(decision__definition_id=version.definition_id, decision__key__in=content.tables)
        .order_by("decision_id", "-number")
        .distinct("decision_id")
    )
    return dict(newest.values_list("decision__key", "pk"))
