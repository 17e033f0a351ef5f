"""Pages over the whole department: the business at a glance, and the positions' duties."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from huiqian.insight.queries import all_duties, raci
from huiqian.insight.queries import duties as duties_of
from huiqian.insight.queries import overview as overview_of
from huiqian.process.queries import processes
from huiqian.web.requests import actor_of


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """All processes as one picture with live counts."""
    actor = actor_of(request)
    addresses = {row.code: reverse("process", args=[row.code]) for row in processes(actor)}
    return render(request, "insight/overview.html", {"section": "overview", "view": overview_of(actor, addresses)})


@require_GET
def duties(request: HttpRequest) -> HttpResponse:
    """Every position's duties in short, and positions × steps."""
    context = {"section": "duties", "positions": all_duties(), "tables": raci()}
    return render(request, "insight/duties.html", context)


@require_GET
def duty(request: HttpRequest, code: str) -> HttpResponse:
    """What one position starts, does, decides and is told."""
    return render(request, "insight/duty.html", {"section": "duties", "duties": duties_of(code)})
