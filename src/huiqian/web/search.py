"""The search at the top of every page: cases, documents, joint reviews and people at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiqian.documents.queries import archive
from huiqian.org.queries import people
from huiqian.process.opinions import search_reviews
from huiqian.web.requests import actor_of
from huiqian.work.queries.lookups import search_cases


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What the reader may see and has all the words."""
    asked, actor = request.GET.get("q", "").strip()[:200], actor_of(request)
    context: dict[str, object] = {"section": "search", "find": asked}
    if asked:
        context |= {
            "cases": search_cases(actor, asked),
            "documents": archive(actor, search=asked, size=10).rows,
            "reviews": search_reviews(actor, asked),
            "people": people(asked)[:10],
        }
    return render(request, "search.html", context)
