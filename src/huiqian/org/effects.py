"""What every change of the organisation does inside its transaction."""

from django.db import connection

from huiqian.base.actors import Actor
from huiqian.base.events import Event
from huiqian.journal.record import record

CHAIN = "org"


def note(actor: Actor, fact: Event, *, tell: str = "") -> None:
    """Write the fact down and tell every process that its snapshot of the organisation is old; `tell`: see record()."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into org_revision (id, number) values (1, nextval('org_revision_number')) "
            "on conflict (id) do update set number = excluded.number"
        )
    record(actor, CHAIN, [fact], tell=tell)
