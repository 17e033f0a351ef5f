"""Facts about processes and their instances."""

from dataclasses import dataclass
from datetime import date, datetime

from huiqian.base.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessLoaded(Event):
    """A version of a process came in from the handbook's files."""

    code: str
    version: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionUploaded(Event):
    """Somebody brought a draft of a process; `replaces` is the draft it stands in for, 0 for none."""

    code: str
    version: int
    file: str
    note: str
    replaces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDiscarded(Event):
    """A draft was put aside; it stays readable."""

    code: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionSubmitted(Event):
    """A version went into the joint review: these positions are asked, these people hold them today."""

    code: str
    version: int
    round: int
    note: str
    positions: list[str]
    people: list[int]
    due_at: datetime
    effective_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionGiven(Event):
    """Somebody spoke for positions in a joint review."""

    code: str
    version: int
    positions: list[str]
    agrees: bool
    opinion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionAgreed(Event):
    """All agreed; the version waits for its day."""

    code: str
    version: int
    effective_on: date
    people: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRefused(Event):
    """Somebody refused: the version does not take effect."""

    code: str
    version: int
    opinion: str
    people: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionWithdrawn(Event):
    """A version was taken back from its review, or before its day; it is a draft again."""

    code: str
    version: int
    reason: str
    people: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInEffect(Event):
    """A version takes effect: cases that begin from now on follow it. `retired` is the one before it."""

    code: str
    version: int
    retired: int
    people: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOverdue(Event):
    """A joint review is late; these people still owe their opinion."""

    code: str
    version: int
    people: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionSaved(Event):
    """A decision table has a new version; cases started from now on follow it.

    `brought_by` is the process's version that it took effect with, 0 where an administrator edited it.
    """

    code: str
    key: str
    version: int
    note: str
    brought_by: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStarted(Event):
    """A case began."""

    number: str
    process: str
    version: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTaken(Event):
    """A decision table answered for a case."""

    element: str
    key: str
    version: int
    rules: list[str]
    result: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRun(Event):
    """The product did a step by itself."""

    element: str
    operation: str
    result: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRaised(Event):
    """A case cannot go on at some place."""

    element: str
    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEnded(Event):
    """A case ended: completed, withdrawn or terminated."""

    number: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHandedOn(Event):
    """A case gave a document to another process: `to` is the case it started, empty where it waits for the next one."""

    to: str
    process: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRetried(Event):
    """An administrator had it tried again where a case could not go on."""

    element: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSaved(Event):
    """When a process begins by itself was said anew."""

    code: str
    enabled: bool
    rule: str
    day: int
    month: int
    time: str
    values: dict[str, str]
    starter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledStartFailed(Event):
    """A case that was to begin by itself could not; the turn is kept, to be retried."""

    code: str
    occurrence: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSuspended(Event):
    """An administrator let a case stand still."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResumed(Event):
    """A suspended case goes on."""
