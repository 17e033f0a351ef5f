"""The stock: find, read, take out, put in, change, out as Excel."""

from dataclasses import fields

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiqian.base.errors import Invalid
from huiqian.documents.queries import readable
from huiqian.marketing import queries as registers
from huiqian.marketing.access import check_may, stock_item_for
from huiqian.marketing.commands import (
    close_stock_item,
    delete_stock_item,
    put_into_stock,
    reopen_stock_item,
    save_stock_item,
    take_from_stock,
)
from huiqian.marketing.models import StockItem
from huiqian.marketing.rules import MoveCard, StockCard
from huiqian.marketing.rules.cards import tidy
from huiqian.marketing.rules.rights import STOCK
from huiqian.web.notes import note
from huiqian.web.registers import (
    PAGE,
    asked_for,
    change_state,
    delete,
    english,
    listed,
    rights,
    sheet,
    stamp,
    typed_card,
)
from huiqian.web.requests import actor_of, go


def _found(request: HttpRequest) -> tuple[dict[str, str], QuerySet[StockItem]]:
    asked = asked_for(request, "place")
    return asked, registers.stock(actor_of(request), **{**asked, "state": asked["state"] or "open"})


@require_GET
def stock(request: HttpRequest) -> HttpResponse:
    """What lies in stock and where, with search and filters."""
    context = listed(request, "stock", *_found(request))
    return render(request, "registers/stock.html", {**context, "places": registers.stock_places()})


@require_GET
def stock_sheet(request: HttpRequest) -> HttpResponse:
    """The stock found, as Excel."""
    _asked, query = _found(request)
    return sheet(registers.stock_sheet(query, english=english()), f"{_('Stock')}-{stamp()}")


@require_GET
def stock_item(request: HttpRequest, code: str) -> HttpResponse:
    """One item: where it lies, what came in and was taken out; for whoever keeps the stock, how to move it."""
    return _page(request, code)


def _page(request: HttpRequest, code: str, status: int = 200, **values: object) -> HttpResponse:
    item = stock_item_for(actor_of(request), code)
    levels = list(registers.stock_levels(item.pk))
    page = Paginator(registers.stock_moves(item.pk), PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "stock", "item": item, "levels": levels, "total": sum(level.quantity for level in levels),
        "page": page, "readable": readable(actor_of(request), [one.document_number for one in page]),
        "places": registers.stock_places(), "rights": rights(request), "typed": {}, "errors": {}, "moving": "",
    }  # fmt: skip
    if len(levels) == 1:
        context["typed"] = {"place": levels[0].place}
    return render(request, "registers/stock_item.html", context | values, status=status)


@require_GET
def stock_moves(request: HttpRequest, code: str) -> HttpResponse:
    """What came in and was taken out of an item, as Excel."""
    item = stock_item_for(actor_of(request), code)
    content = registers.moves_sheet(registers.stock_moves(item.pk), english=english())
    return sheet(content, f"{item.code}-{_('Movements')}-{stamp()}")


@require_http_methods(["GET", "HEAD", "POST"])
def stock_change(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add an item, or change one."""
    actor = actor_of(request)
    check_may(actor, STOCK)
    card = StockCard()
    if code:
        item = stock_item_for(actor, code)
        card = StockCard(code=item.code, name=item.name, unit=item.unit, note=item.note)
    errors: dict[str, object] = {}
    if request.method == "POST":
        card = typed_card(request, StockCard, code)
        try:
            saved = save_stock_item(actor, card, code=code)
        except Invalid as refusal:
            errors = dict(refusal.errors)
        else:
            note(request, _("The item is saved."))
            return go(request, reverse("stock-item", args=[saved.code]))
    context = {"section": "stock", "code": code, "card": card, "errors": errors}
    return render(request, "registers/stock_form.html", context, status=422 if errors else 200)


@require_POST
def stock_takings(request: HttpRequest, code: str) -> HttpResponse:
    """Take something out for somebody."""
    return _move(request, code, "takings")


@require_POST
def stock_receipts(request: HttpRequest, code: str) -> HttpResponse:
    """Put something in by hand."""
    return _move(request, code, "receipts")


def _move(request: HttpRequest, code: str, moving: str) -> HttpResponse:
    typed = {one.name: tidy(request.POST.get(one.name, "")) for one in fields(MoveCard)}
    verb = take_from_stock if moving == "takings" else put_into_stock
    try:
        moved = verb(actor_of(request), code, MoveCard(**typed))
    except Invalid as refusal:
        return _page(request, code, 422, typed=typed, errors=refusal.errors, moving=moving)
    left = f"{moved.left.normalize():,f} {moved.item.unit}"
    note(request, _("It is entered. %(place)s: %(left)s left.") % {"place": moved.place, "left": left})
    return go(request, reverse("stock-item", args=[code]))


@require_POST
def stock_state(request: HttpRequest, code: str) -> HttpResponse:
    """Close an item, or let it be chosen again."""
    return change_state(request, code, close=close_stock_item, reopen=reopen_stock_item, page="stock-item")


@require_POST
def stock_deletion(request: HttpRequest, code: str) -> HttpResponse:
    """Delete an item that was entered by mistake."""
    return delete(
        request, code, delete_stock_item, refused=lambda said: _page(request, code, 409, refused=said), back="stock"
    )
