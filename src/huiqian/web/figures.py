"""The management board: how long cases take, what is on time, where they wait and on whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiqian.insight.queries import Board, board, bottleneck
from huiqian.insight.queries.figures.board import PERIODS
from huiqian.insight.queries.figures.sheets import figures_sheet
from huiqian.process.queries import contents_in_effect
from huiqian.web.registers import sheet, stamp
from huiqian.web.requests import actor_of

USUAL = 90
# What is meant to be in time, in percent.
AIM = 90


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart: what it tells, and its stretches as (style, where it begins, how wide), in percent."""

    row: object
    parts: tuple[tuple[int, Decimal, Decimal], ...]


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked in {str(one) for one in PERIODS} else USUAL


@require_GET
def figures_export(request: HttpRequest) -> HttpResponse:
    """The board as a workbook, of the same period and process."""
    days, code = _days(request), request.GET.get("process", "")
    known = code if code in {content.code for content in contents_in_effect()} else ""
    content = figures_sheet(actor_of(request), days, known)
    return sheet(content, f"{_('Management board')}-{days}-{stamp()}")


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The board of a period, and one process's bottlenecks."""
    actor, days = actor_of(request), _days(request)
    view = board(actor, days)
    offered = [(content.code, content.name) for content in contents_in_effect()]
    code = request.GET.get("process", "")
    if code not in dict(offered):
        code = max(view.cycles, key=lambda one: one.cases).code if view.cycles else next(iter(dict(offered)), "")
    context = {
        "section": "figures",
        "board": view,
        "aim": AIM,
        "periods": PERIODS,
        "processes": offered,
        "place": bottleneck(actor, code, days) if code else None,
        "cycles": _cycles(view),
        "loads": _loads(view),
        "months": _months(view),
        "sales": _sales(view),
        "busiest": next((load for load in view.loads if load.late), None),
    }
    return render(request, "insight/figures.html", context)


def _cycles(view: Board) -> list[Bar]:
    """Medians, and behind them what nine in ten take."""
    longest = max((one.most for one in view.cycles), default=Decimal(0))
    return [Bar(one, _beside([(2, one.middle), (3, one.most - one.middle)], longest)) for one in view.cycles]


def _loads(view: Board) -> list[Bar]:
    most = Decimal(max((load.all for load in view.loads), default=0))
    styles = ((2, "calm"), (4, "today"), (5, "late"))
    return [
        Bar(load, _beside([(style, Decimal(getattr(load, name))) for style, name in styles], most))
        for load in view.loads
    ]


def _months(view: Board) -> list[Bar]:
    """A month's share of tasks in time."""
    bars = []
    for month in view.months:
        share = month.on_time.percent
        bars.append(Bar(month, _beside([(1 if share >= AIM else 4, share)], Decimal(100)) if share is not None else ()))
    return bars


def _sales(view: Board) -> list[Bar]:
    """What was sold of what was planned."""
    return [
        Bar(one, _beside([(1, min(one.fulfilled or Decimal(0), Decimal(100)))], Decimal(100))) for one in view.months
    ]


def _beside(parts: Iterable[tuple[int, Decimal]], most: Decimal) -> tuple[tuple[int, Decimal, Decimal], ...]:
    """Stretches one after the other, of so much altogether."""
    said, begins = [], Decimal(0)
    for style, amount in parts:
        wide = round(100 * amount / most, 2) if most else Decimal(0)
        if wide:
            said.append((style, begins, wide))
        begins += wide
    return tuple(said)
