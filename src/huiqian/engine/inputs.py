"""What may happen to a case. `variables` is the view of its data that conditions read; the engine keeps none of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

EMPTY: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Start:
    """Begin; `event` is the id of the start event where it is not the plain one."""

    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Complete:
    """A wait is answered: the task is done, the service, the decision or the called process has finished.

    `result` is what it gave back; the element's output rows read it beside the variables.
    """

    wait: str
    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)
    result: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Fire:
    """A timer is due."""

    wait: str
    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Deliver:
    """A message came; it goes to the one wait that listens for this name and key."""

    name: str
    key: str | None = None
    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A signal was thrown; every wait that listens for it hears it."""

    name: str
    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Fail:
    """A service or a called process failed: a BPMN error where a handler of this code stands, else an incident."""

    wait: str
    code: str
    message: str = ""
    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Escalate:
    """Escalate from a task that stays open, to whoever handles this code around it."""

    wait: str
    code: str
    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Return:
    """Go back from a wait to a step passed before; what lies between is open again."""

    wait: str
    to: str
    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Jump:
    """Move a wait's token, or (without a wait) the whole case, to any element. For administrators."""

    to: str
    wait: str | None = None
    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Open a completed task again, while nothing after it was touched; `wait` is the one it had."""

    wait: str
    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class AddMember:
    """One more member for a running multi-instance: `wait` is any open member's, or the activity's own."""

    wait: str
    item: object = None
    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class RemoveMember:
    """Take an open member out of a running multi-instance."""

    wait: str
    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The starter takes the case back: everything open closes."""

    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Terminate:
    """An administrator ends the case."""

    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Suspend:
    """Nothing moves until Resume."""

    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on after Suspend."""

    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again where an incident stands."""

    wait: str
    variables: Mapping[str, object] = field(default_factory=lambda: EMPTY)


Input = (
    Start | Complete | Fire | Deliver | Broadcast | Fail | Escalate | Return | Jump | TakeBack
    | AddMember | RemoveMember | Withdraw | Terminate | Suspend | Resume | Retry
)  # fmt: skip
