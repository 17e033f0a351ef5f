"""E-mails on their way: claimed by one job at a time, sent or refused; the morning's digest."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import translation

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.commands import command
from huiqian.base.errors import NotFound, Stale
from huiqian.journal.outbox import enqueue
from huiqian.journal.record import record
from huiqian.notify.events import MailRefused
from huiqian.notify.mails import owe, why_no_mail, wishes_of
from huiqian.notify.models import Mail, Notice, Wish
from huiqian.notify.rules import DIGEST, waits_how, way_of
from huiqian.org.access import check_may_administer
from huiqian.org.models import Person
from huiqian.org.queries import roster
from huiqian.work.queries import InboxRow, inbox

# Longer than a server may take to answer: after that whoever had it was killed.
CLAIM = timedelta(seconds=90)
MORNING, EVENING = time(8, 30), time(18, 0)
MOST_NEWS = 30


@command
def claim_mail(actor: Actor, mail: int) -> Mail | None:
    """Take an e-mail to send it; None where nothing is left to do: it is sent, refused, or its person has gone.

    Refusals: Stale (another job has it; it is tried again later).
    """
    now = clock.now()
    found = Mail.objects.select_for_update().filter(pk=mail, sent_at__isnull=True, refused_at__isnull=True).first()
    if found is None or not found.person.is_active or not found.person.email:
        return None
    if found.claimed_at is not None and found.claimed_at > now - CLAIM:
        raise Stale
    found.claimed_at, found.tries = now, found.tries + 1
    found.save(update_fields=["claimed_at", "tries"])
    return found


@command
def keep_sent(actor: Actor, mail: int) -> None:
    """The e-mail is with the receiving server."""
    Mail.objects.filter(pk=mail).update(sent_at=clock.now(), claimed_at=None, failure="")


@command
def keep_failure(actor: Actor, mail: int, failure: str, *, for_ever: bool) -> None:
    """The e-mail could not be sent: it is tried again, or, where the address is refused, given up until an
    administrator has it sent again.
    """
    refused = clock.now() if for_ever else None
    Mail.objects.filter(pk=mail).update(claimed_at=None, failure=failure[:500], refused_at=refused)
    if for_ever:
        login = Person.objects.values_list("login", flat=True).get(pk=Mail.objects.get(pk=mail).person_id)
        record(actor, "outward", [MailRefused(person=login, reason=failure[:500])])


@command
def send_again(actor: Actor, mail: int) -> None:
    """Have an e-mail tried again that failed, as an administrator.

    Refusals: Forbidden, NotFound, Stale (it is sent).
    """
    check_may_administer(actor)
    found = Mail.objects.select_for_update().filter(pk=mail).first()
    if found is None:
        raise NotFound
    if found.sent_at is not None:
        raise Stale
    found.refused_at = None
    found.save(update_fields=["refused_at"])
    enqueue("notify.mail", {"mail": found.pk})


@command
def write_digests(actor: Actor, *, limit: int = 100) -> int:
    """On working days from 08:30 company time: write the digests of those who want one, once a day; returns how many.

    Who has nothing open and no news gets none, and none later that day.
    """
    now = clock.now()
    local = now.astimezone(COMPANY_ZONE)
    if why_no_mail() or not MORNING <= local.time() < EVENING or not roster().calendar.works(local.date()):
        return 0
    key = f"digest:{local.date().isoformat()}"
    wants = Wish.objects.filter(way=DIGEST).values("person_id")
    has = Mail.objects.filter(key=key).values("person_id")
    people = Person.objects.select_for_update(skip_locked=True).filter(pk__in=wants, is_active=True).exclude(email="")
    written = 0
    for person in people.exclude(pk__in=has).order_by("pk")[:limit]:
        content = _digest(person, now)
        mail = Mail(person=person, key=key, content=content, made_at=now)
        if any(content.values()):
            written += owe([mail])
        else:
            mail.sent_at = now
            mail.save()
    return written


def _digest(person: Person, now: datetime) -> dict[str, list[dict[str, Any]]]:
    """What waits for somebody, the most urgent first, and what they want to hear of only once a day."""
    since = (
        Mail.objects.filter(person=person, key__startswith="digest:").order_by("-id").values_list("made_at", flat=True)
    )
    last = since.first() or now - timedelta(days=1)
    chosen = wishes_of([person.pk]).get(person.pk, {})
    news = Notice.objects.filter(person=person, made_at__gt=last, made_at__lte=now).order_by("id")
    with translation.override(person.language):
        rows: Sequence[InboxRow] = inbox(person.actor).rows
    found: dict[str, list[dict[str, Any]]] = {"overdue": [], "today": [], "open": [], "news": []}
    for row in rows:
        line = {"title": row.title, "number": row.case_number, "step": row.step_name}
        found[waits_how(row.due_at, now, COMPANY_ZONE)].append(line)
    for one in news:
        if way_of(one.kind, chosen) == DIGEST and len(found["news"]) < MOST_NEWS:
            short = {key: one.detail[key] for key in ("behalf", "how", "to_deputy") if key in one.detail}
            found["news"].append(
                {"title": one.case_title, "number": one.case_number, "kind": one.kind, "detail": short}
            )
    return found
