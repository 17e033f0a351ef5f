"""Customers: find, read, change, close, in and out as Excel."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiqian.base import clock
from huiqian.base.errors import Forbidden, Invalid
from huiqian.marketing import queries as registers
from huiqian.marketing.access import check_may, customer_for
from huiqian.marketing.commands import (
    card_of_customer,
    close_customer,
    delete_customer,
    import_customers,
    reopen_customer,
    save_customer,
)
from huiqian.marketing.models import Customer
from huiqian.marketing.rules import CustomerCard
from huiqian.marketing.rules.columns import KINDS
from huiqian.marketing.rules.rights import CUSTOMERS
from huiqian.org.queries import roster
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


def _managers() -> list[tuple[str, str]]:
    """The key account managers of today: login and name."""
    snapshot = roster()
    return [(c.person.login, c.person.name) for c in snapshot.choose("key_account_manager", clock.today())]


def _found(request: HttpRequest) -> tuple[dict[str, str], QuerySet[Customer]]:
    asked = asked_for(request, "kind", "owner")
    return asked, registers.customers(actor_of(request), **{**asked, "state": asked["state"] or "open"})


@require_GET
def customers(request: HttpRequest) -> HttpResponse:
    """The customers, with search and filters."""
    context = listed(request, "customers", *_found(request))
    return render(request, "registers/customers.html", {**context, "kinds": KINDS, "managers": _managers()})


@require_GET
def customers_sheet(request: HttpRequest) -> HttpResponse:
    """The customers found, as Excel; `template=1` gives the heads alone."""
    _asked, query = _found(request)
    if request.GET.get("template"):
        return sheet(registers.customers_sheet([], english=english()), _("Customers, template"))
    content = registers.customers_sheet(query, english=english())
    return sheet(content, f"{_('Customers')}-{stamp()}")


@require_http_methods(["GET", "HEAD", "POST"])
def customers_import(request: HttpRequest) -> HttpResponse:
    """Take in a sheet of customers."""
    check_may(actor_of(request), CUSTOMERS)
    return take_in(request, "customers", import_customers, title=_("Import customers"), of=_("Customers"))


@require_GET
def customer(request: HttpRequest, code: str) -> HttpResponse:
    """One customer: who they are, who looks after them, what was planned and sold lately."""
    return _page(request, code)


def _page(request: HttpRequest, code: str, status: int = 200, refused: str = "") -> HttpResponse:
    found = customer_for(actor_of(request), code)
    sales = found.sales.select_related("manager", "product").order_by("-month", "-id")[:24]
    context = {
        "section": "customers", "customer": found, "kind": KINDS[found.kind], "sales": sales, "refused": refused,
        "may_change": rights(request).changes_customer(found),
    }  # fmt: skip
    return render(request, "registers/customer.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def customer_change(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add a customer, or change one."""
    actor, may = actor_of(request), rights(request)
    found: Customer | None = customer_for(actor, code) if code else None
    if not (may.changes_customer(found) if found else may.adds_customers):
        raise Forbidden(_("This register is not yours to change. Ask whoever keeps it, or an administrator."))
    card, errors = card_of_customer(found) if found else CustomerCard(), {}
    if request.method == "POST":
        card = typed_card(request, CustomerCard, code)
        try:
            saved = save_customer(actor, card, code=code)
        except Invalid as refusal:
            errors = refusal.errors
        else:
            note(request, _("The customer is saved."))
            return go(request, reverse("customer", args=[saved.code]))
    context = {
        "section": "customers", "code": code, "card": card, "errors": errors, "all": may.all_customers,
        "kinds": [("", _("Please choose")), *KINDS.items()], "managers": [("", _("none")), *_managers()],
    }  # fmt: skip
    return render(request, "registers/customer_form.html", context, status=422 if errors else 200)


@require_POST
def customer_state(request: HttpRequest, code: str) -> HttpResponse:
    """Close a customer, or let it be chosen again."""
    return change_state(request, code, close=close_customer, reopen=reopen_customer, page="customer")


@require_POST
def customer_deletion(request: HttpRequest, code: str) -> HttpResponse:
    """Delete a customer that was entered by mistake."""
    return delete(
        request, code, delete_customer, refused=lambda said: _page(request, code, 409, said), back="customers"
    )
