"""Subscriptions to the marketing calendar: an address that only its owner has been told."""

import secrets

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.org.commands.tokens import digest_of
from huiqian.org.effects import note
from huiqian.org.events import CalendarFeedEnded, CalendarFeedMade
from huiqian.org.models import CalendarFeed, Person


@command
def make_calendar_feed(actor: Actor) -> str:
    """Make oneself an address for calendar programs: its secret, told once and kept nowhere. The one before ends."""
    person = Person.objects.select_for_update().get(pk=actor.person)
    now = clock.now()
    CalendarFeed.objects.filter(person=person, ended_at__isnull=True).update(ended_at=now)
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(person=person, digest=digest_of(secret), made_at=now)
    note(actor, CalendarFeedMade(login=person.login))
    return secret


@command
def end_calendar_feed(actor: Actor) -> bool:
    """Let one's address open nothing any more; whether there was one."""
    person = Person.objects.select_for_update().get(pk=actor.person)
    ended = CalendarFeed.objects.filter(person=person, ended_at__isnull=True).update(ended_at=clock.now())
    if ended:
        note(actor, CalendarFeedEnded(login=person.login))
    return bool(ended)
