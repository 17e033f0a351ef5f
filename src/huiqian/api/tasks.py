"""Tasks: what waits for you, and deciding it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from huiqian.api.bearer import actor_of
from huiqian.api.idempotency import idempotent
from huiqian.work.commands import add_signatory, decide, remove_signatory, take_back_decision
from huiqian.work.queries import inbox, task_view
from huiqian.work.queries.lookups import case_number_of

router = Router()


class TaskLine(Schema):
    """A task in your inbox."""

    id: int
    case: str
    title: str
    summary: str
    process: str
    step: str
    about: str = Field("", description="Which of several it is about, where a step is done for each of them.")
    behalf: str = Field("", description="The login of whom you decide for while they are away.")
    kind: str
    starter: str
    due_at: datetime | None
    arrived_at: datetime
    urgency: str


class TaskPage(Schema):
    """Up to 25 tasks, most urgent first; `next` is what to send as `after` for more, empty on the last page."""

    items: list[TaskLine]
    next: str


class Choice(Schema):
    """Something to choose."""

    code: str
    name: str


class Task(Schema):
    """A task of yours: what may be answered, where it can go back to, and its form as JSON Schema with an example."""

    id: int
    case: str
    title: str
    step: str
    about: str = ""
    behalf: str = Field("", description="For whom you decide it: say so in the decision.")
    kind: str
    round: int
    due_at: datetime | None
    outcomes: list[Choice]
    return_targets: list[Choice]
    form: dict[str, Any] | None
    example: dict[str, Any] | None
    values: dict[str, Any]


class Decision(Schema):
    """Your answer to a task."""

    outcome: str = Field(examples=["approve"], description="One of the task's outcomes.")
    opinion: str = Field("", description="Required when returning.")
    values: dict[str, Any] = Field(default_factory=dict, description="Answers to the task's form.")
    behalf: str = Field("", description="The login of whom you decide for; both names go on the record.")
    copy_to: list[str] = Field(default_factory=list, description="Logins of colleagues to copy on the case.")
    to: str | None = Field(None, description="The element to return to, where there are several.")


class Decided(Schema):
    """What came of it."""

    case: str
    task: int
    outcome: str
    settled: bool
    case_status: str


@router.get("", response=TaskPage, summary="Your open tasks")
def list_tasks(request: HttpRequest, search: str = "", process: str = "", after: str = "") -> TaskPage:
    """What waits for you."""
    page = inbox(actor_of(request), "open", search=search, process=process, after=after)
    items = [
        TaskLine(
            id=row.task_id or 0, case=row.case_number, title=row.title, summary=row.summary, process=row.process_code,
            step=row.step_name, about=row.about, kind=row.kind, starter=row.starter.name, due_at=row.due_at,
            arrived_at=row.arrived_at, urgency=row.urgency, behalf=row.behalf_login,
        )
        for row in page.rows
    ]  # fmt: skip
    return TaskPage(items=items, next=page.after)


@router.get("/{task_id}", response=Task, summary="One of your open tasks")
def get_task(request: HttpRequest, task_id: int) -> Task:
    """A task that waits for you, with its form."""
    view = task_view(actor_of(request), task_id)
    mine = view.task
    return Task(
        id=mine.task_id, case=view.case_number, title=view.title, step=mine.step, about=mine.about, kind=mine.kind,
        round=mine.round, due_at=mine.due_at, outcomes=[Choice(code=c.code, name=c.name) for c in mine.outcomes],
        return_targets=[Choice(code=c.code, name=c.name) for c in mine.targets],
        form=view.form.schema if view.form else None, example=view.form.example if view.form else None,
        values=dict(view.values), behalf=mine.behalf_login,
    )  # fmt: skip


@router.post("/{task_id}/decision", response={200: Decided}, summary="Decide a task")
@idempotent
def post_decision(request: HttpRequest, task_id: int, body: Decision) -> tuple[int, Decided]:
    """Submit, approve or return a task that waits for you."""
    done = decide(
        actor_of(request), task_id, body.outcome, opinion=body.opinion, values=body.values, to=body.to or None,
        behalf=body.behalf, copy_to=body.copy_to,
    )  # fmt: skip
    return 200, Decided(
        case=done.case_number, task=done.task_id, outcome=done.outcome, settled=done.settled,
        case_status=done.case_status,
    )  # fmt: skip


class Reason(Schema):
    """Why."""

    reason: str = ""


class TakenBack(Schema):
    """The case whose step is asked again."""

    case: str


@router.post("/{task_id}/decision/withdrawal", response={200: TakenBack}, summary="Take your decision back")
@idempotent
def post_decision_withdrawal(request: HttpRequest, task_id: int, body: Reason) -> tuple[int, TakenBack]:
    """While nobody has acted on what came after, take back what you decided; the task is yours again."""
    actor = actor_of(request)
    number = case_number_of(actor, task_id)
    take_back_decision(actor, task_id, reason=body.reason)
    return 200, TakenBack(case=number)


class NewSignatory(Schema):
    """A colleague who is to sign a step, too."""

    person: str = Field(description="Their login.")
    place: str = Field("beside", description="beside, before or after you.")
    reason: str
    behalf: str = Field("", description="The login of whom you decide for.")


class SignatoryOff(Schema):
    """An added colleague who is to be taken off again."""

    person: str
    reason: str


class Signatories(Schema):
    """The case whose step they sign."""

    case: str


@router.post("/{task_id}/signatories", response={200: Signatories}, summary="Add a signatory")
@idempotent
def post_signatory(request: HttpRequest, task_id: int, body: NewSignatory) -> tuple[int, Signatories]:
    """Let a colleague decide a step of yours, too."""
    actor = actor_of(request)
    number = case_number_of(actor, task_id)
    add_signatory(actor, task_id, body.person, body.place, reason=body.reason, behalf=body.behalf)
    return 200, Signatories(case=number)


@router.post("/{task_id}/signatories/removal", response={200: Signatories}, summary="Take an added signatory off")
@idempotent
def post_signatory_removal(request: HttpRequest, task_id: int, body: SignatoryOff) -> tuple[int, Signatories]:
    """Take somebody off whom you added and who has not decided."""
    actor = actor_of(request)
    number = case_number_of(actor, task_id)
    remove_signatory(actor, task_id, body.person, reason=body.reason)
    return 200, Signatories(case=number)
