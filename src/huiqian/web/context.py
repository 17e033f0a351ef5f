"""What every template may use: the side bar with its counts, the reader's language and keys."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from huiqian.org import queries as org
from huiqian.org.models import Person


@dataclass(frozen=True, slots=True)
class Me:
    """Who is signed in, as the top bar shows them."""

    person: Person
    position: str


def _me(person: Person) -> Me:
    from huiqian.base import clock

    position = org.roster().main_position(person.pk, clock.today())
    return Me(person, position.name if position else "")


def page(request: HttpRequest) -> dict[str, object]:
    """The shell's values; counts are asked only by templates that show them."""
    person = getattr(request, "user", None)
    language = (get_language() or settings.LANGUAGE_CODE).lower()
    shell: dict[str, object] = {"demo": settings.DEMO, "english": language.startswith("en"), "me": None}
    if isinstance(person, Person):
        shell["me"] = SimpleLazyObject(lambda: _me(person))
        shell["counts"] = SimpleLazyObject(lambda: _counts(request))
    return shell


def _counts(request: HttpRequest) -> object:
    from huiqian.web.requests import actor_of
    from huiqian.work.queries import inbox_counts

    return inbox_counts(actor_of(request))
