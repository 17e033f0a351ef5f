"""Deputies while somebody is away."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Forbidden, Invalid, Stale
from huiqian.org.access import deputy_for_change
from huiqian.org.effects import note
from huiqian.org.events import DeputyAppointed, DeputyEnded
from huiqian.org.models import Deputy, Person


@command
def appoint_deputy(actor: Actor, person: str, deputy: str, *, since: date, until: date, reason: str = "") -> Deputy:
    """While `person` is away (both days inclusive) `deputy` decides for them; for oneself, or as an administrator.

    One deputy a day. Whoever stands in decides the tasks that were opened before and those that come meanwhile; their
    own deputy does not. Both hear of it. Refusals: Forbidden, Invalid.
    """
    away = Person.objects.select_for_update().filter(login=person, is_active=True).first()
    other = Person.objects.filter(login=deputy, is_active=True).first()
    if away is None or other is None:
        raise Invalid({"deputy": [_("There is no such person, or the account is closed.")]})
    if not actor.admin and actor.id != away.pk:
        raise Forbidden
    if away == other:
        raise Invalid({"deputy": [_("Choose somebody else than the person who is away.")]})
    if until < since or until < clock.today():
        raise Invalid({"until": [_("The last day must not lie before the first or in the past.")]})
    if Deputy.objects.filter(person=away, ended_at__isnull=True, since__lte=until, until__gte=since).exists():
        raise Invalid({"since": [_("There is a deputy for some of these days already.")]})
    found = Deputy.objects.create(person=away, deputy=other, since=since, until=until, reason=reason.strip()[:200])
    note(actor, DeputyAppointed(person=person, deputy=deputy, since=since, until=until), tell="notify.deliver")
    return found


@command
def end_deputy(actor: Actor, deputy: int) -> None:
    """End a deputyship early, or one that has not begun: one's own, or as an administrator. Both hear of it.

    Refusals: NotFound, Stale (it has ended already).
    """
    found = deputy_for_change(actor, deputy)
    if found.ended_at is not None or found.until < clock.today():
        raise Stale
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])
    fact = DeputyEnded(person=found.person.login, deputy=found.deputy.login, since=found.since, until=found.until)
    note(actor, fact, tell="notify.deliver")
