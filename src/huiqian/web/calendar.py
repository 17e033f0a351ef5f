"""The marketing calendar: a month over all processes, as far as the reader may read their cases."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST, require_safe

from huiqian.base import clock
from huiqian.base.errors import NotFound
from huiqian.insight.ical import ical_of
from huiqian.insight.queries import KINDS, CalendarEntry, calendar_entries, weeks_of
from huiqian.marketing.rules.prices import month_of
from huiqian.org.access import person_of_feed
from huiqian.org.commands import end_calendar_feed, make_calendar_feed
from huiqian.org.commands.tokens import digest_of
from huiqian.org.queries import calendar_feed, one_organisation
from huiqian.web.middleware import open_to_all
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, go

# Years in which somebody may look: what is typed into the address need not be a month.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
# What a calendar program gets: a quarter back, a year ahead.
PAST, COMING = timedelta(days=92), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class KindChip:
    """A kind of entry: its code, its name, and how many of them the month has."""

    code: str
    name: str
    count: int


def kind_names() -> dict[str, str]:
    """What each kind of entry is called."""
    return {
        "event": _("Marketing events"), "training": _("Training sessions"), "research": _("Market research"),
        "promotion": _("Promotion actions"), "material": _("Material delivered"), "cutoff": _("Planning begins"),
        "prices": _("Prices take effect"),
    }  # fmt: skip


@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """A month: weeks with their days, worked or not, and what happens in them; a list on a phone."""
    return _page(request)


def _page(request: HttpRequest, **more: object) -> HttpResponse:
    today = clock.today()
    asked = month_of(request.GET.get("month", ""))
    first = asked if asked and EARLIEST <= asked < LATEST else today.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    kind = request.GET.get("kind", "") if request.GET.get("kind") in KINDS else ""
    begins, ends = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    found = calendar_entries(actor_of(request), begins, ends)
    names, counts = kind_names(), Counter(one.line.kind for one in found)
    shown = [one for one in found if kind in ("", one.line.kind)]
    context = {
        # Where the page is read, also when it answers what was sent to another address.
        "section": "calendar", "here": reverse("calendar"), "first": first, "today": today, "kind": kind,
        "entries": shown,
        "weeks": weeks_of(first, last, shown), "names": names, "all": len(found),
        "chips": [KindChip(code, names[code], counts[code]) for code in KINDS if counts[code] or code == kind],
        "before": first - timedelta(days=1), "after": last + timedelta(days=1),
        "weekdays": [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")],
    }  # fmt: skip
    return render(request, "calendar/month.html", context | {"feed": calendar_feed(actor_of(request))} | more)


@never_cache
@sensitive_variables("secret")
@require_POST
def subscription(request: HttpRequest) -> HttpResponse:
    """Make an address for calendar programs, shown this once; or end the one there is."""
    if request.POST.get("end") == "1":
        end_calendar_feed(actor_of(request))
        note(request, _("The calendar's address opens nothing any more."), "info")
        return go(request, reverse("calendar"))
    secret = make_calendar_feed(actor_of(request))
    address = request.build_absolute_uri(reverse("calendar-feed", args=[secret]))
    return _page(request, address=address)


@open_to_all
@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever was told the address: what they may read, no more; in their language. 404 once ended."""
    person = person_of_feed(digest_of(secret))
    if person is None:
        raise NotFound
    today = clock.today()
    with translation.override(person.language), one_organisation():
        entries = calendar_entries(person.actor.through("feed"), today - PAST, today + COMING)
        body = ical_of(entries, kind_names(), lambda one: request.build_absolute_uri(address_of(one)), clock.now())
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def address_of(entry: CalendarEntry) -> str:
    """Where an entry leads: its case, its price list, or its process."""
    if entry.line.case_number:
        return reverse("case", args=[entry.line.case_number])
    if entry.price_list:
        return reverse("price-list", args=[entry.price_list])
    return reverse("process", args=[entry.line.process_code])
