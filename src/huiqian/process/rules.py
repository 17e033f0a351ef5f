"""Who speaks for a position in a joint review, and who is asked; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiqian.base.clock import COMPANY_ZONE
from huiqian.org.rules import Roster

# The group of positions that review every version; an administrator edits it.
REVIEWERS = "process_reviewers"


@dataclass(frozen=True, slots=True)
class Speaks:
    """As whom somebody may speak for a position: for themselves, or for the one they stand in for (`behalf`)."""

    via: str
    behalf: int | None = None


def speaks_for(
    snapshot: Roster, person: int | None, position: str, day: date, submitter: int | None = None
) -> Speaks | None:
    """Whether somebody may speak for a position on a day, and as whom.

    Its holders, where there are none the nearest superior, else the administrators; and whoever is their deputy, but
    not the version's own submitter.
    """
    if person is None:
        return None
    chosen = snapshot.choose(position, day)
    own = next((one for one in chosen if one.person.id == person), None)
    if own is not None:
        return Speaks(own.via)
    away = snapshot.stands_in_for(person, day) if person != submitter else frozenset()
    other = next((one for one in chosen if one.person.id in away), None)
    return Speaks(other.via, other.person.id) if other else None


def reviews_versions(snapshot: Roster, person: int | None, day: date) -> bool:
    """Whether somebody may speak today for one of the positions that review every version."""
    group = snapshot.groups.get(REVIEWERS)
    return group is not None and any(speaks_for(snapshot, person, one, day) is not None for one in group.positions)


def asked_for(snapshot: Roster, positions: Sequence[str], day: date) -> list[int]:
    """The people who are asked for these positions on a day, and their deputies, each once."""
    people = [one.person.id for position in positions for one in snapshot.choose(position, day)]
    deputies = [found.id for person in people if (found := snapshot.deputy_of(person, day))]
    return sorted({*people, *deputies})


def day_of(now: datetime) -> date:
    """The company's day at a moment."""
    return now.astimezone(COMPANY_ZONE).date()
