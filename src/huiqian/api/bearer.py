"""Who calls: a bearer token stands for its person."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import translation
from ninja.security import HttpBearer

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.org.access import person_of_token
from huiqian.org.commands.tokens import digest_of
from huiqian.org.models import Token

# How exact "last used" is: a busy program does not write a row with every call.
USED_WITHIN = timedelta(minutes=5)


class Bearer(HttpBearer):
    """`Authorization: Bearer hq_…`; anything else is answered with 401."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor the token stands for, in the language the request asks for or its person's own."""
        found = person_of_token(digest_of(token))
        if found is None:
            return None
        person, used = found
        if used.last_used_at is None or clock.now() - used.last_used_at > USED_WITHIN:
            Token.objects.filter(pk=used.pk).update(last_used_at=clock.now())
        asked = request.headers.get("Accept-Language")
        translation.activate(translation.get_language_from_request(request) if asked else person.language)
        return person.actor.through("api", request.META.get("REMOTE_ADDR", ""))


def actor_of(request: HttpRequest) -> Actor:
    """Who calls, once the token was accepted."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor
