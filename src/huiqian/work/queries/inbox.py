"""The inbox: 待办, 已办 and 我发起的, one query a page whatever its size.

Who decides for somebody who is away finds that one's tasks among their own: of each of them the first of a page along
their index, merged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.languages import pick
from huiqian.org.queries import roster
from huiqian.org.rules import PersonRef, Roster
from huiqian.process.content import Content, content_of
from huiqian.work.queries.timeline import about
from huiqian.work.rules import OUTCOME_DONE, rights

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One line of the inbox: a share of a task, or (started) a case."""

    assignment_id: int | None
    task_id: int | None
    case_number: str
    case_status: str
    title: str
    summary: str
    process_code: str
    process_name: str
    step_name: str
    kind: str
    starter: PersonRef
    starter_department: str
    due_at: datetime | None
    arrived_at: datetime
    urgency: str
    returned: bool
    outcome: str
    outcome_name: str
    decided_at: datetime | None
    waiting_for: tuple[str, ...] = ()
    quick: bool = False
    may_return: bool = False
    # Which of several a member's step is about, and whether it is a member's.
    about: str = ""
    member: bool = False
    # For whom the reader decides or decided it, and (done) who decided it for the reader.
    behalf: str = ""
    behalf_login: str = ""
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Up to 25 rows, and where the next page begins ("" on the last one).

    Of what is done: the page holds what was decided before `until` and not before `since`, where it says so.
    """

    rows: tuple[InboxRow, ...]
    after: str
    until: datetime | None = None
    since: datetime | None = None


COLUMNS = """
a.id, t.id, i.number, i.status, i.title, i.summary, i.version_id, t.element, t.name_zh, t.name_en, t.kind, i.starter_id,
a.due_at, a.assigned_at, t.returned_from, a.outcome, a.decided_at, t.member, a.person_id, a.decided_by_id
"""
FROM = """
from work_assignment a join work_task t on t.id = a.task_id join process_instance i on i.dossier_id = t.instance_id
"""


def inbox(
    actor: Actor,
    tab: str = "open",
    *,
    search: str = "",
    process: str = "",
    urgency: str = "",
    after: str = "",
    behalf: str = "",
    size: int = PAGE_SIZE,
) -> InboxPage:
    """One page of the inbox: `tab` is open, done or started; `after` is where the page before ended.

    `behalf` narrows what is open to one's own ("me") or to what waits for somebody one decides for (their login).
    1 query beside the organisation's snapshot; its cost does not grow with other people's work.
    """
    if tab == "started":
        return _started(actor, search, process, after, size)
    snapshot = roster()
    where, values = filters(search, process)
    at = _cursor(after)
    if tab == "done":
        where += " and a.status = 'done'" + _after_done(at, values)
        whose, order, places = _done_by(actor), "a.decided_at desc, a.id desc", "17 desc, 1 desc"
    else:
        where += " and a.status = 'open'" + _urgency(urgency, values) + _after_open(at, values)
        whose, order, places = open_for(actor, snapshot, behalf), "a.due_at, a.id", "13, 1"
    query, all_values = merged(f"select {COLUMNS} {FROM}", whose, where, values, order, places, size + 1)
    with connection.cursor() as cursor:
        cursor.execute(query, all_values)
        found = cursor.fetchall()
    rows = _rows(found[:size], snapshot, actor)
    last = rows[-1] if len(found) > size else None
    if tab == "done":
        until, since = at[0] if at else None, last.decided_at if last else None
        return InboxPage(rows, _mark(since, last.assignment_id) if last else "", until, since)
    return InboxPage(rows, _mark(last.due_at, last.assignment_id) if last else "")


Whose = tuple[str, tuple[int, ...]]
OWN = "a.person_id = %s"
# Not a case one started oneself: that is approved by somebody else.
FOR_OTHER = f"{OWN} and not (t.kind = 'approve' and i.starter_id = %s)"
DONE_FOR_OTHERS = "a.decided_by_id = %s and a.decided_by_id <> a.person_id"


def decides_for(actor: Actor, snapshot: Roster) -> list[PersonRef]:
    """Those for whom somebody decides today, by name."""
    away = snapshot.stands_in_for(actor.person, clock.today())
    return sorted((snapshot.people[one] for one in away), key=lambda person: person.name)


def open_for(actor: Actor, snapshot: Roster, behalf: str = "") -> list[Whose]:
    """Whose open shares somebody sees: their own, and those of whom they decide for."""
    others = [one for one in decides_for(actor, snapshot) if behalf in ("", one.login)]
    own: list[Whose] = [(OWN, (actor.person,))] if behalf in ("", "me") or not others else []
    return own + [(FOR_OTHER, (one.id, actor.person)) for one in others]


def _done_by(actor: Actor) -> list[Whose]:
    return [(OWN, (actor.person,)), (DONE_FOR_OTHERS, (actor.person,))]


def merged(
    select: str, whose: Sequence[Whose], where: str, values: Sequence[Any], order: str, places: str, limit: int
) -> tuple[str, list[Any]]:
    """A query that takes the first rows of each along their index and puts them in one order (`places`: the columns of
    `order`), and its values.
    """
    parts = [f"{select} where {condition} {where} order by {order} limit {limit}" for condition, _values in whose]
    all_values = [value for _condition, own in whose for value in (*own, *values)]
    if len(parts) == 1:
        return parts[0], all_values
    return f"({') union all ('.join(parts)}) order by {places} limit {limit}", all_values


def _mark(moment: datetime | None, number: int | None) -> str:
    return f"{moment.isoformat() if moment else ''}~{number}"


def _after_done(at: tuple[datetime | None, int] | None, values: list[Any]) -> str:
    if at is None:
        return ""
    values += at
    return " and (a.decided_at, a.id) < (%s::timestamptz, %s)"


def _after_open(at: tuple[datetime | None, int] | None, values: list[Any]) -> str:
    """What comes behind a place in the order "most urgent first, without a deadline last"."""
    if at is None:
        return ""
    moment, number = at
    if moment is None:
        values.append(number)
        return " and a.due_at is null and a.id > %s"
    values += [moment, number, moment]
    return " and ((a.due_at = %s and a.id > %s) or a.due_at > %s or a.due_at is null)"


def _cursor(after: str) -> tuple[datetime | None, int] | None:
    moment, _, number = after.partition("~")
    try:
        return (datetime.fromisoformat(moment) if moment else None), int(number)
    except ValueError:
        return None


def filters(search: str, process: str) -> tuple[str, list[Any]]:
    """What a search and a process narrow a list of cases (`i`) to, as conditions and their values."""
    where, values = "", []
    for word in search.split()[:5]:
        where += (
            " and (i.title ilike %s or i.number ilike %s or i.summary ilike %s"
            " or i.starter_id in (select id from org_person where name ilike %s or sort_key like %s))"
        )
        like = f"%{_escaped(word)}%"
        values += [like, like, like, like, f"{_escaped(word.lower())}%"]
    if process:
        where += " and i.number like %s"
        values.append(f"{_escaped(process)}-%")
    return where, values


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def _urgency(urgency: str, values: list[Any]) -> str:
    now = clock.now()
    if urgency == "overdue":
        values.append(now)
        return " and a.due_at < %s"
    if urgency == "today":
        values += [now, end_of_day(now)]
        return " and a.due_at >= %s and a.due_at < %s"
    return " and t.returned_from <> '' and t.kind = 'do'" if urgency == "returned" else ""


def end_of_day(moment: datetime) -> datetime:
    """The midnight after this moment, in Shanghai."""
    day = moment.astimezone(COMPANY_ZONE).date() + timedelta(days=1)
    return datetime.combine(day, time(), COMPANY_ZONE)


def urgency_of(due_at: datetime | None, now: datetime) -> str:
    """overdue, today, week (within seven days), later, or none without a deadline."""
    return _urgency_of(due_at, now, end_of_day(now))


def _urgency_of(due_at: datetime | None, now: datetime, midnight: datetime) -> str:
    if due_at is None:
        return "none"
    if due_at < now:
        return "overdue"
    if due_at < midnight:
        return "today"
    return "week" if due_at < midnight + timedelta(days=6) else "later"


def _rows(found: Sequence[Sequence[Any]], snapshot: Roster, actor: Actor) -> tuple[InboxRow, ...]:
    """The lines of a page. What lines share (a step, a starter's department, midnight) is looked up once."""
    now = clock.now()
    homes: dict[int, str] = {}
    steps: dict[tuple[int, str], tuple[Content, bool, bool]] = {}
    midnight = end_of_day(now)
    return tuple(
        _row(
            line, snapshot, now, midnight, _home(homes, snapshot, line[11], now), _step(steps, line[6], line[7]),
            _both_names(line[18], line[19], actor, snapshot),
        )
        for line in found
    )  # fmt: skip


def _both_names(asked: int, decided_by: int | None, actor: Actor, snapshot: Roster) -> tuple[str, str, str]:
    """Whose share it is (name and login), where it is not the reader's; who decided the reader's for them."""
    if asked != actor.id:
        return snapshot.people[asked].name, snapshot.people[asked].login, ""
    return "", "", snapshot.people[decided_by].name if decided_by not in (None, asked) else ""


def _home(known: dict[int, str], snapshot: Roster, person: int, now: datetime) -> str:
    """The department of somebody's main position; empty without one."""
    if person not in known:
        home = snapshot.main_position(person, now.astimezone(COMPANY_ZONE).date())
        known[person] = home.department_name if home else ""
    return known[person]


def _step(known: dict[tuple[int, str], tuple[Content, bool, bool]], version: int, element: str) -> Any:
    """A step's process, whether it asks for something to be filled in, and whether it may return."""
    found = known.get((version, element))
    if found is None:
        content = content_of(version)
        may_return = "returnTo" in content.definition.elements[element].settings
        found = known[version, element] = (content, fills(content, element), may_return)
    return found


def _row(
    line: Sequence[Any],
    snapshot: Roster,
    now: datetime,
    midnight: datetime,
    home: str,
    step: tuple[Content, bool, bool],
    names: tuple[str, str, str],
) -> InboxRow:
    (assignment, task, number, status, title, summary, _version, _element, name_zh, name_en, kind, starter_id, due_at,
     assigned_at, returned_from, outcome, decided_at, member, person, _decided_by) = line  # fmt: skip
    content, filled, may_return = step
    behalf, behalf_login, decider = names
    return InboxRow(
        assignment_id=assignment, task_id=task, case_number=number, case_status=status, title=title, summary=summary,
        process_code=content.code, process_name=content.name, step_name=pick(name_zh, name_en), kind=kind,
        starter=snapshot.people[starter_id], starter_department=home, due_at=due_at, arrived_at=assigned_at,
        urgency=_urgency_of(due_at, now, midnight), returned=bool(returned_from) and kind == "do", outcome=outcome,
        outcome_name=str(OUTCOME_DONE.get(outcome, outcome)), decided_at=decided_at,
        quick=kind == "approve" and not filled, may_return=may_return, member=bool(member),
        about=about(member, snapshot.people[person].login, snapshot), behalf=behalf, behalf_login=behalf_login,
        decided_by=decider,
    )  # fmt: skip


def fills(content: Content, element: str) -> bool:
    """Whether a step asks its person to fill in something."""
    form = content.form_of(element)
    allowed = rights(content.definition.elements[element])
    return form is not None and any(allowed.get(name, "edit") == "edit" for name in form.names)


STARTED = """
select i.dossier_id, i.number, i.status, i.title, i.summary, i.version_id, i.started_at, i.ended_at,
       w.people, w.due_at, w.elements
from process_instance i left join lateral (
    select array_agg(distinct a.person_id) as people, min(t.due_at) as due_at, array_agg(distinct t.element) as elements
    from work_task t join work_assignment a on a.task_id = t.id and a.status = 'open'
    where t.instance_id = i.dossier_id and t.status = 'open'
) w on true
where i.starter_id = %s
"""


def _started(actor: Actor, search: str, process: str, after: str, size: int) -> InboxPage:
    where, values = filters(search, process)
    at = _cursor(after)
    if at is not None and at[0] is not None:
        where += " and (i.started_at, i.dossier_id) < (%s::timestamptz, %s)"
        values += at
    query = f"{STARTED} {where} order by i.started_at desc, i.dossier_id desc limit {size + 1}"
    with connection.cursor() as cursor:
        cursor.execute(query, [actor.id, *values])
        found = cursor.fetchall()
    snapshot = roster()
    rows = tuple(_started_row(line, actor, snapshot) for line in found[:size])
    last = found[size - 1] if len(found) > size else None
    return InboxPage(rows, _mark(last[6], last[0]) if last else "")


def _started_row(line: Sequence[Any], actor: Actor, snapshot: Roster) -> InboxRow:
    (_id, number, status, title, summary, version, started_at, ended_at, people, due_at, elements) = line
    content, now = content_of(version), clock.now()
    home = snapshot.main_position(actor.person, now.astimezone(COMPANY_ZONE).date())
    return InboxRow(
        assignment_id=None, task_id=None, case_number=number, case_status=status, title=title, summary=summary,
        process_code=content.code, process_name=content.name,
        step_name=" / ".join(content.step_name(element) for element in elements or ()), kind="",
        starter=snapshot.people[actor.person], starter_department=home.department_name if home else "", due_at=due_at,
        arrived_at=started_at, urgency=urgency_of(due_at, now), returned=False, outcome="", outcome_name="",
        decided_at=ended_at, waiting_for=tuple(snapshot.people[person].name for person in people or ()),
    )  # fmt: skip
