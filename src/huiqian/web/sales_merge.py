"""The plans of a case of SC-004 in one table: by manager, product, customer or line by line, sorted as one likes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiqian.marketing import queries as registers
from huiqian.marketing.queries import MergedCase, PlannedLine
from huiqian.marketing.rules.merging import Sum
from huiqian.org.queries import roster
from huiqian.process.access import case_for
from huiqian.process.content import content_of
from huiqian.web.registers import PAGE, english, sheet
from huiqian.web.requests import actor_of, is_fragment
from huiqian.work.queries.case import seen_case

# What is sorted by: for sums and for lines.
Key = Callable[[Any], Any]
SUMS: Mapping[str, Key] = {
    "name": lambda row: row[0], "quantity": lambda row: row[1].quantity, "amount": lambda row: row[1].amount,
    "before": lambda row: row[1].before_amount, "difference": lambda row: row[1].difference,
    "actual": lambda row: row[1].before_actual,
}  # fmt: skip
LINES: Mapping[str, Key] = {
    "manager": lambda row: (row.manager, row.line.number), "customer": lambda row: row.customer,
    "product": lambda row: row.product, "quantity": lambda row: row.line.quantity, "price": lambda row: row.line.price,
    "amount": lambda row: row.line.amount, "payment": lambda row: str(row.line.payment_due),
    "before": lambda row: row.before_amount, "difference": lambda row: row.difference,
    "actual": lambda row: row.before_actual,
}  # fmt: skip


@require_GET
def case_plans(request: HttpRequest, number: str) -> HttpResponse:
    """The merged plans alone: a page of its own, or the part of the case's page that changes."""
    context = {"section": "inbox", "panel": table_of(request, number)}
    name = "cases/sales_merge.html" if is_fragment(request) else "cases/sales_merge_page.html"
    return render(request, name, context)


@require_GET
def case_plans_sheet(request: HttpRequest, number: str) -> HttpResponse:
    """Every line with last month's plan and actuals beside it, as Excel."""
    merged = merged_of(request, number)
    month = f"{merged.month:%Y-%m}" if merged.month else ""
    content = registers.merged_sheet(merged, month or number, english=english())
    return sheet(content, f"{_('Sales plans')}-{month}-{number}")


def merged_of(request: HttpRequest, number: str) -> MergedCase:
    """The plans of a case that the reader may see."""
    case = case_for(actor_of(request), number)
    return registers.merged_case(seen_case(case, content_of(case.version_id), roster()))


def table_of(request: HttpRequest, number: str) -> dict[str, Any]:
    """The merged plans as the address asks for them: `by`, `sort` (with - downwards), `search`, `page`; `below`
    the floor price only; `of` one code or login only.
    """
    asked = {name: request.GET.get(name, "").strip() for name in ("by", "sort", "search", "below", "of")}
    merged = merged_of(request, number)
    sums = {"managers": merged.sums.managers, "products": merged.sums.products, "customers": merged.sums.customers}
    by = asked["by"] if asked["by"] in (*sums, "lines") else "managers"
    rows: Sequence[Any] = (
        _lines(merged, asked)
        if by == "lines"
        else [(merged.names.get(one.key, one.key), one) for one in sums[by] if _fits(merged, one, asked["search"])]
    )
    sort = asked["sort"]
    key = (LINES if by == "lines" else SUMS).get(sort.removeprefix("-"))
    if key is not None:
        rows = sorted(rows, key=key, reverse=sort.startswith("-"))
    tabs = [
        ("managers", _("By account manager"), len(sums["managers"])),
        ("products", _("By product"), len(sums["products"])),
        ("customers", _("By customer"), len(sums["customers"])),
        ("lines", _("Every line"), len(merged.lines)),
    ]
    return {
        "number": number, "merged": merged, "by": by, "tabs": tabs, "heads": _heads(by, sort), "asked": asked,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "total": merged.sums.total,
    }  # fmt: skip


def _lines(merged: MergedCase, asked: Mapping[str, str]) -> list[PlannedLine]:
    words = asked["search"].lower().split()
    return [
        one
        for one in merged.lines
        if (not asked["below"] or one.line.below_floor)
        and (not asked["of"] or asked["of"] in one.line.key)
        and all(
            word
            in f"{one.manager} {one.line.manager} {one.customer} {one.line.customer} {one.product} "
            f"{one.line.product}".lower()
            for word in words
        )
    ]


def _fits(merged: MergedCase, one: Sum, search: str) -> bool:
    said = f"{merged.names.get(one.key, '')} {one.key}".lower()
    return all(word in said for word in search.lower().split())


def _heads(by: str, sort: str) -> list[tuple[str, str, str, str]]:
    """The heads of the table: by what they sort, their words, how it is sorted by them now, what a click asks for."""
    first = {"managers": _("Account manager"), "products": _("Product"), "customers": _("Customer")}
    names = [("name", first.get(by, "")), ("quantity", _("Quantity")), ("amount", _("Planned (CNY)"))]
    if by == "lines":
        names = [
            ("manager", _("Account manager")), ("customer", _("Customer")), ("product", _("Product")),
            ("quantity", _("Quantity")), ("price", _("Price (CNY)")), ("amount", _("Planned (CNY)")),
            ("payment", _("Payment expected")),
        ]  # fmt: skip
    names += [("before", _("Last month's plan")), ("difference", _("Difference")), ("actual", _("Last month sold"))]
    return [(code, words, *_sorted(code, sort)) for code, words in names]


def _sorted(code: str, sort: str) -> tuple[str, str]:
    if sort == f"-{code}":
        return "descending", code
    if sort == code:
        return "ascending", f"-{code}"
    texts = {"name", "manager", "customer", "product", "payment"}
    return "none", code if code in texts else f"-{code}"
