"""Sales plans by month: what was planned, what came of it, last month beside; actuals are reported here."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from huiqian.base import clock
from huiqian.base.errors import Invalid
from huiqian.marketing import queries as registers
from huiqian.marketing.access import Rights
from huiqian.marketing.commands import import_actuals, report_actuals
from huiqian.marketing.commands.actuals import FIELDS
from huiqian.marketing.models import SalesLine
from huiqian.marketing.rules.merging import month_after, month_before
from huiqian.org.queries import roster
from huiqian.web.notes import note
from huiqian.web.registers import PAGE, english, month_from, rights, sent_sheet, sheet
from huiqian.web.requests import actor_of, go

TABS = {
    "managers": gettext_lazy("By account manager"), "products": gettext_lazy("By product"),
    "customers": gettext_lazy("By customer"), "lines": gettext_lazy("Every line"),
}  # fmt: skip


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
    sent = request.POST if request.method == "POST" else request.GET
    asked = {name: sent.get(name, "") for name in ("by", "manager", "page")}
    merged = registers.merged_month(month)
    sums = {"managers": merged.managers, "products": merged.products, "customers": merged.customers}
    by = "lines" if errors else asked["by"] if asked["by"] in (*sums, "lines") else "managers"
    lines = registers.sales_lines(actor, month)
    if asked["manager"]:
        lines = lines.filter(manager__login=asked["manager"])
    page: Page[Any] = Paginator(lines if by == "lines" else sums[by], PAGE).get_page(asked["page"])
    people = {one.login: one.name for one in roster().people.values()}
    rows = _rows(list(page), may, typed or {}, errors or {}) if by == "lines" else []
    context = {
        "section": "sales-plans", "month": month, "before": month_before(month), "after": month_after(month),
        "rows": rows, "merged": merged, "by": by, "page": page, "signed": registers.signed_month(month),
        "names": people | registers.names_of_entries() if by != "lines" else {}, "manager": asked["manager"],
        "managers": sorted(((one.key, people.get(one.key, one.key)) for one in merged.managers), key=lambda p: p[1]),
        "tabs": [(code, TABS[code], len(sums[code]) if code in sums else merged.lines) for code in TABS],
        "reports": any(row[1] for row in rows), "reporter": may.reports_for(actor.id or 0), "errors": errors,
        "sheet_errors": sheet_errors, "months": registers.planned_months(actor),
    }  # fmt: skip
    return render(request, "registers/sales_month.html", context, status=status)


def _rows(
    lines: Sequence[SalesLine], may: Rights, typed: Mapping[str, str], errors: Mapping[str, object]
) -> list[tuple[SalesLine, bool, list[tuple[str, str, object, object]]]]:
    """Each line, whether the reader reports it, and its cells: name, what stands in it, what is wrong, what is kept."""
    return [
        (
            one, may.reports_for(one.manager_id),
            [
                (f"{one.pk}.{field}", typed.get(f"{one.pk}.{field}", _plain(getattr(one, field))),
                 errors.get(f"{one.pk}.{field}"), getattr(one, field))
                for field in FIELDS
            ],
        )
        for one in lines
    ]  # fmt: skip


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
    back = {name: request.POST[name] for name in ("by", "manager", "page") if request.POST.get(name)}
    return go(request, f"{address}?{urlencode(back)}" if back else address)


@require_GET
def sales_sheet(request: HttpRequest, month: str) -> HttpResponse:
    """The month's lines as Excel, to fill in actuals and send back."""
    day = month_from(month)
    lines = registers.sales_lines(actor_of(request), day)
    return sheet(registers.actuals_sheet(lines, day, english=english()), f"{_('Sales plan')}-{month}")
