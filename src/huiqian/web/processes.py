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
    return render(request, "processes/list.html", {"section": "processes", "rows": rows, "coming": coming})


@require_GET
def process(request: HttpRequest, code: str) -> HttpResponse:
    """One process: what it is for, who does what in which order, its drawing, its versions."""
    view = process_queries.process_view(actor_of(request), code)
    context = {"section": "processes", "process": view, "versions": versions(actor_of(request), code)}
    return render(request, "processes/page.html", context)
