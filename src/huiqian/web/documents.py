"""The archive: find a document, read its versions, compare two of them, print it."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiqian.base import clock
from huiqian.base.errors import NotFound
from huiqian.documents import queries as documents
from huiqian.documents.printing import print_document
from huiqian.documents.queries import DocumentView
from huiqian.documents.queries.sheets import archive_sheet
from huiqian.forms.queries import directory
from huiqian.forms.rules import Form, compare
from huiqian.process.content import content_of
from huiqian.process.queries import processes
from huiqian.web.answers import reading
from huiqian.web.registers import sheet, stamp
from huiqian.web.requests import actor_of
from huiqian.work.queries.lookups import case_of_dossier

FIRST_YEAR = 2024


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


@require_GET
def archive(request: HttpRequest) -> HttpResponse:
    """The archived documents that the reader may see, with search."""
    asked, actor = request.GET, actor_of(request)
    search, process, year = asked.get("search", "").strip(), asked.get("process", ""), asked.get("year", "")
    page = documents.archive(actor, search=search, process=process, year=_number(year), after=asked.get("after", ""))
    context = {
        "section": "documents",
        "rows": page.rows,
        "next": page.next,
        "search": search,
        "process": process,
        "year": year,
        "filtered": bool(search or process or year),
        "processes": processes(actor),
        "years": range(clock.today().year, FIRST_YEAR - 1, -1),
    }
    return render(request, "documents/archive.html", context)


@require_GET
def archive_export(request: HttpRequest) -> HttpResponse:
    """The archive as a workbook, filtered as the page is."""
    asked = request.GET
    content = archive_sheet(
        actor_of(request), search=asked.get("search", "").strip(), process=asked.get("process", ""),
        year=_number(asked.get("year", "")),
    )  # fmt: skip
    return sheet(content, f"{_('Archive')}-{stamp()}")


def form_of(view: DocumentView) -> Form:
    """The form that a document's version answers, as it was when it was written."""
    return content_of(view.process_version_id).forms[view.form]


@require_GET
def document(request: HttpRequest, number: str) -> HttpResponse:
    """A document: what it says, who signed, its versions, its case."""
    actor = actor_of(request)
    view = documents.document_view(actor, number, _number(request.GET.get("version", "")))
    context = {
        "section": "documents",
        "document": view,
        "case_number": case_of_dossier(actor, view.dossier),
        "view": reading(request, form_of(view), view.values),
    }
    return render(request, "documents/page.html", context)


@require_GET
def comparison(request: HttpRequest, number: str) -> HttpResponse:
    """Two versions of a document, difference by difference; the last two where none are asked for."""
    actor = actor_of(request)
    newest = documents.document_view(actor, number)
    new = _number(request.GET.get("new", "")) or newest.version.number
    old = _number(request.GET.get("old", "")) or max(new - 1, 1)
    if len(newest.versions) < 2:
        raise NotFound
    before, after = documents.comparison(actor, number, old, new)
    context = {
        "section": "documents",
        "document": newest,
        "before": before,
        "after": after,
        "differences": compare(
            form_of(after),
            before.values,
            after.values,
            {one.id: one.name for one in (*before.files, *after.files)},
            directory(),
        ),
        "seen": [(view, [one for one in view.files if one.preview == "made"]) for view in (before, after)],
    }
    return render(request, "documents/comparison.html", context)


@require_GET
def pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The printed A4 form of a document's version."""
    version = _number(request.GET.get("version", ""))
    address = request.build_absolute_uri(reverse("document", args=[number]))
    printed = print_document(actor_of(request), number, version, address=address)
    response = HttpResponse(printed.content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(printed.name, safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
