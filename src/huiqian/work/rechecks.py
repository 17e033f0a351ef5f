"""Re-checks (复核): something that a case rests on has changed; whoever is responsible looks whether it is still right.

A re-check is no step of the process: the case goes on as it did, and nobody waits for the answer. Another room asks for
it by the wire `ask_recheck` while it holds the case.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from huiqian.base import clock
from huiqian.documents.effects import add_readers
from huiqian.org.rules import Roster
from huiqian.process.models import Instance
from huiqian.process.run import Case
from huiqian.work.events import RecheckAnswered, RecheckAsked, RecheckPassedOn
from huiqian.work.models import Assignment, Recheck

Line = Mapping[str, str]
# What nobody needs to look at again: the case itself was given up.
GIVEN_UP = (Instance.Status.WITHDRAWN, Instance.Status.TERMINATED)
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
    whose = _whose(case, fresh)
    by_person: dict[int, list[Line]] = {}
    for line in fresh:
        by_person.setdefault(whose[line["member"]], []).append(line)
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


def pass_on(case: Case, recheck: Recheck, to: int = 0) -> int:
    """Give an open re-check of a locked case to somebody else, or to whoever is responsible now; to whom. Whoever is
    asked for the same cause already has its lines with theirs.
    """
    former, to = recheck.person_id, to or _whose(case, recheck.lines)[recheck.lines[0]["member"]]
    if to == former:
        return to
    theirs = Recheck.objects.filter(instance_id=case.id, cause=recheck.cause, person_id=to, answer="").first()
    if theirs is None:
        recheck.person_id, recheck.reminded_at = to, None
    else:
        theirs.lines = [*theirs.lines, *recheck.lines]
        theirs.save()
        recheck.answer, recheck.answered_at = Recheck.Answer.VOID, case.now
        case.facts.append(RecheckAnswered(recheck=recheck.pk, cause=recheck.cause, answer=recheck.answer, note=""))
    recheck.save()
    add_readers(case.id, [to], case.now)
    case.facts.append(RecheckPassedOn(recheck=(theirs or recheck).pk, cause=recheck.cause, person=former, people=[to]))
    return to


def _whose(case: Case, lines: Sequence[Line]) -> dict[str, int]:
    """Who is responsible for lines of a locked case, by member."""
    places = {(case.id, line["member"]) for line in lines}
    found = responsible_for(places, {case.id: (case.starter_id, case.starter_position)}, case.roster)
    return {member: person for (_case, member), person in found.items()}


def responsible_for(
    places: set[tuple[int, str]], starters: Mapping[int, tuple[int, str]], snapshot: Roster
) -> dict[tuple[int, str], int]:
    """Who is responsible now for a case, or for a member's part of it: the holder of its open task, doing before
    deciding; where a member's part waits for nobody, nor the case, the member themself; else the starter, or who holds
    the position they began it in. Nobody whose account is closed. 1 query.
    """
    shares = Assignment.objects.filter(
        task__instance_id__in={case for case, _member in places}, task__status="open", status="open"
    ).order_by("-task__kind", "task_id", "turn", "id")
    holders: dict[tuple[int, str], int] = {}
    # "do" comes before "approve" in this order.
    for case, member, person in shares.values_list("task__instance_id", "task__member", "person_id"):
        if snapshot.people[person].active:
            holders.setdefault((case, member), person)
    logins = {person.login: person.id for person in snapshot.people.values() if person.active}
    return {
        (case, member): holders.get((case, member))
        or holders.get((case, ""))
        or logins.get(member)
        or _anybody(holders, case, member)
        or _starter(*starters[case], snapshot)
        for case, member in places
    }


def _starter(person: int, position: str, snapshot: Roster) -> int:
    """The starter, or who stands where they stood: its holder, the nearest superior, an administrator."""
    if snapshot.people[person].active:
        return person
    return next((one.person.id for one in snapshot.choose(position, clock.today())), person)


def _anybody(holders: Mapping[tuple[int, str], int], case: int, member: str) -> int | None:
    """For what belongs to no member: whoever does a member's part of the case now, the first of them."""
    return None if member else next((person for (one, _member), person in holders.items() if one == case), None)
