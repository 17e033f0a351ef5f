"""The page that walks from case to case: where this one came from, what came of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiqian.process.chain import chain as chain_of
from huiqian.web.requests import actor_of


@require_GET
def chain(request: HttpRequest, number: str) -> HttpResponse:
    """The chain of a case, as far as it goes."""
    found = chain_of(actor_of(request), number)
    here = next(case for column in found.columns for case in column if case.here)
    return render(request, "cases/chain.html", {"section": "inbox", "chain": found, "case": here})
