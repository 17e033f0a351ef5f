"""What the pages of SC-004's cases show beside its forms: last month beside one's own plan, and all plans merged."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from huiqian.marketing import queries as registers
from huiqian.marketing.rules.merging import month_before
from huiqian.marketing.rules.prices import month_of
from huiqian.web.panel import Panel
from huiqian.web.requests import actor_of, person_of
from huiqian.web.sales_merge import table_of
from huiqian.work.queries import CaseView


def sales_history(request: HttpRequest, view: CaseView) -> Panel | None:
    """While somebody plans: what they planned and sold last month, line by line, to be taken over."""
    month, task = month_of(view.data.get("plan_month")), view.my_task
    if month is None or task is None or task.form is None or "lines" not in task.form.by_name:
        return None
    before = month_before(month)
    lines = list(registers.own_month(actor_of(request), before))
    sums = {name: sum(getattr(line, name) or 0 for line in lines) for name in ("amount", "actual_amount")}
    context = {"month": before, "lines": lines, "sums": sums}
    return Panel(_("Last month: plan and actuals"), "cases/sales_history.html", context, wide=True)


def sales_merge(request: HttpRequest, view: CaseView) -> Panel | None:
    """All plans in one table beside last month's, for everybody who does not plan himself."""
    if person_of(request).login in (view.data.get("key_account_managers") or ()):
        return None
    table = table_of(request, view.number)
    if not table["merged"].plans:
        return None
    return Panel(_("All plans beside last month's"), "cases/sales_merge.html", table, wide=True)
