"""Facts about tasks."""

from dataclasses import dataclass
from datetime import datetime

from huiqian.base.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOpened(Event):
    """Somebody is asked."""

    task: int
    element: str
    position: str
    people: list[int]
    via: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDecided(Event):
    """Somebody decided their share of a task; `settled` says whether the task is settled with it.

    `document_digest` is over all that the version says which they wrote with it: so the journal covers documents.
    """

    task: int
    element: str
    outcome: str
    opinion: str
    settled: bool
    document_version: int | None = None
    document_digest: str = ""
    changes: dict[str, object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTakenBack(Event):
    """Somebody took their decision back; `people` are no longer asked what it had opened."""

    task: int
    element: str
    reason: str
    people: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReturned(Event):
    """A case went back to an earlier step; the signatures given so far are void."""

    task: int
    element: str
    to: str
    opinion: str
    void_signatures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn(Event):
    """The starter took the case back."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskHandedOver(Event):
    """An open task went from one person to another."""

    task: int
    element: str
    person: int
    to: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatoryAdded(Event):
    """A colleague was added to a step, before, after or beside whoever added them."""

    task: int
    element: str
    people: list[int]
    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOff(Event):
    """People have no part in the case any more; of them those who `read_on` may still read it."""

    people: list[int]
    read_on: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatoryRemoved(Event):
    """Somebody who had been added to a step and had not decided was taken off again."""

    task: int
    element: str
    people: list[int]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCommented(Event):
    """Somebody said something about a case."""

    comment: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCopied(Event):
    """Colleagues were copied on a case."""

    people: list[int]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckAsked(Event):
    """Something that the case rests on has changed; `people` look whether it is still right."""

    recheck: int
    cause: str
    title: str
    people: list[int]
    lines: list[dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckAnswered(Event):
    """Somebody said whether the case is still right ("right", "changed"), or its cause went away ("void")."""

    recheck: int
    cause: str
    answer: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckPassedOn(Event):
    """A re-check of somebody who gave the case's task away, or whose account is closed, went to `people`."""

    recheck: int
    cause: str
    person: int
    people: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckOverdue(Event):
    """A re-check is late; whoever was asked is reminded."""

    recheck: int
    people: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskUrged(Event):
    """Somebody asked for a task to be done soon."""

    task: int
    people: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOverdue(Event):
    """A task is late; its people are reminded."""

    task: int
    people: list[int]
