"""What every template may use: who is signed in, the side bar's counts, the language, style sheets and scripts."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from huiqian.base import clock
from huiqian.insight.access import may_see_figures
from huiqian.notify.queries import unread_count
from huiqian.org import queries as org
from huiqian.org.models import Person
from huiqian.process.overseeing import open_incident_count
from huiqian.web.notes import shown
from huiqian.web.requests import actor_of
from huiqian.work.queries import inbox_counts

SHEETS = (
    "tokens", "parts", "shell", "fields", "inbox", "case", "pages", "surveys", "handbook", "figures", "proofs",
    "calendar",
)  # fmt: skip
SCRIPTS = ("live", "dialogs", "keys", "diagram", "forms", "surveys", "handbook", "proofs")


@dataclass(frozen=True, slots=True)
class Me:
    """Who is signed in, as the top bar shows them."""

    person: Person
    position: str


def page(request: HttpRequest) -> dict[str, object]:
    """The shell's values; the database is asked only by templates that show them."""
    person = getattr(request, "user", None)
    language = (get_language() or settings.LANGUAGE_CODE).lower()
    shell: dict[str, object] = {
        "demo": settings.DEMO,
        "english": language.startswith("en"),
        "me": None,
        "sheets": [static(f"css/{name}.css") for name in SHEETS],
        "scripts": [static(f"js/{name}.js") for name in SCRIPTS],
    }
    if isinstance(person, Person) or getattr(person, "is_authenticated", False):
        shell["me"] = SimpleLazyObject(lambda: _me(request))
        shell["notes"] = SimpleLazyObject(lambda: shown(request))
        shell["unread"] = SimpleLazyObject(lambda: unread_count(actor_of(request)))
        shell["away"] = SimpleLazyObject(lambda: _away(request))
        shell["incidents"] = SimpleLazyObject(open_incident_count)
        shell["sees_figures"] = SimpleLazyObject(lambda: may_see_figures(actor_of(request)))
        shell["counts"] = SimpleLazyObject(lambda: inbox_counts(actor_of(request)))
    return shell


@dataclass(frozen=True, slots=True)
class Away:
    """The reader is away: who decides for them meanwhile."""

    deputy: str
    since: date
    until: date


def _away(request: HttpRequest) -> Away | None:
    snapshot = org.roster()
    found = snapshot.away(actor_of(request).person, clock.today())
    return Away(snapshot.people[found.deputy].name, found.since, found.until) if found else None


def _me(request: HttpRequest) -> Me:
    person = request.user
    assert isinstance(person, Person)
    position = org.roster().main_position(person.pk, clock.today())
    return Me(person, position.name if position else "")
