"""What is added to a layout: the state of a case's steps and where it went back, or what a version says otherwise."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal[
    "done", "current", "returned", "future", "skipped", "overdue", "stopped", "added", "removed", "changed", "kept",
    "quick", "fair", "slow", "slowest",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """The state of a step with who and when; in a drawing of many cases, how long it waits: quick to slowest.

    `when` is a moment (for current and overdue steps the deadline) or words put there as they are; `note` goes into
    the pill below the card; `round` is the round of the case in which the step was asked: a step that writes a document
    shows it as the document's version, from the second on.
    """

    state: State
    person: str = ""
    initial: str = ""
    when: datetime | str | None = None
    note: str = ""
    round: int = 1


@dataclass(frozen=True, slots=True)
class ReturnEdge:
    """A case went back from one step to another, so many times."""

    source: str
    target: str
    times: int = 1
