"""Who may change the organisation."""

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import Forbidden, NotFound
from huiqian.org.models import CalendarFeed, Deputy, Holding, Person, Position, Token


def check_may_administer(actor: Actor) -> None:
    """Only administrators change the organisation and the rules; Forbidden says whom to ask."""
    if not actor.admin:
        raise Forbidden(_("Only an administrator may do this. Ask one if it is needed."))


def own_token(actor: Actor, token_id: int) -> Token:
    """One of one's own tokens; NotFound otherwise."""
    found = Token.objects.filter(person_id=actor.person, pk=token_id).first()
    if found is None:
        raise NotFound
    return found


def person_of_token(digest: str) -> tuple[Person, Token] | None:
    """The person whose token has this digest, if it is in force now. 1 query."""
    now = clock.now()
    token = Token.objects.select_related("person").filter(digest=digest, revoked_at__isnull=True).first()
    if token is None or (token.expires_at and token.expires_at <= now) or not token.person.is_active:
        return None
    return token.person, token


def person_of_feed(digest: str) -> Person | None:
    """The person whose calendar address has this digest, if it is in force and their account is open. 1 query."""
    feed = CalendarFeed.objects.select_related("person").filter(digest=digest, ended_at__isnull=True).first()
    return feed.person if feed and feed.person.is_active else None


def deputy_for_change(actor: Actor, deputy_id: int) -> Deputy:
    """A deputyship of one's own, or anybody's as an administrator, locked; NotFound otherwise."""
    found = Deputy.objects.select_for_update().select_related("person", "deputy").filter(pk=deputy_id).first()
    if found is None or (not actor.admin and actor.id != found.person_id):
        raise NotFound
    return found


def person_for_deputies(actor: Actor, login: str) -> Person:
    """Whose deputies one may read and name: oneself (also an empty login), or anybody as an administrator; NotFound."""
    found = Person.objects.filter(login=login).first() if login else Person.objects.get(pk=actor.person)
    if found is None or not (actor.admin or found.pk == actor.person):
        raise NotFound
    return found


def position_for_change(actor: Actor, code: str) -> Position:
    """A position, locked for the change of its holders; everybody who changes them queues here."""
    check_may_administer(actor)
    found = Position.objects.select_for_update().filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def holding_for_change(actor: Actor, holding_id: int) -> Holding:
    """A holding, locked with its position."""
    check_may_administer(actor)
    found = Holding.objects.select_for_update().select_related("position", "person").filter(pk=holding_id).first()
    if found is None:
        raise NotFound
    return found
