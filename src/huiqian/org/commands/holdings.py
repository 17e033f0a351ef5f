"""Who holds which position, from when to when."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid
from huiqian.org.access import holding_for_change, position_for_change
from huiqian.org.effects import note
from huiqian.org.events import HoldingEnded, PositionAssigned
from huiqian.org.models import Holding, HoldingQuerySet, Person, Position


@command
def assign_position(
    actor: Actor, position: str, person: str, *, since: date, until: date | None = None, replace: bool = True
) -> Holding:
    """Let `person` (a login) hold a position from a day on, until a day (exclusive) or for good.

    Whoever holds it then is replaced from that day (`replace`); a position that several people may hold can also
    take one more. Days already past keep their holders. Work that is open stays where it is until handed over.
    """
    place = position_for_change(actor, position)
    somebody = Person.objects.filter(login=person, is_active=True).first()
    if somebody is None:
        raise Invalid({"person": [_("There is no such person, or the account is closed.")]})
    if until is not None and until <= since:
        raise Invalid({"until": [_("The last day must come after the first.")]})
    replaced = _make_room(place, somebody, since, until) if replace or not place.several else []
    if _overlapping(place, since, until).filter(person=somebody).exists():
        raise Invalid({"person": [_("This person holds the position in that time already.")]})
    holding = Holding.objects.create(position=place, person=somebody, since=since, until=until)
    note(
        actor,
        PositionAssigned(position=position, person=person, since=since, until=until, replaces=replaced),
    )
    return holding


def _overlapping(place: Position, since: date, until: date | None) -> HoldingQuerySet:
    found = Holding.objects.filter(position=place).filter(Q(until__isnull=True) | Q(until__gt=since))
    return found.filter(since__lt=until) if until else found


def _make_room(place: Position, somebody: Person, since: date, until: date | None) -> list[str]:
    replaced = []
    for holding in _overlapping(place, since, until).select_related("person"):
        if holding.person_id == somebody.pk and holding.since <= since and holding.until == until:
            raise Invalid({"person": [_("This person holds the position in that time already.")]})
        replaced.append(holding.person.login)
        former_end = holding.until
        _shorten(holding, since)
        if until is not None and (former_end is None or former_end > until):
            # The former holder comes back afterwards.
            Holding.objects.create(position=place, person=holding.person, since=until, until=former_end)
    return replaced


def _shorten(holding: Holding, until: date) -> None:
    if holding.since >= until:
        holding.delete()
    else:
        holding.until = until
        holding.save(update_fields=["until"])


@command
def end_holding(actor: Actor, holding: int, *, until: date) -> None:
    """Let somebody hold a position only until a day (exclusive); one that has not begun is taken back."""
    found = holding_for_change(actor, holding)
    if found.until is not None and found.until <= clock.today():
        raise Invalid({"until": [_("This holding has ended already; the past is not changed.")]})
    if until < min(clock.today(), found.since):
        raise Invalid({"until": [_("The past is not changed. Choose today or a later day.")]})
    _shorten(found, until)
    note(actor, HoldingEnded(position=found.position.code, person=found.person.login, until=until))
