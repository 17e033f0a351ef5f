"""Who hears of which fact."""

from collections.abc import Mapping
from typing import Any


def hearers(kind: str, detail: Mapping[str, Any], starter: int) -> set[int]:
    """The people a fact concerns: those asked, handed a task or urged; the starter of what was returned or ended."""
    if kind in ("task_opened", "task_urged", "task_overdue"):
        return set(detail["people"])
    if kind == "task_handed_over":
        return {detail["to"], detail["person"]}
    if kind in ("case_returned", "case_ended", "case_commented", "incident_raised"):
        return {starter}
    return set()
