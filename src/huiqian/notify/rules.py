"""Who hears of which fact."""

from collections.abc import Mapping
from typing import Any

# What is told of a process's versions; the facts name whom it concerns.
OF_VERSIONS = frozenset(
    {
        "version_submitted", "version_agreed", "version_refused", "version_withdrawn", "version_in_effect",
        "review_overdue",
    }
)  # fmt: skip


def hearers_of_version(kind: str, detail: Mapping[str, Any]) -> set[int]:
    """The people whom a fact about a version concerns: the reviewers, whoever prepared it, whoever works by it."""
    return set(detail["people"]) if kind in OF_VERSIONS else set()


def hearers(kind: str, detail: Mapping[str, Any], starter: int) -> set[int]:
    """The people a fact concerns: those asked, handed a task or urged; the starter of what was returned or ended."""
    if kind in ("task_opened", "task_urged", "task_overdue"):
        return set(detail["people"])
    if kind == "task_handed_over":
        return {detail["to"], detail["person"]}
    if kind in ("case_returned", "case_ended", "case_commented", "incident_raised"):
        return {starter}
    return set()
