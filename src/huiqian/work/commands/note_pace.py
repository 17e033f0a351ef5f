"""Note how long the steps of all processes usually take."""

from collections import defaultdict
from datetime import datetime, timedelta
from statistics import median

from django.db import connection

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.org.queries import roster
from huiqian.work.models import Pace

# What was done longer ago, or before so many others, says little about today.
DAYS, LATEST = 180, 200
# Fewer times are chance.
ENOUGH = 3

# A step that several people do in a case takes from the first one's asking to the last one's answer. What was settled
# as it began (the form that started the case) took no time that anybody waits for.
TAKEN = """
with stage as (
    select d.code, t.element, min(t.opened_at) as opened, max(t.closed_at) as closed
      from work_task t
      join process_instance i on i.dossier_id = t.instance_id
      join process_version v on v.id = i.version_id
      join process_definition d on d.id = v.definition_id
     where t.status in ('done', 'returned') and t.closed_at >= %s and t.closed_at > t.opened_at
     group by d.code, t.element, t.instance_id, t.round
), ranked as (
    select *, row_number() over (partition by code, element order by closed desc) as place from stage
)
select code, element, opened, closed from ranked where place <= %s
"""


@command
def note_pace(actor: Actor) -> int:
    """Work out the median working time of every step from the last half year's tasks; returns of how many steps.

    A step done fewer than three times has none. Running it twice changes nothing.
    """
    found = _taken(clock.now() - timedelta(days=DAYS))
    calendar = roster().calendar
    rows = [
        Pace(
            process=code, element=element, times=len(spans),
            minutes=round(median(calendar.worked(*span) / timedelta(minutes=1) for span in spans)),
        )
        for (code, element), spans in sorted(found.items())
        if len(spans) >= ENOUGH
    ]  # fmt: skip
    Pace.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["process", "element"], update_fields=["minutes", "times"]
    )
    known = {(row.process, row.element) for row in rows}
    gone = [row.pk for row in Pace.objects.all() if (row.process, row.element) not in known]
    Pace.objects.filter(pk__in=gone).delete()
    return len(rows)


def _taken(since: datetime) -> dict[tuple[str, str], list[tuple[datetime, datetime]]]:
    found: dict[tuple[str, str], list[tuple[datetime, datetime]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, [since, LATEST])
        for code, element, opened, closed in cursor.fetchall():
            found[code, element].append((opened, closed))
    return found
