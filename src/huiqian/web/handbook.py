"""The handbook: what the processes in effect say, as one page and as files."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiqian.base.languages import language
from huiqian.diagram import draw
from huiqian.documents.printing import Printed
from huiqian.insight.printing import print_handbook
from huiqian.insight.queries import Handbook
from huiqian.insight.queries import handbook as handbook_of
from huiqian.insight.word import write_handbook
from huiqian.web.requests import actor_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def handbook(request: HttpRequest) -> HttpResponse:
    """The handbook from the versions in effect, with its contents at the side."""
    book = handbook_of(actor_of(request))
    context = {"section": "handbook", "book": book, "map": _map(book), "chapters": _chapters(book)}
    return render(request, "handbook/page.html", context)


@require_GET
def pdf(request: HttpRequest) -> HttpResponse:
    """The handbook as an A4 PDF."""
    return _file(print_handbook(actor_of(request)), "application/pdf")


@require_GET
def docx(request: HttpRequest) -> HttpResponse:
    """The handbook as a Word document."""
    return _file(write_handbook(actor_of(request)), DOCX)


def _file(made: Printed, kind: str) -> HttpResponse:
    response = HttpResponse(made.content, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.name, safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


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
