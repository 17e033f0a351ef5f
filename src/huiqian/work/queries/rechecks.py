"""Re-checks (复核): those that wait for somebody, those of a case, those that one cause asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.org.queries import roster
from huiqian.org.rules import PersonRef
from huiqian.process.access import visible_cases
from huiqian.process.content import content_of
from huiqian.process.models import Instance
from huiqian.work.access import check_may_answer, recheck_for
from huiqian.work.models import Recheck
from huiqian.work.rechecks import GIVEN_UP, responsible_for


@dataclass(frozen=True, slots=True)
class RecheckView:
    """A re-check with its case; `mine`: the reader may answer it."""

    id: int
    cause: str
    detail: Mapping[str, Any]
    lines: Sequence[Mapping[str, str]]
    case_number: str
    case_title: str
    case_status: str
    version: int
    process_code: str
    process_name: str
    person: PersonRef
    deputy: str
    asked_at: datetime
    due_at: datetime | None
    answer: str
    note: str
    answered_by: str
    answered_at: datetime | None
    mine: bool
    behalf: str


def waiting_rechecks(actor: Actor) -> tuple[RecheckView, ...]:
    """What somebody is asked to look at again, or those they decide for are; the most urgent first. 1 query."""
    people = [actor.person, *sorted(roster().stands_in_for(actor.person, clock.today()))]
    found = Recheck.objects.filter(answer="", person_id__in=people).exclude(instance__status__in=GIVEN_UP)
    return _views(actor, found.order_by("due_at", "id"))


def rechecks_of_case(actor: Actor, case_id: int, *, holds: bool = False) -> tuple[RecheckView, ...]:
    """The re-checks of a case that the caller has checked may be read; `holds`: it waits for the reader. 1 query."""
    return _views(actor, Recheck.objects.filter(instance_id=case_id).order_by("id"), holds=holds)


def rechecks_of_cause(actor: Actor, cause: str) -> tuple[RecheckView, ...]:
    """What a cause asked to be looked at again, in cases that the reader may read: nobody learns of others. 1 query."""
    found = Recheck.objects.filter(cause=cause, instance__in=visible_cases(actor))
    return _views(actor, found.order_by("instance__number", "id"))


def recheck_view(actor: Actor, recheck: int) -> RecheckView:
    """A re-check that the reader may answer, or could have. 2 or 3 queries; NotFound, Forbidden."""
    found = recheck_for(actor, recheck)
    check_may_answer(actor, found)
    return _views(actor, Recheck.objects.filter(pk=found.pk), holds=True)[0]


def open_rechecks_of(causes: Sequence[str]) -> list[int]:
    """The open re-checks of these causes, for the product itself. 1 query, none without causes."""
    return list(Recheck.objects.filter(cause__in=causes, answer="").values_list("pk", flat=True)) if causes else []


def rechecks_left_behind() -> list[int]:
    """The open re-checks of people whose accounts are closed, for the product itself. 1 query."""
    left = Recheck.objects.filter(answer="", person__is_active=False).exclude(instance__status__in=GIVEN_UP)
    return list(left.order_by("pk").values_list("pk", flat=True))


def responsible_now(cases: Sequence[Instance], members: Mapping[int, set[str]]) -> dict[int, tuple[PersonRef, ...]]:
    """Who would be asked to look again at these cases, at the parts of these members. 1 query."""
    snapshot = roster()
    places = {(case.pk, member) for case in cases for member in members.get(case.pk, set())}
    whose = responsible_for(places, {case.pk: (case.starter_id, case.starter_position) for case in cases}, snapshot)
    found: dict[int, dict[int, None]] = {}
    for case, member in sorted(places):
        found.setdefault(case, {})[whose[case, member]] = None
    return {case: tuple(snapshot.people[person] for person in people) for case, people in found.items()}


def _views(actor: Actor, found: QuerySet[Recheck], *, holds: bool = False) -> tuple[RecheckView, ...]:
    snapshot, today = roster(), clock.today()
    away = snapshot.stands_in_for(actor.id, today) if actor.id is not None else frozenset[int]()
    rows = found.select_related("instance").defer("instance__state", "instance__data", "instance__decisions")
    views = []
    for one in rows:
        content, deputy = content_of(one.instance.version_id), snapshot.deputy_of(one.person_id, today)
        theirs = actor.admin or holds or one.person_id == actor.id or one.person_id in away
        views.append(
            RecheckView(
                id=one.pk, cause=one.cause, detail=one.detail, lines=one.lines, case_number=one.instance.number,
                case_title=one.instance.title, case_status=one.instance.status, version=one.instance.version_id,
                process_code=content.code, process_name=content.name, person=snapshot.people[one.person_id],
                deputy=deputy.name if deputy and not one.answer else "", asked_at=one.asked_at, due_at=one.due_at,
                answer=one.answer, note=one.note,
                answered_by=snapshot.people[one.answered_by_id].name if one.answered_by_id else "",
                answered_at=one.answered_at, mine=theirs and not one.answer and one.instance.status not in GIVEN_UP,
                behalf=snapshot.people[one.person_id].name if one.person_id in away else "",
            )
        )  # fmt: skip
    return tuple(views)
