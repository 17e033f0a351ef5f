"""The page of a case, and what may be said and done about it beside deciding."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from huiqian.base.actors import Actor
from huiqian.base.errors import Invalid
from huiqian.forms.queries import draft_for
from huiqian.forms.rules import FormView
from huiqian.process.access import case_for
from huiqian.process.commands import resume_case, suspend_case
from huiqian.web.answers import present, reading
from huiqian.web.changes import changes_since
from huiqian.web.clashes import case_with_clashes
from huiqian.web.notes import note
from huiqian.web.panels import panels_of
from huiqian.web.requests import actor_of, go
from huiqian.web.timelines import crowds, grouped, last_said
from huiqian.work.commands import comment_on_case, read_copies, urge_members, withdraw_case
from huiqian.work.queries import CaseView, case_view, inbox
from huiqian.work.queries.board import board as board_of_case

# A table of so many columns to fill in takes the whole width of the page; progress then stands below.
WIDE = 7
TABS = ("form", "board", "diagram", "documents", "discussion")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the task stands among the reader's open tasks, and its neighbours' addresses."""

    here: int
    all: int
    before: str
    after: str


@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    """A case as its reader sees it."""
    asked, behalf = request.GET.get("task", ""), request.GET.get("behalf", "")
    actor = actor_of(request)
    task = int(asked) if asked.isdecimal() else None
    view = case_view(actor, number, task, behalf)
    if any(copy.person.id == actor.id and copy.read_at is None for copy in view.copies):
        read_copies(actor, number)
        view = case_view(actor, number, task, behalf)
    return case_page(request, view)


def address_of(number: str, task: int | None = None, behalf: str = "") -> str:
    """A case's page; at one of the reader's tasks where there may be several, and for whom they decide it."""
    asked = {"task": task or "", "behalf": behalf}
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("case", args=[number]) + (f"?{query}" if query else "")


def case_page(request: HttpRequest, view: CaseView, status: int = 200, **more: object) -> HttpResponse:
    """Render a case; `more` brings typed values and errors back after a refusal."""
    tab = str(more.pop("tab", request.GET.get("tab", "form")))
    task = view.my_task
    others = [share for share in view.open_shares if task is None or share.task_id != task.task_id]
    main = next((one.code for one in task.outcomes if one.code != "return"), "") if task else ""
    offered = bool(task or others or view.may_withdraw or view.may_suspend or view.may_copy)
    offered = offered or bool(view.may_take_back or view.may_take_off)
    context: dict[str, object] = {
        "section": "inbox",
        "case": view,
        "tab": tab if tab in TABS else "form",
        "timeline": grouped(view.timeline),
        "now": crowds(view.open_shares),
        "last": last_said(view.timeline),
        "progress_text": _("%(done)d of %(all)d steps done") % {"done": view.steps_done, "all": view.steps_total},
        "others": others,
        "main": main,
        "bar": offered,
        "more": offered,
        "place": _place(request, view) if task else None,
    }
    if context["tab"] == "board" and view.board:
        context["board"] = board_of_case(actor_of(request), view.number)
    if context["tab"] == "form":
        panels = panels_of(request, view)
        context |= {"panels": panels, "wide_panels": any(panel.wide for panel in panels)}
        context["changes"] = changes_since(request, view)
        context |= _forms(request, view, more.pop("typed", None), more.get("errors"))
    return render(request, "cases/page.html", context | more, status=status)


@require_GET
def board(request: HttpRequest, number: str) -> HttpResponse:
    """Who has handed in, as it is now: what the case's page asks for again and again."""
    actor = actor_of(request)
    return render(request, "cases/board.html", {"case": case_for(actor, number), "board": board_of_case(actor, number)})


def _forms(request: HttpRequest, view: CaseView, typed: object, errors: object) -> dict[str, object]:
    """The fields to fill at this step, and everything answered so far to read."""
    task = view.my_task
    found: dict[str, object] = {}
    filling = task.form if task else None
    whole: FormView | None = None
    if task and filling is not None:
        kept = None if typed is not None else draft_for(actor_of(request), f"task:{task.task_id}")
        begun: Mapping[str, object] = {**task.answers, **(kept.values if kept else {})}
        values = typed if isinstance(typed, Mapping) else begun
        wrong = errors if isinstance(errors, Mapping) else None
        whole = present(
            request, filling, values, rights=task.rights, known=task.answers, variables=task.variables, errors=wrong
        )
        whole = case_with_clashes(request, view, whole)
        shown = whole.to_fill
        found = {"to_fill": shown if shown.sections else None, "saved_at": kept.saved_at if kept else None}
    forms = list(view.forms)
    if task and filling is not None and filling not in forms:
        forms.append(filling)
    views = [
        whole.read_only if whole and form == filling else reading(request, form, view.data, variables=view.variables)
        for form in forms
    ]
    if task:
        views += [reading(request, form, task.answers, variables=task.variables) for form in task.member_forms]
    found["views"] = [one for one in views if one.sections]
    found["wide"] = any(field.table and len(field.table.columns) >= WIDE for field in (whole.to_fill if whole else ()))
    return found


def _place(request: HttpRequest, view: CaseView) -> Place | None:
    rows = inbox(actor_of(request)).rows
    mine = (view.my_task.task_id, view.my_task.behalf_login) if view.my_task else None
    here = next((n for n, row in enumerate(rows) if (row.task_id, row.behalf_login) == mine), None)
    if here is None or len(rows) < 2:
        return None
    around = [
        address_of(row.case_number, row.task_id if row.member or row.behalf else None, row.behalf_login) for row in rows
    ]
    return Place(here + 1, len(rows), around[here - 1] if here else "", (*around, "")[here + 1])


@require_POST
def withdrawal(request: HttpRequest, number: str) -> HttpResponse:
    """The starter takes the case back."""
    return _with_reason(request, number, "withdrawal", withdraw_case, _("The case is withdrawn."))


@require_POST
def suspension(request: HttpRequest, number: str) -> HttpResponse:
    """An administrator lets the case stand still."""
    return _with_reason(request, number, "suspension", suspend_case, _("The case is suspended."))


def _with_reason(
    request: HttpRequest, number: str, dialog: str, does: Callable[[Actor, str, str], None], done: str
) -> HttpResponse:
    """Do something that needs a reason; without one the dialog stands there again and says so."""
    actor, reason = actor_of(request), request.POST.get("reason", "")
    try:
        does(actor, number, reason)
    except Invalid as refusal:
        return case_page(request, case_view(actor, number), 422, asked=dialog, wrong=refusal.errors, reason=reason)
    note(request, done, "info")
    return go(request, reverse("case", args=[number]))


@require_POST
def resumption(request: HttpRequest, number: str) -> HttpResponse:
    """An administrator lets the case go on."""
    resume_case(actor_of(request), number)
    note(request, _("The case goes on."))
    return go(request, reverse("case", args=[number]))


@require_POST
def urges(request: HttpRequest, number: str) -> HttpResponse:
    """Push everybody who has not handed in yet."""
    n = urge_members(actor_of(request), number)
    said = ngettext("%(n)d person is reminded.", "%(n)d people are reminded.", n) % {"n": n}
    note(request, said if n else _("Everybody was reminded within the last hour."), "ok" if n else "info")
    return go(request, reverse("case", args=[number]) + "?tab=board")


@require_POST
def comments(request: HttpRequest, number: str) -> HttpResponse:
    """Say something about the case."""
    text = request.POST.get("text", "")
    try:
        comment_on_case(actor_of(request), number, text)
    except Invalid as refusal:
        view = case_view(actor_of(request), number)
        return case_page(request, view, 422, tab="discussion", errors=refusal.errors, text=text)
    return go(request, reverse("case", args=[number]) + "?tab=discussion")
