"""What a step asks the outside to do: frozen, in order, named in the imperative. The engine does none of it itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from huiqian.engine.messages import say


@dataclass(frozen=True, slots=True)
class Member:
    """Which member of a multi-instance activity something is for: its number from 1, and its item."""

    number: int
    item: object = None


@dataclass(frozen=True, slots=True)
class Effect:
    """Something to do outside, because a token moved."""


@dataclass(frozen=True, slots=True)
class OpenTask(Effect):
    """Ask people; answer with Complete."""

    wait: str
    element: str
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class CancelTask(Effect):
    """Close a task whose place was left; `reason` is why: returned, interrupted, terminated, withdrawn, …"""

    wait: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetTimer(Effect):
    """Remember a time; answer with Fire."""

    wait: str
    element: str
    due: datetime


@dataclass(frozen=True, slots=True)
class CancelTimer(Effect):
    """Forget a time."""

    wait: str


@dataclass(frozen=True, slots=True)
class CallProcess(Effect):
    """Start another process with these values; answer with Complete when it ended, Fail when it failed."""

    wait: str
    element: str
    process: str
    variables: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class CancelCall(Effect):
    """Withdraw a called process whose caller was left."""

    wait: str


@dataclass(frozen=True, slots=True)
class RunService(Effect):
    """Do an operation by its name; answer with Complete or Fail."""

    wait: str
    element: str
    operation: str
    inputs: Mapping[str, object]
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class CancelService(Effect):
    """Forget a service, or a decision, whose place was left before it answered."""

    wait: str


@dataclass(frozen=True, slots=True)
class RunDecision(Effect):
    """Ask a decision table and keep its answer under `result`; answer with Complete or Fail."""

    wait: str
    element: str
    decision: str
    result: str


@dataclass(frozen=True, slots=True)
class ThrowMessage(Effect):
    """Send a message to whoever awaits this name and key; `key` is None where the diagram gives none."""

    element: str
    name: str
    key: str | None
    variables: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Await(Effect):
    """Listen for a message (or a signal: `key` is None and `signal` true); answer with Deliver or Broadcast."""

    wait: str
    element: str
    name: str
    key: str | None = None
    signal: bool = False


@dataclass(frozen=True, slots=True)
class Forget(Effect):
    """Stop listening."""

    wait: str


@dataclass(frozen=True, slots=True)
class ThrowSignal(Effect):
    """Broadcast a signal to every case that listens."""

    name: str


@dataclass(frozen=True, slots=True)
class WriteVariable(Effect):
    """Keep a value with the case: what a multi-instance gathered, what a called process gave back."""

    name: str
    value: object


@dataclass(frozen=True, slots=True)
class RaiseIncident(Effect):
    """The case cannot go on at this place; an operator mends the cause and answers with Retry, Return or Jump."""

    wait: str
    element: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """What is wrong and what to do, in "zh" or "en"."""
        return say(self.code, language, self.params)


@dataclass(frozen=True, slots=True)
class ClearIncident(Effect):
    """The cause is mended, or the place was left."""

    wait: str


@dataclass(frozen=True, slots=True)
class EndInstance(Effect):
    """The case is over: completed, withdrawn or terminated; `element` is the end event that ended it, if one did.

    `error` is the code of an error that nobody handled: a calling process hears of it as Fail.
    """

    how: str
    element: str | None = None
    error: str = ""
