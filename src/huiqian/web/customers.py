"""Customers: find, read, change, close, in and out as Excel."""

from dataclasses import fields

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiqian.base import clock
from huiqian.base.errors import Forbidden, Invalid, Text
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
from huiqian.marketing.effects import Quoted
from huiqian.marketing.models import Customer
from huiqian.marketing.rules import CustomerCard
from huiqian.marketing.rules.cards import tidy
from huiqian.marketing.rules.columns import KINDS
from huiqian.marketing.rules.rights import CUSTOMERS
from huiqian.org.queries import roster
from huiqian.web.notes import note
from huiqian.web.registers import PAGE, english, rights, sent_sheet, sheet, stamp
from huiqian.web.requests import actor_of, go


def _managers() -> list[tuple[str, str]]:
    """The key account managers of today: login and name."""
    snapshot = roster()
    return [(c.person.login, c.person.name) for c in snapshot.choose("key_account_manager", clock.today())]


def _found(request: HttpRequest) -> tuple[dict[str, str], QuerySet[Customer]]:
    asked = {name: request.GET.get(name, "").strip() for name in ("search", "kind", "owner", "state")}
    state = asked["state"] or "open"
    query = registers.customers(
        actor_of(request), search=asked["search"], kind=asked["kind"], owner=asked["owner"], state=state
    )
    return asked, query


@require_GET
def customers(request: HttpRequest) -> HttpResponse:
    """The customers, with search and filters."""
    asked, query = _found(request)
    page = Paginator(query, PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "customers", "page": page, "rows": list(page), "kinds": KINDS, "managers": _managers(),
        "filtered": any(asked.values()), "asked": asked, "rights": rights(request),
    }  # fmt: skip
    return render(request, "registers/customers.html", context)


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
    errors: dict[str, list[Text]] = {}
    if request.method == "POST":
        try:
            done = import_customers(actor_of(request), *sent_sheet(request))
        except Invalid as refusal:
            errors = dict(refusal.errors)
        else:
            words = _("Imported: %(added)d added, %(changed)d changed, %(unchanged)d as they were.")
            note(request, words % {"added": done.added, "changed": done.changed, "unchanged": done.unchanged})
            return go(request, reverse("customers"))
    context = {
        "section": "customers", "errors": errors, "back": reverse("customers"), "title": _("Import customers"),
        "of": _("Customers"), "template_address": f"{reverse('customers-sheet')}?template=1",
    }  # fmt: skip
    return render(request, "registers/import.html", context, status=422 if errors else 200)


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
        typed = {one.name: tidy(request.POST.get(one.name, "")) for one in fields(CustomerCard)}
        typed["note"] = request.POST.get("note", "").replace("\x00", "").strip()
        typed["code"] = code or typed["code"].upper()
        card = CustomerCard(**typed)
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
    if request.POST.get("state") == "open":
        reopen_customer(actor_of(request), code)
        note(request, _("It can be chosen again."))
    else:
        close_customer(actor_of(request), code)
        note(request, _("It is closed and can no longer be chosen."))
    return go(request, reverse("customer", args=[code]))


@require_POST
def customer_deletion(request: HttpRequest, code: str) -> HttpResponse:
    """Delete a customer that was entered by mistake."""
    try:
        delete_customer(actor_of(request), code)
    except Quoted as refusal:
        return _page(request, code, 409, str(refusal))
    note(request, _("%(code)s is deleted.") % {"code": code})
    return go(request, reverse("customers"))
