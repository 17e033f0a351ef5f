"""Forms and tasks as programs see them: JSON Schema with an example that is accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.engine import State
from huiqian.forms.queries import directory
from huiqian.forms.rules import Form, example, json_schema
from huiqian.org.queries import roster
from huiqian.process.content import content_of
from huiqian.process.models import Version
from huiqian.process.start import first_step
from huiqian.work.models import Assignment
from huiqian.work.queries.case import MyTask, may_decide, my_task, seen_case
from huiqian.work.queries.inbox import decides_for
from huiqian.work.queries.timeline import past
from huiqian.work.rules import rights


@dataclass(frozen=True, slots=True)
class MachineForm:
    """A form for a program."""

    schema: dict[str, Any]
    example: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task of one's own for a program."""

    case_number: str
    title: str
    task: MyTask
    form: MachineForm | None
    values: Mapping[str, Any]


def _machine(form: Form, allowed: Mapping[str, str], variables: Mapping[str, object] | None = None) -> MachineForm:
    names, today = directory(), clock.today()
    schema = json_schema(form, allowed, variables, names, today)
    return MachineForm(schema, example(form, variables, names, allowed, today))


def start_form(code: str) -> MachineForm | None:
    """The form that starting a process asks for. 1 query; NotFound for a process that is not in effect."""
    version = Version.objects.filter(definition__code=code, status=Version.Status.IN_EFFECT).only("pk").first()
    if version is None:
        raise NotFound
    content = content_of(version.pk)
    step = first_step(content.definition)
    form = content.form_of(step.id) if step else None
    return _machine(form, rights(step)) if form and step else None


def task_view(actor: Actor, task_id: int) -> TaskView:
    """A task that waits for this person, else for somebody they decide for. 2 queries; NotFound otherwise."""
    snapshot = roster()
    open_shares = Assignment.objects.select_related("task__instance").filter(status="open", task__status="open")
    people = [actor.person, *(one.id for one in decides_for(actor, snapshot))]
    found = [one for one in open_shares.filter(task_id=task_id, person_id__in=people) if may_decide(one, actor)]
    share = min(found, key=lambda one: people.index(one.person_id), default=None)
    if share is None:
        raise NotFound
    case = share.task.instance
    content = content_of(case.version_id)
    shares = list(Assignment.objects.filter(task__instance=case).select_related("task").order_by("task_id", "id"))
    seen = seen_case(case, content, snapshot)
    mine = my_task(actor, share, seen, State.from_json(case.state), past(shares, snapshot))
    names = mine.form.names if mine.form else frozenset[str]()
    return TaskView(
        case.number, case.title, mine, _machine(mine.form, mine.rights, mine.variables) if mine.form else None,
        {name: value for name, value in mine.answers.items() if name in names},
    )  # fmt: skip
