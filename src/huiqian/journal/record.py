"""Writes facts down, inside the transaction of the command that made them."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.events import Event
from huiqian.journal.rules import GENESIS, Sealed, link

# Two writers of one chain queue at its row.
HEAD = "select length, head from journal_chain where key = %s for update"
BEGIN = """
insert into journal_chain (key, length, head) values (%s, 0, %s)
on conflict (key) do update set key = excluded.key
returning length, head
"""
WRITE = """
with grown as (update journal_chain set length = %s, head = %s where key = %s),
facts as (
    insert into journal_entry (chain, number, kind, actor_id, behalf_id, at, door, address, detail, hash)
    select %s, number, kind, %s, %s, %s, %s, %s, detail::jsonb, hash
    from unnest(%s::bigint[], %s::text[], %s::text[], %s::bytea[]) as fact(number, kind, detail, hash)
    order by number
    returning id
)
"""
ONLY = f"{WRITE} select 1"
# The job that tells people of these facts: the same statement, so the same moment.
TOLD = f"""{WRITE}
insert into procrastinate_jobs (queue_name, task_name, priority, args)
select 'default', %s, 0, jsonb_build_object('entries', jsonb_agg(id)) from facts
"""  # noqa: S608 - no value from outside


def record(
    actor: Actor,
    chain: str,
    facts: Sequence[Event],
    *,
    at: datetime | None = None,
    behalf: int | None = None,
    tell: str = "",
) -> None:
    """Append `facts` to `chain` in order; `behalf` is the person the actor decides for.

    `tell` names the job that hears of them after the commit, with their ids. 2 statements (3 for a new chain), none
    outside this chain: other cases never wait here.
    """
    moment = at or clock.now()
    with connection.cursor() as cursor:
        cursor.execute(HEAD, [chain])
        row = cursor.fetchone()
        if row is None:
            cursor.execute(BEGIN, [chain, GENESIS])
            row = cursor.fetchone()
        length, head = row
        numbers, kinds, details, hashes = [], [], [], []
        head = bytes(head)
        for number, fact in enumerate(facts, start=length + 1):
            detail = fact.detail()
            sealed = Sealed(chain, number, fact.kind(), actor.id, behalf, moment, actor.door, actor.address, detail)
            head = link(head, sealed)
            numbers.append(number)
            kinds.append(sealed.kind)
            details.append(json.dumps(detail, ensure_ascii=False))
            hashes.append(head)
        values = [
            length + len(numbers), head, chain, chain, actor.id, behalf, moment, actor.door, actor.address,
            numbers, kinds, details, hashes,
        ]  # fmt: skip
        cursor.execute(TOLD if tell else ONLY, [*values, tell] if tell else values)
