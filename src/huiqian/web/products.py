"""Products: find, read, change, close, in and out as Excel."""

from dataclasses import fields, replace

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiqian.base import clock
from huiqian.base.errors import Invalid, Text
from huiqian.marketing import queries as registers
from huiqian.marketing.access import check_may, product_for
from huiqian.marketing.commands import (
    card_of_product,
    close_product,
    delete_product,
    import_products,
    reopen_product,
    save_product,
)
from huiqian.marketing.effects import Quoted
from huiqian.marketing.models import Product
from huiqian.marketing.rules import ProductCard
from huiqian.marketing.rules.cards import tidy
from huiqian.marketing.rules.rights import PRODUCTS
from huiqian.web.notes import note
from huiqian.web.registers import PAGE, english, rights, sent_sheet, sheet, stamp
from huiqian.web.requests import actor_of, go


def _found(request: HttpRequest) -> tuple[dict[str, str], QuerySet[Product]]:
    asked = {name: request.GET.get(name, "").strip() for name in ("search", "category", "state")}
    query = registers.products(
        actor_of(request), search=asked["search"], category=asked["category"], state=asked["state"] or "open"
    )
    return asked, query


@require_GET
def products(request: HttpRequest) -> HttpResponse:
    """The products with today's list prices, with search and filters."""
    asked, query = _found(request)
    page = Paginator(query, PAGE).get_page(request.GET.get("page"))
    prices = {line.product_id: line for line in registers.prices_on(clock.today())}
    context = {
        "section": "products", "page": page, "rows": [(one, prices.get(one.pk)) for one in page],
        "categories": registers.categories(), "filtered": any(asked.values()), "asked": asked,
        "rights": rights(request),
    }  # fmt: skip
    return render(request, "registers/products.html", context)


@require_GET
def products_sheet(request: HttpRequest) -> HttpResponse:
    """The products found, as Excel; `template=1` gives the heads alone."""
    with_cost = rights(request).inner_prices
    if request.GET.get("template"):
        return sheet(registers.products_sheet([], with_cost=with_cost, english=english()), _("Products, template"))
    _asked, query = _found(request)
    content = registers.products_sheet(query, with_cost=with_cost, english=english())
    return sheet(content, f"{_('Products')}-{stamp()}")


@require_http_methods(["GET", "HEAD", "POST"])
def products_import(request: HttpRequest) -> HttpResponse:
    """Take in a sheet of products."""
    check_may(actor_of(request), PRODUCTS)
    errors: dict[str, list[Text]] = {}
    if request.method == "POST":
        try:
            done = import_products(actor_of(request), *sent_sheet(request))
        except Invalid as refusal:
            errors = dict(refusal.errors)
        else:
            words = _("Imported: %(added)d added, %(changed)d changed, %(unchanged)d as they were.")
            note(request, words % {"added": done.added, "changed": done.changed, "unchanged": done.unchanged})
            return go(request, reverse("products"))
    context = {
        "section": "products", "errors": errors, "back": reverse("products"), "title": _("Import products"),
        "of": _("Products"), "template_address": f"{reverse('products-sheet')}?template=1",
    }  # fmt: skip
    return render(request, "registers/import.html", context, status=422 if errors else 200)


@require_GET
def product(request: HttpRequest, code: str) -> HttpResponse:
    """One product: what it is, and its prices of all times."""
    return _page(request, code)


def _page(request: HttpRequest, code: str, status: int = 200, refused: str = "") -> HttpResponse:
    found, may, today = product_for(actor_of(request), code), rights(request), clock.today()
    context = {
        "section": "products", "product": found, "prices": registers.price_history(found.pk), "today": today,
        "refused": refused, "rights": may,
    }  # fmt: skip
    return render(request, "registers/product.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def product_change(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add a product, or change one."""
    actor, may = actor_of(request), rights(request)
    check_may(actor, PRODUCTS)
    card = card_of_product(product_for(actor, code)) if code else ProductCard()
    errors: dict[str, object] = {}
    if request.method == "POST":
        typed = {one.name: tidy(request.POST.get(one.name, "")) for one in fields(ProductCard)}
        card = ProductCard(**typed)
        card = replace(
            card, code=code or card.code.upper(), note=request.POST.get("note", "").replace("\x00", "").strip()
        )
        try:
            saved = save_product(actor, card, code=code)
        except Invalid as refusal:
            errors = dict(refusal.errors)
        else:
            note(request, _("The product is saved."))
            return go(request, reverse("product", args=[saved.code]))
    context = {
        "section": "products", "code": code, "card": card, "errors": errors, "rights": may,
        "categories": registers.categories(),
    }  # fmt: skip
    return render(request, "registers/product_form.html", context, status=422 if errors else 200)


@require_POST
def product_state(request: HttpRequest, code: str) -> HttpResponse:
    """Close a product, or let it be chosen again."""
    if request.POST.get("state") == "open":
        reopen_product(actor_of(request), code)
        note(request, _("It can be chosen again."))
    else:
        close_product(actor_of(request), code)
        note(request, _("It is closed and can no longer be chosen."))
    return go(request, reverse("product", args=[code]))


@require_POST
def product_deletion(request: HttpRequest, code: str) -> HttpResponse:
    """Delete a product that was entered by mistake."""
    try:
        delete_product(actor_of(request), code)
    except Quoted as refusal:
        return _page(request, code, 409, str(refusal))
    note(request, _("%(code)s is deleted.") % {"code": code})
    return go(request, reverse("products"))
