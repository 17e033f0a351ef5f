"""E-mails that people are owed: written down in the transaction of the notice, sent by a job after it."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from huiqian.journal.outbox import enqueue
from huiqian.notify.models import Mail, Notice, Wish
from huiqian.notify.rules import AT_ONCE, way_of
from huiqian.org.models import Person

# What of a fact goes out: nothing confidential, no opinion and no reason.
GOES_OUT = frozenset({"behalf", "how", "to_deputy", "version", "task", "reads"})


def why_no_mail() -> str:
    """Why e-mail is not offered; "" where it is."""
    if not settings.EMAIL_HOST:
        return _("E-mail is not set up on this server (HUIQIAN_EMAIL_URL).")
    if not settings.PUBLIC_URL:
        return _("The server does not know its own address for links (HUIQIAN_URL).")
    return ""


def owe_mails(notices: Iterable[Notice]) -> None:
    """Write down the e-mails that people want at once of these notices, with the jobs that send them. 3 queries, none
    where e-mail is not offered.
    """
    found = list(notices)
    if why_no_mail() or not found:
        return
    people = {one.person_id for one in found}
    reached = set(Person.objects.filter(pk__in=people, is_active=True).exclude(email="").values_list("pk", flat=True))
    chosen = wishes_of(reached)
    owe(
        Mail(person_id=one.person_id, key=f"fact:{one.entry_id}", content=_content(one), made_at=one.made_at)
        for one in found
        if one.person_id in reached and way_of(one.kind, chosen.get(one.person_id, {})) == AT_ONCE
    )


def wishes_of(people: Iterable[int]) -> dict[int, dict[str, str]]:
    """What these people have chosen. 1 query."""
    found: dict[int, dict[str, str]] = {}
    for person, kind, way in Wish.objects.filter(person_id__in=people).values_list("person_id", "kind", "way"):
        found.setdefault(person, {})[kind] = way
    return found


def owe(mails: Iterable[Mail]) -> int:
    """Write e-mails down that were not before, each with its job; returns how many."""
    wanted = {(one.person_id, one.key): one for one in mails}
    keys = {key for _person, key in wanted}
    before = set(Mail.objects.filter(key__in=keys).values_list("person_id", "key")) if keys else set()
    fresh = [one for place, one in wanted.items() if place not in before]
    for one in Mail.objects.bulk_create(fresh):
        enqueue("notify.mail", {"mail": one.pk})
    return len(fresh)


def _content(notice: Notice) -> Mapping[str, object]:
    return {
        "kind": notice.kind, "number": notice.case_number, "title": notice.case_title,
        "detail": {key: value for key, value in notice.detail.items() if key in GOES_OUT},
    }  # fmt: skip
