"""Panels: what a process shows on the pages of its cases beside forms and progress (`panels` in its process.json)."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from huiqian.surveys.queries import surveys_of_case
from huiqian.surveys.rules import OPEN
from huiqian.web.claims import claims
from huiqian.web.event_panel import event_log
from huiqian.web.panel import Maker, Panel
from huiqian.web.proofs import proofs
from huiqian.web.rechecks import price_ripple, rechecks
from huiqian.web.requests import actor_of
from huiqian.web.sales_panels import sales_history, sales_merge
from huiqian.web.surveys import code_of, link_of
from huiqian.work.queries import CaseView


def surveys(request: HttpRequest, view: CaseView) -> Panel | None:
    """The case's surveys: how they stand, their links, and what the reader may do with them."""
    found: list[dict[str, Any]] = [
        {"view": one, "link": link_of(request, one.survey.token), "code": code_of(request, one.survey.token)}
        for one in surveys_of_case(actor_of(request), view.id)
    ]
    # Where it is built, or asks people, it stands above the form.
    busy = any(one["view"].may_change or one["view"].state == OPEN for one in found)
    return Panel(_("Survey"), "surveys/panel.html", {"surveys": found}, first=busy) if found else None


# A process names its panels; each gives None where it has nothing to show.
PANELS: dict[str, Maker] = {
    "survey": surveys,
    "sales_history": sales_history,
    "sales_merge": sales_merge,
    "event_log": event_log,
    "price_ripple": price_ripple,
}


def panels_of(request: HttpRequest, view: CaseView) -> list[Panel]:
    """The panels that a case's process names and that have something to show now; before them what every case shows."""
    named = (PANELS[name](request, view) for name in view.panels if name in PANELS)
    made = [rechecks(request, view), proofs(request, view), claims(request, view), *named]
    return [panel for panel in made if panel is not None]
