"""Where cases cannot go on: administrators mend the cause and retry."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiqian.process.commands import retry_incident
from huiqian.process.overseeing import open_incidents
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, go, safe_next


@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """All open incidents."""
    return render(request, "incidents/list.html", {"section": "incidents", "rows": open_incidents(actor_of(request))})


@require_POST
def attempts(request: HttpRequest, incident: int) -> HttpResponse:
    """Try it again."""
    if retry_incident(actor_of(request), incident):
        note(request, _("The case goes on."))
    else:
        note(request, _("It failed again; the reason is shown below."), "warn")
    return go(request, safe_next(request, request.POST.get("next", ""), reverse("incidents")))
