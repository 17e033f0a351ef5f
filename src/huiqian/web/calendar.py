"""The marketing calendar: a month over all processes, as far as the reader may read their cases."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiqian.base import clock
from huiqian.insight.queries import KINDS, calendar_entries, weeks_of
from huiqian.marketing.rules.prices import month_of
from huiqian.web.requests import actor_of

# Years in which somebody may look: what is typed into the address need not be a month.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


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
        "section": "calendar", "first": first, "today": today, "kind": kind, "entries": shown,
        "weeks": weeks_of(first, last, shown), "names": names, "all": len(found),
        "chips": [KindChip(code, names[code], counts[code]) for code in KINDS if counts[code] or code == kind],
        "before": first - timedelta(days=1), "after": last + timedelta(days=1),
        "weekdays": [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")],
    }  # fmt: skip
    return render(request, "calendar/month.html", context)
