"""Moves an instance on: lock its row, feed the engine, hand every effect to the one who does it, save.

Steps write in a transaction that a command has opened; they open none. Whoever decides about a case queues at its
row first and reads everything else afterwards, so what they read is what stands.
"""

import json
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from huiqian.base import wires
from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.base.events import Event
from huiqian.engine import Input, State, step
from huiqian.forms.rules import title_of
from huiqian.journal.record import record
from huiqian.org.queries import roster
from huiqian.org.rules import Chosen, Roster
from huiqian.process.content import Content, content_of, dumps
from huiqian.process.members import NOWHERE, Members, Scope, scope_of, variables_of
from huiqian.process.models import Instance, Occasion
from huiqian.process.occasions import Slot, occasion_of, slots_of

COLUMNS = """
i.dossier_id, i.number, i.version_id, i.status, i.title, i.summary, i.state, i.data, i.decisions, i.starter_id,
i.starter_position, i.round, i.revision, i.started_at, (select number from org_revision where id = 1)
"""
# Inputs that belong to no wait (a message, a withdrawal) act for no member.
NO_WAIT = "0"
LOCK = f"select {COLUMNS} from process_instance i where i.dossier_id = %s for update of i"  # noqa: S608 - no value from outside
LOCK_BY_TASK = f"""
select {COLUMNS} from process_instance i
where i.dossier_id = (select instance_id from work_task where id = %s) for update of i
"""  # noqa: S608 - no value from outside
SAVE = """
update process_instance set status = %s, title = %s, summary = %s, state = %s::jsonb, data = %s::jsonb, round = %s,
revision = revision + 1, ended_at = %s where dossier_id = %s
"""


@dataclass(slots=True)
class Case:
    """A locked instance in the hands of one command, with what is to be written at the end."""

    id: int
    number: str
    version_id: int
    status: str
    title: str
    summary: str
    state: State
    data: dict[str, Any]
    decisions: Mapping[str, int]
    starter_id: int
    starter_position: str
    round: int
    revision: int
    started_at: datetime
    roster: Roster
    content: Content
    actor: Actor
    now: datetime
    ended_at: datetime | None = None
    returned_from: str = ""
    scope: Scope = NOWHERE
    # The code of an error that nobody handled, for a case that called this one.
    ended_with: str = ""
    # What went wrong at a wait, in Chinese and in English.
    troubles: dict[str, tuple[str, str]] = field(default_factory=dict)
    # Whom to ask at a step that is asked again, in place of whoever it would ask.
    ask_again: dict[str, tuple[Chosen, ...]] = field(default_factory=dict)
    facts: list[Event] = field(default_factory=list)
    # What a service step asks of the engine besides its answer; fed to it after that.
    following: list[Input] = field(default_factory=list)
    members: Members = field(init=False)
    # What the marketing calendar has of the case.
    occasions: tuple[Slot, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.members = Members(self.id)
        self.occasions = slots_of(self.content.calendar, self.data)

    @property
    def chain(self) -> str:
        """The journal's chain of this case."""
        return f"case:{self.id}"

    @property
    def running(self) -> bool:
        """Whether the case still goes on."""
        return self.status == Instance.Status.RUNNING

    def variables(self) -> Mapping[str, object]:
        """What conditions read: the case's answers by field name, over them those of the member acted for."""
        return variables_of(self, self.scope)

    def enter(self, wait: str) -> None:
        """Act for the member, if any, that a wait belongs to: answers go into its record from now on."""
        self.scope = scope_of(self.content.definition, self.state, wait)

    @contextmanager
    def within(self, wait: str) -> Iterator[None]:
        """Act for the member that a wait belongs to, for a while."""
        before = self.scope
        self.enter(wait)
        try:
            yield
        finally:
            self.scope = before

    @property
    def answers(self) -> Mapping[str, Any]:
        """The answers by field name as they are kept, over them those of the member acted for."""
        if not self.scope.key:
            return self.data
        record = self.members.all().get(self.scope.key)
        return {**self.data, **record.data} if record else self.data

    def keep(self, values: Mapping[str, Any]) -> None:
        """Keep answers: with the member acted for, else with the case."""
        if self.scope.key:
            self.members.write(self.scope.key, values)
        else:
            self.data.update(values)


def lock_case(actor: Actor, case_id: int, now: datetime) -> Case:
    """Lock a case's row and read it. 1 query; NotFound where there is none. Access is the caller's to check."""
    return _lock(LOCK, case_id, actor, now)


def lock_case_of_task(actor: Actor, task_id: int, now: datetime) -> Case:
    """Lock the case that a task belongs to. 1 query."""
    return _lock(LOCK_BY_TASK, task_id, actor, now)


def _lock(query: str, key: int, actor: Actor, now: datetime) -> Case:
    with connection.cursor() as cursor:
        cursor.execute(query, [key])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    (case_id, number, version_id, status, title, summary, state, data, decisions, starter_id, starter_position, round_,
     revision, started_at, org_revision) = row  # fmt: skip
    return Case(
        id=case_id, number=number, version_id=version_id, status=status, title=title, summary=summary,
        state=State.from_json(json.loads(state)), data=json.loads(data), decisions=json.loads(decisions),
        starter_id=starter_id, starter_position=starter_position, round=round_, revision=revision,
        started_at=started_at, roster=roster(org_revision or 0), content=content_of(version_id), actor=actor, now=now,
    )  # fmt: skip


def advance(case: Case, first: Input) -> None:
    """Feed one input to the engine and do all that follows from it, until the case waits or ends.

    What the product does itself (services, decision tables) answers at once and is fed back in the order asked.
    """
    inputs: deque[Input] = deque([first])
    while inputs:
        given = inputs.popleft()
        case.enter(getattr(given, "wait", None) or NO_WAIT)
        moved = step(case.content.definition, case.state, given, case.now)
        case.state = moved.state
        for effect in moved.effects:
            answer = wires.hand(f"effect:{type(effect).__name__}")(case, effect)
            if answer is not None:
                inputs.append(answer)
            inputs.extend(case.following)
            case.following.clear()


def begin(case: Case, first: Input) -> None:
    """The first move of a case that has no state yet."""
    moved = step(case.content.definition, None, first, case.now)
    case.state = moved.state
    for effect in moved.effects:
        answer = wires.hand(f"effect:{type(effect).__name__}")(case, effect)
        if answer is not None:
            advance(case, answer)


def save(case: Case, *, behalf: int | None = None) -> None:
    """Write the case's row, its members and facts, and leave word for whoever hears of them. 4 or 5 statements."""
    with connection.cursor() as cursor:
        cursor.execute(
            SAVE,
            [
                case.status, case.title, case.summary, dumps(case.state.to_json()), dumps(case.data), case.round,
                case.ended_at, case.id,
            ],
        )  # fmt: skip
    case.members.save()
    keep_occasions(case)
    write_facts(case, behalf=behalf)


def keep_occasions(case: Case) -> None:
    """The marketing calendar has what the answers say now. No statement while that is what they said before, else 2."""
    slots = slots_of(case.content.calendar, case.data)
    if slots != case.occasions:
        Occasion.objects.filter(instance_id=case.id).delete()
        Occasion.objects.bulk_create(occasion_of(case.id, slot) for slot in slots)
        case.occasions = slots


def retitle(case: Case) -> None:
    """The case's title and summary, as the diagram says they are made from its answers."""
    settings, variables = case.content.settings, variables_of(case)
    case.title = title_of(settings.get("title", ""), variables) or case.title or case.content.name_zh
    case.summary = title_of(settings.get("summary", ""), variables)


def write_facts(case: Case, *, behalf: int | None = None) -> None:
    """Write down the facts gathered so far and leave a job that tells whoever should hear of them."""
    if case.facts:
        record(case.actor, case.chain, case.facts, at=case.now, behalf=behalf, tell="notify.deliver")
        case.facts.clear()


__all__ = ["Case", "advance", "begin", "lock_case", "lock_case_of_task", "retitle", "save", "write_facts"]
