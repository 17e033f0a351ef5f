"""How much waits for somebody, and what comes next."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.org.queries import roster
from huiqian.process.reviews import awaited_of
from huiqian.work.queries.inbox import FROM, decides_for, end_of_day, merged, open_for

MANY = 100


@dataclass(frozen=True, slots=True)
class ForOther:
    """Somebody who is away and for whom the reader decides, and how much waits for them."""

    login: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How much there is of each (of copies: unread); 100 means more than 99. What is open, late, due or returned is
    one's own and that of `others`, for whom one decides; `reviews`, joint reviews of versions that ask the reader,
    and `rechecks` are among the open.
    """

    open: int
    overdue: int
    today: int
    returned: int
    running: int
    drafts: int
    copies: int
    others: tuple[ForOther, ...] = ()
    reviews: int = 0
    rechecks: int = 0

    @property
    def own(self) -> int:
        """How much of what is open is one's own."""
        return max(0, self.open - sum(one.count for one in self.others))


OWN = "a.person_id = %(me)s"
# What waits for those one decides for; a case one started oneself is approved by somebody else.
OTHERS = """a.person_id = any(%(others)s) and not exists (
    select 1 from work_task t join process_instance i on i.dossier_id = t.instance_id
    where t.id = a.task_id and t.kind = 'approve' and i.starter_id = %(me)s)"""
OPEN = "select 1 from work_assignment a where a.status = 'open' and"


def _counts(whose: str) -> str:
    return f"""
    select (select count(*) from ({OPEN} {whose} limit {MANY}) x),
           (select count(*) from ({OPEN} {whose} and a.due_at < %(now)s limit {MANY}) x),
           (select count(*) from ({OPEN} {whose} and a.due_at >= %(now)s and a.due_at < %(midnight)s limit {MANY}) x),
           (select count(*) from (select 1 from work_assignment a join work_task k on k.id = a.task_id
                                  where a.status = 'open' and {whose} and k.returned_from <> ''
                                  and k.kind = 'do' limit {MANY}) x),
           (select count(*) from (select 1 from process_instance where starter_id = %(me)s and status = 'running'
                                  limit {MANY}) x),
           (select count(*) from (select 1 from forms_draft where owner_id = %(me)s and place like 'start:%%'
                                  limit {MANY}) x),
           (select count(*) from (select 1 from work_copy where person_id = %(me)s and read_at is null
                                  limit {MANY}) x),
           (select coalesce(jsonb_agg(jsonb_build_array(
                       r.id, r.submitter_id, o.position, r.due_at < %(now)s, r.due_at < %(midnight)s)), '[]')
            from process_review r join process_opinion o on o.review_id = r.id
            where r.outcome = '' and o.agrees is null),
           (select jsonb_build_array(count(*), count(*) filter (where r.due_at < %(now)s),
                                     count(*) filter (where r.due_at >= %(now)s and r.due_at < %(midnight)s))
            from work_recheck r join process_instance i on i.dossier_id = r.instance_id
            where r.answer = '' and r.person_id = any(%(people)s) and i.status not in ('withdrawn', 'terminated'))
    """  # noqa: S608 - no value from outside


FOR_ME = _counts(OWN)
FOR_ME_AND_OTHERS = _counts(f"({OWN} or {OTHERS})")
EACH = f"select a.person_id, count(*) from work_assignment a where a.status = 'open' and {OTHERS} group by 1"  # noqa: S608 - no value from outside


def inbox_counts(actor: Actor) -> InboxCounts:
    """How much waits for this person, each number counted to 100 at most. 1 query beside the organisation's; 2 for
    whoever decides for somebody.
    """
    away, now = decides_for(actor, roster()), clock.now()
    people = [one.id for one in away]
    values: dict[str, Any] = {
        "me": actor.person, "others": people, "people": [actor.person, *people], "now": now,
        "midnight": end_of_day(now),
    }  # fmt: skip
    others: tuple[ForOther, ...] = ()
    with connection.cursor() as cursor:
        if away:
            cursor.execute(EACH, values)
            waiting = dict(cursor.fetchall())
            others = tuple(ForOther(one.login, one.name, min(MANY, waiting.get(one.id, 0))) for one in away)
        cursor.execute(FOR_ME_AND_OTHERS if away else FOR_ME, values)
        *found, awaited, again = cursor.fetchone()
    counts: tuple[Any, ...] = (*found, others)
    return _with_reviews(_with_rechecks(InboxCounts(*counts), *json.loads(again)), actor, json.loads(awaited))


def _with_rechecks(counts: InboxCounts, many: int, late: int, today: int) -> InboxCounts:
    return replace(
        counts, open=counts.open + many, overdue=counts.overdue + late, today=counts.today + today, rechecks=many
    )


def _with_reviews(
    counts: InboxCounts, actor: Actor, awaited: Sequence[tuple[int, int, str, bool, bool]]
) -> InboxCounts:
    """The counts with the joint reviews that ask this person: who is asked, the organisation says."""
    if not awaited:
        return counts
    mine = awaited_of(actor, [(review, submitter, position) for review, submitter, position, _late, _today in awaited])
    late = {one[0] for one in awaited if one[3]} & mine
    today = {one[0] for one in awaited if one[4]} & mine - late
    return replace(
        counts, open=counts.open + len(mine), overdue=counts.overdue + len(late), today=counts.today + len(today),
        reviews=len(mine),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class NextTask:
    """The most urgent of somebody's open tasks: its case; the task and for whom, where the case may have several."""

    case_number: str
    task_id: int | None
    behalf_login: str


NEXT = f"select i.number, t.id, t.member, a.person_id, a.due_at, a.id {FROM}"


def next_task(actor: Actor) -> NextTask | None:
    """One's most urgent open task, or that of somebody one decides for. 1 query beside the organisation's."""
    snapshot = roster()
    whose = open_for(actor, snapshot)
    query, values = merged(NEXT, whose, "and a.status = 'open'", (), "a.due_at, a.id", "5, 6", 1)
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone()
    if row is None:
        return None
    number, task, member, person, _due, _share = row
    behalf = snapshot.people[person].login if person != actor.id else ""
    return NextTask(number, task if member or behalf else None, behalf)
