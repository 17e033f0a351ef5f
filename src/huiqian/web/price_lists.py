"""Price lists: what is in force today, and every list that ever was."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiqian.base import clock
from huiqian.documents.access import visible_documents
from huiqian.marketing import queries as registers
from huiqian.web.rechecks import progress_of, touched_rows
from huiqian.web.registers import rights
from huiqian.web.requests import actor_of


@require_GET
def price_lists(request: HttpRequest) -> HttpResponse:
    """The prices in force today, and all lists, the newest first."""
    today = clock.today()
    context = {
        "section": "price-lists", "today": today, "lines": registers.prices_on(today),
        "lists": registers.price_lists(actor_of(request)), "rights": rights(request),
    }  # fmt: skip
    return render(request, "registers/price_lists.html", context)


@require_GET
def price_list(request: HttpRequest, number: str) -> HttpResponse:
    """One price list, in force or not: every price with its days."""
    actor = actor_of(request)
    found, lines = registers.price_list(actor, number)
    ripple = registers.ripple_of_list(found.pk)
    rows = touched_rows(request, ripple) if ripple else []
    document = visible_documents(actor).filter(pk=found.document_id).first() if found.document_id else None
    context = {
        "section": "price-lists", "list": found, "lines": lines, "today": clock.today(), "rights": rights(request),
        "ripple": ripple, "rows": rows, "progress": progress_of(rows), "document": document,
        "successors": list(found.successors.order_by("effective_from")),
    }  # fmt: skip
    return render(request, "registers/price_list.html", context)
