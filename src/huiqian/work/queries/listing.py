"""Lists of cases."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from huiqian.base.actors import Actor
from huiqian.process.access import visible_cases
from huiqian.process.models import Instance

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class CasePage:
    """Up to 25 cases, newest first, and where the next page begins ("" on the last one)."""

    cases: tuple[Instance, ...]
    after: str


def cases(actor: Actor, *, status: str = "", process: str = "", after: str = "") -> CasePage:
    """The cases this person may read. 1 query; an unreadable `after` begins at the start."""
    found = visible_cases(actor).defer("state", "data")
    if status:
        found = found.filter(status=status)
    if process:
        found = found.filter(version__definition__code=process)
    moment, _, number = after.partition("~")
    try:
        at, last = datetime.fromisoformat(moment), int(number)
        found = found.filter(Q(started_at__lt=at) | Q(started_at=at, pk__lt=last))
    except ValueError:
        pass
    rows = list(found.order_by("-started_at", "-pk")[: PAGE_SIZE + 1])
    more = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    return CasePage(tuple(rows[:PAGE_SIZE]), f"{more.started_at.isoformat()}~{more.pk}" if more else "")
