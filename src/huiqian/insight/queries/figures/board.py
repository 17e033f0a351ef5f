"""The figures over all processes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.insight.access import check_may_see_figures
from huiqian.marketing.queries import month_sums
from huiqian.org.queries import roster
from huiqian.process.queries import contents_in_effect

PERIODS = (30, 90, 180, 365)
MONTHS = 6
DAY = 86_400

CYCLES = """
select d.code, count(*),
       percentile_cont(0.5) within group (order by extract(epoch from i.ended_at - i.started_at)),
       percentile_cont(0.9) within group (order by extract(epoch from i.ended_at - i.started_at))
from process_instance i
join process_version v on v.id = i.version_id join process_definition d on d.id = v.definition_id
where i.status = 'completed' and i.ended_at > %s and i.ended_at <= %s group by grouping sets ((d.code), ())
"""
RUNNING = """
select count(*) filter (where status in ('running', 'suspended')),
       count(*) filter (where started_at <= %s and (ended_at is null or ended_at > %s)) from process_instance
"""
ON_TIME = """
select count(*) filter (where closed_at >= %s and closed_at <= due_at), count(*) filter (where closed_at >= %s),
       count(*) filter (where closed_at < %s and closed_at <= due_at), count(*) filter (where closed_at < %s)
from work_task where status in ('done', 'returned') and due_at is not null and closed_at >= %s
"""
BY_MONTH = """
select date_trunc('month', closed_at at time zone 'Asia/Shanghai')::date,
       count(*) filter (where closed_at <= due_at), count(*)
from work_task where status in ('done', 'returned') and due_at is not null and closed_at >= %s group by 1
"""
OPEN_WORK = """
select coalesce(t.position, ''), count(*) filter (where a.due_at is null or a.due_at >= %s),
       count(*) filter (where a.due_at >= %s and a.due_at < %s), count(*) filter (where a.due_at < %s)
from work_assignment a join work_task t on t.id = a.task_id join process_instance i on i.dossier_id = t.instance_id
where a.status = 'open' and i.status = 'running' group by t.position
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many; `percent` is None where there is none of which to tell a share."""

    good: int
    all: int

    @property
    def percent(self) -> Decimal | None:
        """The share in percent, with one decimal."""
        return round(Decimal(100 * self.good) / self.all, 1) if self.all else None


@dataclass(frozen=True, slots=True)
class Cycle:
    """How long a process's completed cases took, in days: the half of them at most `middle`, nine in ten `most`."""

    code: str
    name: str
    cases: int
    middle: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Load:
    """A position's open work: in time, due today, late."""

    position: str
    name: str
    calm: int
    today: int
    late: int

    @property
    def all(self) -> int:
        """All of it."""
        return self.calm + self.today + self.late


@dataclass(frozen=True, slots=True)
class Month:
    """A month's share of tasks done in time, and what was planned to be sold and was, in yuan (None: nothing said)."""

    first: date
    on_time: Rate
    planned: Decimal | None
    sold: Decimal | None

    @property
    def fulfilled(self) -> Decimal | None:
        """What was sold of what was planned, in percent."""
        return round(100 * self.sold / self.planned, 1) if self.planned and self.sold is not None else None


@dataclass(frozen=True, slots=True)
class Board:
    """The figures of the last `days`, and beside them those of as many days before.

    `running` and `running_before` are open cases now and at the period's beginning; `middle` the median days of
    completed cases; `late` the open tasks past their deadline, most of them at the first of `loads`.
    """

    days: int
    running: int
    running_before: int
    completed: int
    middle: Decimal | None
    middle_before: Decimal | None
    on_time: Rate
    on_time_before: Rate
    late: int
    cycles: tuple[Cycle, ...]
    loads: tuple[Load, ...]
    months: tuple[Month, ...]

    @property
    def running_change(self) -> int:
        """How many more cases are open than at the period's beginning."""
        return self.running - self.running_before

    @property
    def middle_change(self) -> Decimal | None:
        """By how many days the median grew."""
        if self.middle is None or self.middle_before is None:
            return None
        return self.middle - self.middle_before

    @property
    def on_time_change(self) -> Decimal | None:
        """By how many points the share of tasks in time grew."""
        now, before = self.on_time.percent, self.on_time_before.percent
        return None if now is None or before is None else now - before


def board(actor: Actor, days: int) -> Board:
    """The figures of the last `days` days over all processes; Forbidden but for superiors. 8 queries."""
    check_may_see_figures(actor)
    now = clock.now()
    since, before = now - timedelta(days=days), now - timedelta(days=2 * days)
    names = {content.code: content.name for content in contents_in_effect()}
    cycles, ago = _cycles(names, since, now), _cycles(names, before, since)
    running, running_before = _row(RUNNING, [since, since])
    on_time, all_, on_time_ago, all_ago = _row(ON_TIME, [since, since, since, since, before])
    loads = _loads(now)
    whole, whole_ago = cycles.pop("", None), ago.get("")
    return Board(
        days=days, running=running, running_before=running_before, completed=whole.cases if whole else 0,
        middle=whole.middle if whole else None, middle_before=whole_ago.middle if whole_ago else None,
        on_time=Rate(on_time, all_), on_time_before=Rate(on_time_ago, all_ago),
        late=sum(load.late for load in loads), cycles=tuple(sorted(cycles.values(), key=lambda one: one.code)),
        loads=loads, months=_months(now),
    )  # fmt: skip


def _cycles(names: Mapping[str, str], since: datetime, until: datetime) -> dict[str, Cycle]:
    """By code; under the empty code all of them together."""
    return {
        code or "": Cycle(code or "", names.get(code, ""), count, _in_days(middle), _in_days(most))
        for code, count, middle, most in _rows(CYCLES, [since, until])
        if count
    }


def _in_days(seconds: float) -> Decimal:
    return round(Decimal(seconds) / DAY, 1)


def _loads(now: datetime) -> tuple[Load, ...]:
    snapshot = roster()
    local = now.astimezone(COMPANY_ZONE)
    tomorrow = datetime.combine(local.date() + timedelta(days=1), time(), COMPANY_ZONE)
    loads = [
        Load(code, snapshot.position_name(code), calm, today, late)
        for code, calm, today, late in _rows(OPEN_WORK, [tomorrow, now, tomorrow, now])
    ]
    return tuple(sorted(loads, key=lambda load: (-load.late, -load.all, load.position)))


def _months(now: datetime) -> tuple[Month, ...]:
    """The last months, oldest first."""
    firsts = [now.astimezone(COMPANY_ZONE).date().replace(day=1)]
    while len(firsts) < MONTHS:
        firsts.insert(0, (firsts[0] - timedelta(days=1)).replace(day=1))
    begins = datetime.combine(firsts[0], time(), COMPANY_ZONE)
    rates = {first: Rate(good, all_) for first, good, all_ in _rows(BY_MONTH, [begins])}
    sums: Mapping[date, tuple[Decimal | None, Decimal | None]] = month_sums(firsts)
    return tuple(Month(first, rates.get(first, Rate(0, 0)), *sums.get(first, (None, None))) for first in firsts)


def _row(query: str, values: Sequence[datetime]) -> tuple[int, ...]:
    return tuple(_rows(query, values)[0])


# What a row holds is said by its query.
def _rows(query: str, values: Sequence[datetime]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
