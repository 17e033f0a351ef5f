"""Who hears of which fact."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
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


# What is told of who decides for whom: to both of them.
OF_DEPUTIES = frozenset({"deputy_appointed", "deputy_ended"})

# What names the people it is told to.
TO_PEOPLE = frozenset(
    {
        "task_opened", "task_urged", "task_overdue", "case_copied", "decision_taken_back", "signatory_added",
        "signatory_removed", "recheck_asked", "recheck_passed_on", "recheck_overdue", "taken_off",
    }
)  # fmt: skip
# What asks somebody to do something: while they are away, whoever decides for them hears it, too.
ASKS = (
    "task_opened", "task_urged", "task_overdue", "task_handed_over", "signatory_added", "recheck_asked",
    "recheck_passed_on", "recheck_overdue",
)  # fmt: skip


def hearers(kind: str, detail: Mapping[str, Any], starter: int, behalf: int | None = None) -> set[int]:
    """The people a fact concerns: those asked, handed a task or urged; the starter of what was returned or ended;
    whoever was decided for (`behalf`) while they were away.
    """
    decided_for = {behalf} if behalf is not None and kind in ("task_decided", "case_returned") else set()
    return _concerned(kind, detail, starter) | decided_for


def _concerned(kind: str, detail: Mapping[str, Any], starter: int) -> set[int]:
    if kind in TO_PEOPLE:
        return set(detail["people"])
    if kind == "task_handed_over":
        return {detail["to"], detail["person"]}
    if kind in ("case_returned", "case_ended", "case_commented", "incident_raised"):
        return {starter}
    return set()


# What people choose a way for, and the facts that belong to it; what stands nowhere belongs to "other".
KINDS: Mapping[str, frozenset[str]] = {
    "task": frozenset({"task_opened", "task_handed_over", "signatory_added", "recheck_asked", "recheck_passed_on"}),
    "urged": frozenset({"task_urged"}),
    "overdue": frozenset({"task_overdue", "review_overdue", "recheck_overdue"}),
    "returned": frozenset({"case_returned", "decision_taken_back"}),
    "finished": frozenset({"case_ended"}),
    "comment": frozenset({"case_commented"}),
    "copied": frozenset({"case_copied"}),
    "review": OF_VERSIONS - {"review_overdue"},
    "deputy": OF_DEPUTIES | {"task_decided"},
    "other": frozenset({"signatory_removed", "taken_off", "incident_raised"}),
}
BELL, AT_ONCE, DIGEST = "bell", "at_once", "digest"
WAYS = (BELL, AT_ONCE, DIGEST)
# Who has chosen nothing is told by e-mail only of what waits for them.
USUAL: Mapping[str, str] = {"task": AT_ONCE, "urged": AT_ONCE, "overdue": AT_ONCE}


def kind_of(fact: str) -> str:
    """What people choose a way for, by the fact's kind."""
    return next((kind for kind, facts in KINDS.items() if fact in facts), "other")


def way_of(fact: str, chosen: Mapping[str, str]) -> str:
    """How somebody hears of a fact beside the bell, by what they have chosen for some kinds."""
    kind = kind_of(fact)
    return chosen.get(kind, USUAL.get(kind, BELL))


def waits_how(due: datetime | None, now: datetime, zone: tzinfo) -> str:
    """Under which heading of the digest an open task stands: overdue, today, or open."""
    if due is not None and due < now:
        return "overdue"
    return "today" if due is not None and due.astimezone(zone).date() == now.astimezone(zone).date() else "open"
