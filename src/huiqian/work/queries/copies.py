"""抄送我: the cases one was copied on; and who was copied on a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.org.queries import roster
from huiqian.org.rules import PersonRef, Roster
from huiqian.process.content import content_of
from huiqian.work.models import Copy
from huiqian.work.queries.inbox import PAGE_SIZE, filters


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A case that the reader was copied on: by whom, with what word, and whether it is still unread."""

    id: int
    case_number: str
    case_status: str
    title: str
    summary: str
    process_code: str
    process_name: str
    starter: PersonRef
    starter_department: str
    sender: PersonRef
    text: str
    sent_at: datetime
    unread: bool


@dataclass(frozen=True, slots=True)
class CopyPage:
    """Up to 25 rows, and where the next page begins ("" on the last one)."""

    rows: tuple[CopyRow, ...]
    after: str


COPIES = """
select c.id, i.number, i.status, i.title, i.summary, i.version_id, i.starter_id, c.sender_id, c.text,
       c.sent_at, c.read_at
from work_copy c join process_instance i on i.dossier_id = c.instance_id where c.person_id = %s
"""


def copies(actor: Actor, *, search: str = "", process: str = "", after: str = "", unread: bool = False) -> CopyPage:
    """The cases that somebody was copied on, the newest first. 1 query beside the organisation's snapshot."""
    where, values = filters(search, process)
    if unread:
        where += " and c.read_at is null"
    if after.isdecimal():
        where += " and c.id < %s"
        values.append(int(after))
    query = f"{COPIES} {where} order by c.id desc limit {PAGE_SIZE + 1}"
    with connection.cursor() as cursor:
        cursor.execute(query, [actor.person, *values])
        found = cursor.fetchall()
    snapshot = roster()
    rows = tuple(_row(line, snapshot) for line in found[:PAGE_SIZE])
    return CopyPage(rows, str(rows[-1].id) if len(found) > PAGE_SIZE else "")


def _row(line: Sequence[Any], snapshot: Roster) -> CopyRow:
    (copy, number, status, title, summary, version, starter, sender, text, sent_at, read_at) = line
    content = content_of(version)
    home = snapshot.main_position(starter, clock.now().astimezone(COMPANY_ZONE).date())
    return CopyRow(
        id=copy, case_number=number, case_status=status, title=title, summary=summary, process_code=content.code,
        process_name=content.name, starter=snapshot.people[starter],
        starter_department=home.department_name if home else "", sender=snapshot.people[sender], text=text,
        sent_at=sent_at, unread=read_at is None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CopyLine:
    """Somebody who was copied on a case."""

    person: PersonRef
    sender: PersonRef
    text: str
    sent_at: datetime
    read_at: datetime | None


def copies_of(case_id: int, snapshot: Roster) -> tuple[CopyLine, ...]:
    """Who was copied on a case that the caller has checked may be read. 1 query."""
    return tuple(
        CopyLine(snapshot.people[one.person_id], snapshot.people[one.sender_id], one.text, one.sent_at, one.read_at)
        for one in Copy.objects.filter(instance_id=case_id).order_by("id")
    )
