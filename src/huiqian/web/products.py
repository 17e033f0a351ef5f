"""Products: find, read, change, close, in and out as Excel."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiqian.base import clock
from huiqian.base.errors import Invalid
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
from huiqian.marketing.models import Product
from huiqian.marketing.rules import ProductCard
from huiqian.marketing.rules.rights import PRODUCTS
from huiqian.web.notes import note
from huiqian.web.registers import (
    asked_for,
    change_state,
    delete,
    english,
    listed,
    rights,
    sheet,
    stamp,
    take_in,
    typed_card,
)
from huiqian.web.requests import actor_of, go


def _found(request: HttpRequest) -> tuple[dict[str, str], QuerySet[Product]]:
    asked = asked_for(request, "category")
    return asked, registers.products(actor_of(request), **{**asked, "state": asked["state"] or "open"})


@require_GET
def products(request: HttpRequest) -> HttpResponse:
    """The products with today's list prices, with search and filters."""
    context = listed(request, "products", *_found(request))
    prices = {line.product_id: line for line in registers.prices_on(clock.today())}
    rows = [(one, prices.get(one.pk)) for one in context["page"]]
    return render(request, "registers/products.html", {**context, "rows": rows, "categories": registers.categories()})


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
    return take_in(request, "products", import_products, title=_("Import products"), of=_("Products"))


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
        card = typed_card(request, ProductCard, code)
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
    return change_state(request, code, close=close_product, reopen=reopen_product, page="product")


@require_POST
def product_deletion(request: HttpRequest, code: str) -> HttpResponse:
    """Delete a product that was entered by mistake."""
    return delete(request, code, delete_product, refused=lambda said: _page(request, code, 409, said), back="products")
