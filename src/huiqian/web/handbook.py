"""The handbook: what the processes in effect say, as one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiqian.base.languages import language
from huiqian.diagram import draw
from huiqian.insight.queries import Handbook
from huiqian.insight.queries import handbook as handbook_of
from huiqian.web.requests import actor_of


@require_GET
def handbook(request: HttpRequest) -> HttpResponse:
    """The handbook from the versions in effect, with its contents at the side."""
    book = handbook_of(actor_of(request))
    context = {"section": "handbook", "book": book, "map": _map(book), "chapters": _chapters(book)}
    return render(request, "handbook/page.html", context)


def _map(book: Handbook) -> str:
    addresses = {one.code: f"#{one.code}" for one in book.processes}
    return draw(book.map.layout, language=language(), links=addresses)


def _chapters(book: Handbook) -> list[dict[str, object]]:
    """Each process with its diagram, whose steps lead to their words below."""
    return [
        {
            "process": one,
            "diagram": draw(
                one.picture.layout, language=language(), heads=one.picture.heads,
                links={
                    step.element: f"#{one.code}-{step.element}" for group in one.groups for step in group.steps
                },
            ),
        }
        for one in book.processes
    ]  # fmt: skip
