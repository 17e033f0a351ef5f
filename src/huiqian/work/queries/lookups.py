"""Small questions of pages: a task's case, a search over cases, work left with former holders, a start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.base.languages import pick
from huiqian.forms.rules import Form
from huiqian.org.models import Holding
from huiqian.org.queries import roster
from huiqian.process.access import visible_cases
from huiqian.process.content import content_of
from huiqian.process.members import Members, Seen, variables_of
from huiqian.process.start import first_step, version_to_start
from huiqian.work.models import Assignment, Task
from huiqian.work.rules import OUTCOME_NAMES, outcomes, rights


@dataclass(frozen=True, slots=True)
class StartPage:
    """What the page that starts a process asks: the first step's form, its rights, and the name of its button."""

    code: str
    name: str
    form: Form
    rights: Mapping[str, str]
    outcome: str
    title_rule: str
    # What expressions read before there is a case: what registers offer.
    variables: Mapping[str, object]
    # What of the answers stands in the marketing calendar.
    calendar: Sequence[Mapping[str, Any]]


def start_page(actor: Actor, code: str) -> StartPage:
    """The first step of a process as its page asks it. 1 query; refusals: those of starting the process."""
    content = content_of(version_to_start(actor, code).pk)
    nobody = Seen(0, content, {}, roster(), clock.now(), Members(0))
    step = first_step(content.definition)
    form = content.form_of(step.id) if step else None
    if step is None or form is None:
        raise NotFound
    outcome = str(OUTCOME_NAMES[outcomes(step)[0]])
    title_rule = content.settings.get("title", "")
    return StartPage(
        code, content.name, form, rights(step), outcome, title_rule, variables_of(nobody), content.calendar
    )


def case_number_of(actor: Actor, task_id: int) -> str:
    """The number of the case that a task belongs to. 1 query; NotFound where it is not theirs to see."""
    found = visible_cases(actor).filter(tasks__pk=task_id).values_list("number", flat=True).first()
    if found is None:
        raise NotFound
    return str(found)


def asked_at(case_id: int, element: str) -> dict[int, bool]:
    """Everybody who was ever asked at a step of a case, by their id: whether they are asked now. 1 query beside the
    organisation's. Who decides for somebody today is asked as they are.
    """
    shares = Assignment.objects.filter(task__instance_id=case_id, task__element=element).order_by("pk")
    found: dict[int, bool] = {}
    for person, share, task in shares.values_list("person_id", "status", "task__status"):
        found[person] = found.get(person, False) or (share == "open" and task == "open")
    snapshot, today = roster(), clock.today()
    for person, now in list(found.items()):
        deputy = snapshot.deputy_of(person, today) if now else None
        if deputy is not None:
            found[deputy.id] = True
    return found


def case_of_dossier(actor: Actor, dossier: int) -> str:
    """The number of the case that a dossier belongs to; empty where the case is not theirs to see. 1 query."""
    return str(visible_cases(actor).filter(pk=dossier).values_list("number", flat=True).first() or "")


@dataclass(frozen=True, slots=True)
class CaseFound:
    """A case that a search found."""

    number: str
    title: str
    process_code: str
    process_name: str
    status: str
    started_at: datetime


def search_cases(actor: Actor, text: str, limit: int = 20) -> tuple[CaseFound, ...]:
    """The newest cases one may read whose number, title, summary or starter has every word of `text`. 1 query."""
    found = visible_cases(actor).order_by("-started_at").select_related("version__definition").defer("state", "data")
    for word in text.split()[:5]:
        starter = Q(starter__name__icontains=word) | Q(starter__sort_key__startswith=word.lower())
        found = found.filter(
            Q(number__icontains=word) | Q(title__icontains=word) | Q(summary__icontains=word) | starter
        )
    return tuple(
        CaseFound(
            case.number, case.title, case.version.definition.code, case.version.definition.name, case.status,
            case.started_at,
        )
        for case in found[:limit]
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LeftWork:
    """An open task of a position that lies with somebody who does not hold it today."""

    assignment_id: int
    case_number: str
    title: str
    step: str
    person: str


def open_work_of_former_holders(position: str) -> tuple[LeftWork, ...]:
    """Open tasks of a position that came to a holder who does not hold it any more. 1 query beside the roster's.

    Those that the diagram gave to one of its holders by name are among them.
    """
    once = Holding.objects.filter(position__code=position, person=OuterRef("person"))
    holders = {person.id for person in roster().holders(position, clock.today())}
    shares = (
        Assignment.objects.filter(
            Q(via="holder") | (Q(via="named") & Exists(once)),
            task__position=position,
            task__status=Task.Status.OPEN,
            status__in=("open", "waiting"),
        )
        .exclude(person_id__in=holders)
        .select_related("task__instance", "person")
        .order_by("id")[:200]
    )
    return tuple(
        LeftWork(
            share.pk, share.task.instance.number, share.task.instance.title,
            pick(share.task.name_zh, share.task.name_en), share.person.name,
        )
        for share in shares
    )  # fmt: skip
