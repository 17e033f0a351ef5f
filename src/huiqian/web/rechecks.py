"""Re-checks (复核) on pages: what a price list touches, what a case is asked to look at again, and the answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from huiqian.base.errors import Invalid
from huiqian.marketing import queries as registers
from huiqian.marketing.queries import Ripple
from huiqian.marketing.rules.prices import LEVELS
from huiqian.org.queries import roster
from huiqian.process.content import content_of
from huiqian.web.notes import note
from huiqian.web.panel import Panel
from huiqian.web.registers import rights
from huiqian.web.requests import actor_of, go
from huiqian.work.commands import answer_recheck
from huiqian.work.queries import (
    CaseView,
    RecheckView,
    recheck_view,
    rechecks_of_case,
    rechecks_of_cause,
    responsible_now,
)

ANSWERS = ("right", "changed")


@dataclass(frozen=True, slots=True)
class Said:
    """What one place says of a product: its field, whose plan, the price it quotes, or the words around a name."""

    field: str
    whose: str
    price: str
    words: str
    under: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """A product that a case quotes: what changes (level, price before, price after), and where it stands."""

    product: str
    name: str
    levels: tuple[tuple[str, str, str], ...]
    places: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """A case that quotes prices which change: who is to look at it again, and what they said; `id` 0: not asked yet."""

    id: int
    number: str
    title: str
    status: str
    process: str
    people: str
    deputy: str
    products: tuple[Quoted, ...]
    due_at: datetime | None = None
    answer: str = ""
    note: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    mine: bool = False
    behalf: str = ""


@dataclass(frozen=True, slots=True)
class AskedFace:
    """A re-check on the page of its case: which prices, from which day, with what the place says."""

    row: TouchedRow
    title: str
    effective_from: date
    price_list: str


def _quoted(
    lines: Iterable[Mapping[str, str]], changes: Mapping[str, Mapping[str, Any]], version: int, floors: bool
) -> tuple[Quoted, ...]:
    """The products that lines quote, each once with all of its places."""
    people = {person.login: person.name for person in roster().people.values()}
    content, by_product = content_of(version), dict[str, list[Said]]()
    for line in lines:
        if line["product"] in changes:
            floor = Decimal(changes[line["product"]]["after"]["floor_price"])
            said = Said(
                field=content.field_label(line["field"]), whose=people.get(line["member"], line["member"]),
                price=line["price"], words=line["words"],
                under=floors and bool(line["price"]) and Decimal(line["price"]) < floor,
            )  # fmt: skip
            by_product.setdefault(line["product"], []).append(said)
    return tuple(
        Quoted(
            code, changes[code]["name"], _levels(changes[code]["before"], changes[code]["after"], floors), tuple(places)
        )
        for code, places in by_product.items()
    )


def _levels(before: Mapping[str, str], after: Mapping[str, str], floors: bool) -> tuple[tuple[str, str, str], ...]:
    """The levels that change, and the floor price for whoever may see it, changed or not."""
    words = {
        "list_price": _("list price"), "project_price": _("project price"), "dealer_price": _("dealer price"),
        "floor_price": _("floor price"),
    }  # fmt: skip
    return tuple(
        (words[level], before[level] if differs else "", after[level])
        for level in LEVELS
        if ((differs := Decimal(before[level]) != Decimal(after[level])) or level == "floor_price")
        and (floors or level != "floor_price")
    )


def _asked(view: RecheckView, floors: bool) -> TouchedRow:
    changes = view.detail.get("changes", {})
    # Whoever is asked about a plan's rows reads the floor price in them, too.
    seen = floors or (view.mine and all(not line["words"] for line in view.lines))
    return TouchedRow(
        id=view.id, number=view.case_number, title=view.case_title, status=view.case_status,
        process=f"{view.process_code} {view.process_name}", people=view.person.name, deputy=view.deputy,
        products=_quoted(view.lines, changes, view.version, seen),
        due_at=view.due_at, answer=view.answer, note=view.note, answered_by=view.answered_by,
        answered_at=view.answered_at, mine=view.mine, behalf=view.behalf,
    )  # fmt: skip


def touched_rows(request: HttpRequest, ripple: Ripple) -> list[TouchedRow]:
    """What a ripple touches, as far as the reader may know of it: whoever was asked, or who would be."""
    floors = rights(request).inner_prices
    if ripple.cause:
        return [_asked(one, floors) for one in rechecks_of_cause(actor_of(request), ripple.cause)]
    changes = {change.product: change.to_json() for change in ripple.changes}
    members = {one.case.pk: {quote.member for quote in one.quotes} for one in ripple.touched}
    people = responsible_now([one.case for one in ripple.touched], members)
    rows = []
    for one in ripple.touched:
        content = content_of(one.case.version_id)
        lines = [quote.to_json() for quote in one.quotes]
        rows.append(
            TouchedRow(
                id=0, number=one.case.number, title=one.case.title, status=one.case.status,
                process=f"{content.code} {content.name}", deputy="",
                people=pgettext("list", ", ").join(person.name for person in people.get(one.case.pk, ())),
                products=_quoted(lines, changes, content.version_id, floors),
            )
        )  # fmt: skip
    return rows


def progress_of(rows: Sequence[TouchedRow]) -> str:
    """How many have looked, in a sentence."""
    asked = [row for row in rows if row.id and row.answer != "void"]
    done = sum(1 for row in asked if row.answer)
    return _("%(done)d of %(all)d re-checked") % {"done": done, "all": len(asked)} if asked else ""


def price_ripple(request: HttpRequest, view: CaseView) -> Panel | None:
    """On a proposal's page: the open cases that its prices touch; once approved, who has looked at them."""
    ripple = registers.ripple_of_case(actor_of(request), view.number, view.version_id, view.data)
    if ripple is None or (not ripple.cause and view.status not in ("running", "suspended")):
        return None
    rows = touched_rows(request, ripple)
    context = {"ripple": ripple, "rows": rows, "progress": progress_of(rows), "expected": not ripple.cause}
    return Panel(_("Price ripple"), "rechecks/panel.html", context)


def rechecks(request: HttpRequest, view: CaseView) -> Panel | None:
    """On the page of every case: what is to be looked at again, and what was said. 1 query; 2 where there is some."""
    holds = view.my_task is not None
    found = rechecks_of_case(actor_of(request), view.id, holds=holds)
    if not found:
        return None
    faces = asked_faces(request, found)
    return Panel(
        _("Price re-check"), "rechecks/asked.html", {"faces": faces}, first=any(not one.answer for one in found)
    )


def asked_faces(request: HttpRequest, views: Iterable[RecheckView]) -> list[AskedFace]:
    """Re-checks with the prices that changed. 1 query."""
    listed, floors = list(views), rights(request).inner_prices
    lists = registers.price_lists_of_causes([one.cause for one in listed])
    return [
        AskedFace(
            _asked(one, floors), str(one.detail.get("title", "")),
            date.fromisoformat(str(one.detail["effective_from"])), lists.get(one.cause, ""),
        )
        for one in listed
    ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def recheck_answer(request: HttpRequest, recheck: int) -> HttpResponse:
    """GET: the dialog that asks for a word. POST: the answer."""
    actor = actor_of(request)
    view = recheck_view(actor, recheck)
    if request.method != "POST":
        asked = request.GET.get("answer", "")
        return _dialog(request, view, asked if asked in ANSWERS else ANSWERS[0])
    answer, text = request.POST.get("answer", ""), request.POST.get("note", "")
    try:
        answer_recheck(actor, recheck, answer, note=text)
    except Invalid as refusal:
        return _dialog(request, view, answer, text, refusal.errors, 422)
    note(request, _("Your re-check is on the record."))
    return go(request, reverse("case", args=[view.case_number]))


def _dialog(
    request: HttpRequest, view: RecheckView, answer: str, text: str = "", errors: object = None, status: int = 200
) -> HttpResponse:
    context = {"face": asked_faces(request, [view])[0], "answer": answer, "text": text, "errors": errors}
    return render(request, "rechecks/dialog.html", context, status=status)
