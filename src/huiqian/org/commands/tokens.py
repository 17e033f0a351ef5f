"""Bearer tokens for programs."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Invalid
from huiqian.org.access import own_token
from huiqian.org.effects import note
from huiqian.org.events import TokenMade, TokenRevoked
from huiqian.org.models import Person, Token

PREFIX = "hq_"


def digest_of(plain: str) -> str:
    """What is kept of a token: its SHA-256 in hex. A token is 256 random bits, so a quick hash is enough."""
    return sha256(plain.encode()).hexdigest()


@command
def make_token(actor: Actor, name: str, *, days: int | None = 90) -> tuple[Token, str]:
    """Make a token for oneself; the plain text is told once and kept nowhere. `days` None lets it never expire."""
    if not name.strip() or len(name) > 100:
        raise Invalid({"name": [_("Say what the token is for, in 100 characters at most.")]})
    if days is not None and not 1 <= days <= 3650:
        raise Invalid({"days": [_("A token lasts between 1 and 3,650 days.")]})
    plain = PREFIX + secrets.token_urlsafe(32)
    now = clock.now()
    token = Token.objects.create(
        person_id=actor.person,
        name=name.strip(),
        digest=digest_of(plain),
        hint=plain[:8],
        created_at=now,
        expires_at=None if days is None else now + timedelta(days=days),
    )
    login = Person.objects.values_list("login", flat=True).get(pk=actor.person)
    note(actor, TokenMade(login=login, name=token.name, hint=token.hint))
    return token, plain


@command
def revoke_token(actor: Actor, token: int) -> None:
    """Let one of one's own tokens open nothing any more."""
    found = own_token(actor, token)
    if found.revoked_at is None:
        found.revoked_at = clock.now()
        found.save(update_fields=["revoked_at"])
        note(actor, TokenRevoked(login=found.person.login, name=found.name, hint=found.hint))
