"""Writes facts down, inside the transaction of the command that made them."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.events import Event
from huiqian.journal.rules import GENESIS, Sealed, link

# The row is written even where it exists, so that two writers of one chain queue here.
HEAD = """
insert into journal_chain (key, length, head) values (%s, 0, %s)
on conflict (key) do update set key = excluded.key
returning length, head
"""

WRITE = """
with grown as (update journal_chain set length = %s, head = %s where key = %s)
insert into journal_entry (chain, number, kind, actor_id, behalf_id, at, door, address, detail, hash)
select %s, number, kind, %s, %s, %s, %s, %s, detail::jsonb, hash
from unnest(%s::bigint[], %s::text[], %s::text[], %s::bytea[]) as fact(number, kind, detail, hash)
order by number
returning id
"""


def record(
    actor: Actor, chain: str, facts: Sequence[Event], *, at: datetime | None = None, behalf: int | None = None
) -> list[int]:
    """Append `facts` to `chain` in order and return their ids; `behalf` is the person the actor decides for.

    Three round trips at most, none of them outside this chain: other cases never wait here.
    """
    moment = at or clock.now()
    with connection.cursor() as cursor:
        cursor.execute(HEAD, [chain, GENESIS])
        length, head = cursor.fetchone()
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
        cursor.execute(
            WRITE,
            [
                length + len(numbers), head, chain, chain, actor.id, behalf, moment, actor.door, actor.address,
                numbers, kinds, details, hashes,
            ],
        )  # fmt: skip
        return [row[0] for row in cursor.fetchall()]
