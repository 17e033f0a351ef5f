"""The processes in effect: the list, and one process with its diagram, steps and decision tables."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiqian.process import queries as process_queries
from huiqian.process.reviews import Coming, coming_versions, versions
from huiqian.web.requests import actor_of


@require_GET
def processes(request: HttpRequest) -> HttpResponse:
    """Every process in effect."""
    rows = process_queries.processes(actor_of(request))
    coming: dict[str, list[Coming]] = {}
    for one in coming_versions(actor_of(request)):
        coming.setdefault(one.code, []).append(one)
    known = {row.code for row in rows}
    new = [one for code in sorted(coming) if code not in known for one in coming[code]]
    return render(request, "processes/list.html", {"section": "processes", "rows": rows, "coming": coming, "new": new})


@require_GET
def process(request: HttpRequest, code: str) -> HttpResponse:
    """One process: what it is for, who does what in which order, its drawing, its versions; one that is not in effect
    yet has its versions alone, for those who prepare or review them.
    """
    listed = versions(actor_of(request), code)
    if not listed.in_effect:
        return render(request, "processes/new.html", {"section": "processes", "versions": listed})
    view = process_queries.process_view(actor_of(request), code)
    return render(request, "processes/page.html", {"section": "processes", "process": view, "versions": listed})
