"""Decision tables: administrators change cells and rows; every version stays to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huiqian.base.errors import Invalid, Text
from huiqian.org.access import check_may_administer
from huiqian.process.commands import save_decision
from huiqian.process.queries import DecisionView, decision_tables, decision_view
from huiqian.process.tables import TableRow
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, go

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the page shows it: its input's name, its text, what is wrong with it."""

    name: str
    label: str
    text: str
    errors: Sequence[Text] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A rule as the page shows it."""

    place: int
    id: str
    inputs: tuple[Cell, ...]
    outputs: tuple[Cell, ...]
    note: str


def lines_of(view: DecisionView, rows: Sequence[TableRow], errors: Mapping[str, Sequence[Text]]) -> list[Line]:
    """The rows with their cells' names and errors ("rows.0.inputs.1")."""

    def cells(place: int, part: str, labels: Sequence[str], texts: Sequence[str]) -> tuple[Cell, ...]:
        return tuple(
            Cell(f"rows.{place}.{part}.{n}", label, text, errors.get(f"rows.{place}.{part}.{n}", ()))
            for n, (label, text) in enumerate(zip(labels, texts, strict=True))
        )

    table = view.table
    return [
        Line(
            place,
            row.id,
            cells(place, "inputs", table.inputs, row.inputs),
            cells(place, "outputs", table.outputs, row.outputs),
            row.note,
        )
        for place, row in enumerate(rows)
    ]


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """All decision tables."""
    check_may_administer(actor_of(request))
    return render(request, "decisions/list.html", {"section": "decisions", "rows": decision_tables()})


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """A decision table: to read for everybody, to change for administrators."""
    asked = request.GET.get("version", "")
    view = decision_view(actor_of(request), code, key, int(asked) if asked.isdecimal() else None)
    if request.method != "POST":
        return _page(request, view, view.table.rows)
    check_may_administer(actor_of(request))
    rows = _rows(request, view)
    if move := request.POST.get("move"):
        return _page(request, view, moved(rows, move, view), changed=True)
    return _save(request, view, rows)


def _save(request: HttpRequest, view: DecisionView, rows: list[TableRow]) -> HttpResponse:
    typed = request.POST
    based_on = int(typed["based_on"]) if typed.get("based_on", "").isdecimal() else 0
    key, said = view.decision.key, typed.get("note", "")
    try:
        saved = save_decision(actor_of(request), view.process_code, key, rows, based_on=based_on, note=said)
    except Invalid as refusal:
        return _page(request, view, rows, errors=refusal.errors, said=said, changed=True, status=422)
    note(request, _("Version %(number)d is saved. It takes effect for the next case.") % {"number": saved.number})
    return go(request, reverse("decision", args=[view.process_code, key]))


def _rows(request: HttpRequest, view: DecisionView) -> list[TableRow]:
    typed = request.POST
    places = [int(place) for place in typed.getlist("row") if place.isdecimal()][:MOST_ROWS]
    return [
        TableRow(
            inputs=tuple(typed.get(f"rows.{place}.inputs.{n}", "").strip() for n in range(len(view.table.inputs))),
            outputs=tuple(typed.get(f"rows.{place}.outputs.{n}", "").strip() for n in range(len(view.table.outputs))),
            note=typed.get(f"rows.{place}.note", "").strip(),
            id=typed.get(f"rows.{place}.id", ""),
        )
        for place in places
    ]


def moved(rows: list[TableRow], move: str, view: DecisionView) -> list[TableRow]:
    """The rows after a button was pressed: "add", "up-2", "down-2", "remove-2"."""
    verb, _dash, place = move.partition("-")
    rows, at = list(rows), int(place) if place.isdecimal() else -1
    if verb == "add":
        empty = TableRow(("-",) * len(view.table.inputs), ("",) * len(view.table.outputs))
        return [*rows, empty]
    if not 0 <= at < len(rows):
        return rows
    row = rows.pop(at)
    if verb == "up":
        rows.insert(max(at - 1, 0), row)
    elif verb == "down":
        rows.insert(at + 1, row)
    return rows


def _page(
    request: HttpRequest,
    view: DecisionView,
    rows: Sequence[TableRow],
    *,
    errors: Mapping[str, Sequence[Text]] | None = None,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    told = errors or {}
    lines = lines_of(view, rows, told)
    of_cells = {cell.name for line in lines for cell in (*line.inputs, *line.outputs)}
    context = {
        "section": "decisions",
        "view": view,
        "lines": lines,
        "editable": actor_of(request).admin and view.newest and view.asked,
        "errors": told,
        "whole": [str(text) for path, texts in told.items() if path not in of_cells for text in texts],
    }
    return render(request, "decisions/page.html", context | more, status=status)
