"""Sales plans by month: what was planned, what came of it, last month beside; actuals are reported here."""

from collections.abc import Mapping
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiqian.base import clock
from huiqian.base.errors import Invalid
from huiqian.marketing import queries as registers
from huiqian.marketing.commands import import_actuals, report_actuals
from huiqian.marketing.commands.actuals import FIELDS
from huiqian.marketing.rules.merging import month_after, month_before
from huiqian.web.notes import note
from huiqian.web.registers import english, month_from, rights, sent_sheet, sheet
from huiqian.web.requests import actor_of, go


@require_GET
def sales_plans(request: HttpRequest) -> HttpResponse:
    """The latest month that is planned."""
    months = registers.planned_months(actor_of(request))
    latest = months[0] if months else clock.today()
    return go(request, reverse("sales-month", args=[f"{latest:%Y-%m}"]))


@require_GET
def sales_month(request: HttpRequest, month: str) -> HttpResponse:
    """One month: sums by manager, customer and product beside last month's, and every line."""
    return _page(request, month_from(month))


def _page(
    request: HttpRequest, month: date, status: int = 200, errors: Mapping[str, object] | None = None,
    typed: Mapping[str, str] | None = None, sheet_errors: Mapping[str, object] | None = None,
) -> HttpResponse:  # fmt: skip
    actor, may = actor_of(request), rights(request)
    lines = list(registers.sales_lines(actor, month))
    merged = registers.merged_month(month)
    manager = request.GET.get("manager", "")
    shown = [one for one in lines if not manager or one.manager.login == manager]
    names = {one.manager.login: one.manager.name for one in lines}
    names |= {one.customer.code: one.customer.name for one in lines}
    names |= {one.product.code: one.product.name for one in lines}
    said = typed or {}
    rows = [
        (
            one, may.reports_for(one.manager_id),
            [
                (f"{one.pk}.{field}", said.get(f"{one.pk}.{field}", _plain(getattr(one, field))),
                 (errors or {}).get(f"{one.pk}.{field}"), getattr(one, field))
                for field in FIELDS
            ],
        )
        for one in shown
    ]  # fmt: skip
    context = {
        "section": "sales-plans", "month": month, "before": month_before(month), "after": month_after(month),
        "rows": rows, "merged": merged, "names": names, "signed": registers.signed_month(month), "manager": manager,
        "managers": sorted({(one.manager.login, one.manager.name) for one in lines}, key=lambda pair: pair[1]),
        "reports": any(row[1] for row in rows), "errors": errors, "sheet_errors": sheet_errors,
        "months": registers.planned_months(actor),
    }  # fmt: skip
    return render(request, "registers/sales_month.html", context, status=status)


def _plain(amount: object) -> str:
    return "" if amount is None else str(amount)


@require_POST
def sales_actuals(request: HttpRequest, month: str) -> HttpResponse:
    """Report what was sold and paid: typed on the page, or as the sheet that was filled in."""
    day, actor = month_from(month), actor_of(request)
    address = reverse("sales-month", args=[month])
    if "file" in request.FILES or "sheet" in request.POST:
        try:
            changed = import_actuals(actor, day, *sent_sheet(request)).changed
        except Invalid as refusal:
            return _page(request, day, 422, sheet_errors=refusal.errors)
    else:
        typed = {name: str(value) for name, value in request.POST.items() if name.partition(".")[2] in FIELDS}
        reports: dict[int, dict[str, object]] = {}
        for name, value in typed.items():
            line, _dot, field = name.partition(".")
            if line.isdecimal() and len(line) < 13:
                reports.setdefault(int(line), {})[field] = value.strip()
        try:
            changed = report_actuals(actor, day, reports)
        except Invalid as refusal:
            return _page(request, day, 422, refusal.errors, typed)
    note(request, _("Actuals are saved: %(n)d lines changed.") % {"n": changed})
    return go(request, address)


@require_GET
def sales_sheet(request: HttpRequest, month: str) -> HttpResponse:
    """The month's lines as Excel, to fill in actuals and send back."""
    day = month_from(month)
    lines = registers.sales_lines(actor_of(request), day)
    return sheet(registers.actuals_sheet(lines, day, english=english()), f"{_('Sales plan')}-{month}")
