"""Production plans: the year's table, made of its months, and one month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiqian.base import clock
from huiqian.marketing import queries as registers
from huiqian.web.registers import month_from
from huiqian.web.requests import actor_of


@require_GET
def production_plans(request: HttpRequest) -> HttpResponse:
    """A year's production plan: every product's months and their sum."""
    actor, asked = actor_of(request), request.GET.get("year", "")
    years = registers.production_years(actor)
    year = (
        int(asked)
        if asked.isdecimal() and 2000 <= int(asked[:5]) <= 2100
        else (years[0] if years else clock.today().year)
    )
    rows = registers.production_year(actor, year)
    totals = [sum(row.months[place] or 0 for row in rows) for place in range(12)]
    context = {
        "section": "production-plans", "year": year, "years": years, "rows": rows,
        "months": [f"{year:04d}-{number:02d}" for number in range(1, 13)],
        "totals": totals, "total": sum(totals),
        # Pieces and metres do not add up.
        "one_unit": len({row.product.unit for row in rows}) == 1,
    }  # fmt: skip
    return render(request, "registers/production_year.html", context)


@require_GET
def production_month(request: HttpRequest, month: str) -> HttpResponse:
    """One month's production plan."""
    day = month_from(month)
    lines = list(registers.production_month(actor_of(request), day))
    context = {"section": "production-plans", "month": day, "lines": lines}
    return render(request, "registers/production_month.html", context)
