"""Re-checks (复核): something that a case rests on has changed; whoever is responsible looks whether it is still right.

A re-check is no step of the process: the case goes on as it did, and nobody waits for the answer. Another room asks for
it by the wire `ask_recheck` while it holds the case.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from huiqian.documents.effects import add_readers
from huiqian.org.rules import Roster
from huiqian.process.run import Case
from huiqian.work.events import RecheckAsked
from huiqian.work.models import Assignment, Recheck

Line = Mapping[str, str]
# Where nothing else says how long: the next working day.
USUAL = "P1D"


def ask_recheck(
    case: Case, cause: str, detail: Mapping[str, Any], lines: Sequence[Line], by: date | None = None
) -> int:
    """Ask whoever is responsible to look at `lines` of a locked case again, until the day `by`; how many are new.

    What was asked for the same cause before is not asked again, whoever asks and however often: a line is the same by
    its product, field and member.
    """
    known = list(Recheck.objects.filter(instance_id=case.id, cause=cause))
    asked = {_key(line) for one in known for line in one.lines}
    fresh = [line for line in lines if _key(line) not in asked]
    if not fresh:
        return 0
    whose = responsible_for({(case.id, line["member"]) for line in fresh}, {case.id: case.starter_id}, case.roster)
    by_person: dict[int, list[Line]] = {}
    for line in fresh:
        by_person.setdefault(whose[case.id, line["member"]], []).append(line)
    due = case.roster.calendar.due_by(case.now, by, USUAL)
    add_readers(case.id, list(by_person), case.now)
    for person, theirs in by_person.items():
        one = next((one for one in known if one.person_id == person and not one.answer), None)
        if one is None:
            one = Recheck(instance_id=case.id, person_id=person, cause=cause, asked_at=case.now, due_at=due)
        one.detail, one.lines = dict(detail), [*one.lines, *(dict(line) for line in theirs)]
        one.save()
        case.facts.append(
            RecheckAsked(
                recheck=one.pk, cause=cause, title=str(detail.get("title", "")), people=[person],
                lines=[dict(line) for line in theirs],
            )
        )  # fmt: skip
    return len(by_person)


def _key(line: Line) -> tuple[str, str, str]:
    return line["product"], line["field"], line["member"]


def responsible_for(
    places: set[tuple[int, str]], starters: Mapping[int, int], snapshot: Roster
) -> dict[tuple[int, str], int]:
    """Who is responsible now for a case, or for a member's part of it: the holder of its open task, doing before
    deciding; where a member's part waits for nobody, nor the case, the member themself; else the starter. 1 query.
    """
    shares = Assignment.objects.filter(
        task__instance_id__in={case for case, _member in places}, task__status="open", status="open"
    ).order_by("-task__kind", "task_id", "turn", "id")
    holders: dict[tuple[int, str], int] = {}
    # "do" comes before "approve" in this order.
    for case, member, person in shares.values_list("task__instance_id", "task__member", "person_id"):
        holders.setdefault((case, member), person)
    logins = {person.login: person.id for person in snapshot.people.values() if person.active}
    return {
        (case, member): holders.get((case, member))
        or holders.get((case, ""))
        or logins.get(member)
        or _anybody(holders, case, member)
        or starters[case]
        for case, member in places
    }


def _anybody(holders: Mapping[tuple[int, str], int], case: int, member: str) -> int | None:
    """For what belongs to no member: whoever does a member's part of the case now, the first of them."""
    return None if member else next((person for (one, _member), person in holders.items() if one == case), None)
