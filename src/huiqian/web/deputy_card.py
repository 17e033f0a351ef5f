"""The card of a person's deputies, on their account's page and, for administrators, on their own."""

from django.utils.translation import gettext as _

from huiqian.base import clock
from huiqian.org import queries as org
from huiqian.org.models import Person


def deputy_card(person: Person) -> dict[str, object]:
    """What the card shows: the deputies of all times, and the colleagues to choose from. 2 queries."""
    people = org.people().filter(is_active=True).exclude(pk=person.pk)
    return {
        "deputies": org.deputies_of(person.pk),
        "colleagues": [("", _("choose")), *((one.login, one.name) for one in people)],
        "today": clock.today(),
    }
