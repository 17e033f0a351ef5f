"""Where the cases of one process wait: its diagram by how long its steps take, and the same as rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Literal

from django.utils.translation import gettext as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.base.languages import language
from huiqian.diagram import Mark, draw
from huiqian.insight.access import check_may_see_figures
from huiqian.org.queries import roster
from huiqian.org.rules import Calendar
from huiqian.process.content import Content
from huiqian.process.queries import contents_in_effect, people_steps, todays_layout
from huiqian.work.models import Task

# The latest tasks are enough to tell; a page is not to read a hundred thousand.
MOST = 2_000
# Up to so many working hours: quick, fair, slow; what waits longer is slowest.
Heat = Literal["quick", "fair", "slow", "slowest"]
STEPS: tuple[tuple[int, Heat], ...] = ((4, "quick"), (12, "fair"), (24, "slow"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long a step waited: the median in working hours, of so many tasks; how many were late or sent back."""

    element: str
    step: str
    position: str
    hours: Decimal
    tasks: int
    late: int
    returned: int

    @property
    def heat(self) -> Heat:
        """How long that is, in one word."""
        return next((heat for most, heat in STEPS if self.hours <= most), "slowest")

    @property
    def late_percent(self) -> int:
        """How many of a hundred were done after their deadline."""
        return round(100 * self.late / self.tasks)

    @property
    def returned_percent(self) -> int:
        """How many of a hundred sent the case back."""
        return round(100 * self.returned / self.tasks)


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A process's picture and rows (longest waits first), of the latest tasks within the period."""

    code: str
    name: str
    picture: str
    rows: tuple[Waiting, ...]
    tasks: int


def bottleneck(actor: Actor, code: str, days: int) -> Bottleneck:
    """Where the cases of a process waited in the last `days` days; NotFound without a version in effect. 2 queries."""
    check_may_see_figures(actor)
    content = next((one for one in contents_in_effect() if one.code == code), None)
    if content is None:
        raise NotFound
    tasks = _tasks(code, clock.now() - timedelta(days=days))
    rows = tuple(_waits(content, tasks))
    picture = draw(todays_layout(content, roster()), {row.element: _mark(row) for row in rows}, language=language())
    longest = tuple(sorted(rows, key=lambda row: (-row.hours, row.element)))
    return Bottleneck(code, content.name, picture, longest, len(tasks))


Done = tuple[str, str, datetime, datetime, datetime | None]


def _tasks(code: str, since: datetime) -> list[Done]:
    """Element, status, opened, closed, due: of tasks that somebody settled."""
    settled = Task.objects.filter(
        instance__version__definition__code=code, status__in=[Task.Status.DONE, Task.Status.RETURNED],
        closed_at__gte=since,
    )  # fmt: skip
    rows = settled.order_by("-id").values_list("element", "status", "opened_at", "closed_at", "due_at")[:MOST]
    return [(element, status, opened, closed, due) for element, status, opened, closed, due in rows if closed]


def _waits(content: Content, tasks: Iterable[Done]) -> Iterator[Waiting]:
    snapshot = roster()
    by_step: dict[str, list[Done]] = {}
    for task in tasks:
        by_step.setdefault(task[0], []).append(task)
    for element in people_steps(content):
        if done := by_step.get(element.id):
            yield Waiting(
                element=element.id, step=content.step_name(element.id),
                position=snapshot.position_name(element.position or ""), hours=_hours(snapshot.calendar, done),
                tasks=len(done), late=sum(1 for one in done if one[4] and one[3] > one[4]),
                returned=sum(1 for one in done if one[1] == Task.Status.RETURNED),
            )  # fmt: skip


def _hours(calendar: Calendar, done: Iterable[Done]) -> Decimal:
    waited = median(calendar.worked(opened, closed).total_seconds() for _e, _s, opened, closed, _d in done)
    return round(Decimal(waited) / 3600, 1)


def _mark(row: Waiting) -> Mark:
    words = " · ".join((_("%(n)s h") % {"n": row.hours}, _("%(n)d tasks") % {"n": row.tasks}))
    note = ""
    if row.returned:
        note = _("returned %(n)d%%") % {"n": row.returned_percent}
    elif row.late:
        note = _("late %(n)d%%") % {"n": row.late_percent}
    return Mark(row.heat, when=words, note=note)
