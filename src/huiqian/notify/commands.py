"""Tell people what happened: from journal entries to notices at the bell."""

from django.db import connection

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.journal.models import Entry
from huiqian.notify.models import Notice
from huiqian.notify.rules import hearers
from huiqian.process.models import Instance


@command
def deliver(actor: Actor, entries: list[int]) -> int:
    """Make the notices that these journal entries ask for; returns how many are new. Done twice, it adds nothing."""
    facts = list(Entry.objects.filter(pk__in=entries, chain__startswith="case:"))
    cases = {
        case.pk: case
        for case in Instance.objects.filter(pk__in={int(fact.chain.removeprefix("case:")) for fact in facts}).only(
            "number", "title", "starter_id"
        )
    }
    notices = []
    for fact in facts:
        case = cases.get(int(fact.chain.removeprefix("case:")))
        if case is None:
            continue
        notices += [
            Notice(
                person_id=person, entry_id=fact.pk, kind=fact.kind, case_number=case.number, case_title=case.title,
                detail=fact.detail, made_at=fact.at,
            )
            for person in hearers(fact.kind, fact.detail, case.starter_id) - {fact.actor_id}
        ]  # fmt: skip
    return len(Notice.objects.bulk_create(notices, ignore_conflicts=True))


@command
def read_notices(actor: Actor) -> None:
    """Mark all of one's notices as read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update notify_notice set read_at = %s where person_id = %s and read_at is null", [clock.now(), actor.id]
        )
