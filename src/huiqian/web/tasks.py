"""Deciding a task: the dialog, the decision, the draft of what a step fills in, and a push to who keeps it waiting."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiqian.base.errors import Invalid, NotFound
from huiqian.forms.commands import save_draft
from huiqian.forms.rules import Form
from huiqian.org.queries import one_organisation
from huiqian.web.answers import present, raw_of, still_wrong
from huiqian.web.cases import address_of, case_page
from huiqian.web.clashes import case_with_clashes
from huiqian.web.copies import colleagues
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, go
from huiqian.work.commands import decide, take_back_decision, urge_task
from huiqian.work.queries import CaseView, MyTask, case_view, next_task
from huiqian.work.queries.lookups import case_number_of
from huiqian.work.rules import REFUSE, RETURN


def _asked(request: HttpRequest, task: int) -> tuple[CaseView, MyTask]:
    """The case of a task that waits for the reader."""
    behalf = request.GET.get("behalf", "")
    view = case_view(actor_of(request), case_number_of(actor_of(request), task), task, behalf)
    if view.my_task is None or view.my_task.task_id != task or view.my_task.behalf_login != behalf:
        raise NotFound
    return view, view.my_task


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, task: int) -> HttpResponse:
    """GET: the dialog that asks for opinion and target. POST: decide."""
    if request.method != "POST":
        view, mine = _asked(request, task)
        return _dialog(request, view, mine, request.GET.get("outcome", ""), then=request.GET.get("then", "next"))
    # The command reads the organisation afresh; what comes next is told from the same.
    with one_organisation():
        return _decide(request, task)


def _dialog(request: HttpRequest, view: CaseView, mine: MyTask, outcome: str, **more: object) -> HttpResponse:
    chosen = next((one for one in mine.outcomes if one.code == outcome), None)
    if chosen is None:
        raise NotFound
    if outcome != RETURN and asks_something(request, mine):
        return go(request, address_of(view.number, mine.task_id, mine.behalf_login))
    context = {
        "case": view, "task": mine, "outcome": outcome, "name": chosen.name, "colleagues": colleagues(request)
    }  # fmt: skip
    return render(request, "cases/decision_dialog.html", context | more, status=422 if more.get("errors") else 200)


def asks_something(request: HttpRequest, mine: MyTask) -> bool:
    """Whether the step has fields to fill, so that it is decided on the case's page."""
    if mine.form is None:
        return False
    shown = present(request, mine.form, mine.answers, rights=mine.rights, known=mine.answers, variables=mine.variables)
    return bool(shown.to_fill.sections)


def _decide(request: HttpRequest, task: int) -> HttpResponse:
    actor, typed = actor_of(request), request.POST
    outcome, opinion, to = typed.get("outcome", ""), typed.get("opinion", ""), typed.get("to") or None
    round_ = int(typed["round"]) if typed.get("round", "").isdecimal() else None
    copy_to = typed.getlist("copy")
    values = None
    if outcome != RETURN and typed.get("answers"):
        form, rights = _form_of(request, task)
        values = raw_of(request, form, rights) if form else None
    try:
        behalf = request.GET.get("behalf", "")
        decided = decide(
            actor, task, outcome, opinion=opinion, values=values, to=to, round_=round_, behalf=behalf, copy_to=copy_to
        )
    except Invalid as refusal:
        view, mine = _asked(request, task)
        if typed.get("dialog"):
            more = {
                "errors": refusal.errors,
                "opinion": opinion,
                "to": to,
                "then": typed.get("then"),
                "copied": copy_to,
            }
            return _dialog(request, view, mine, outcome, **more)
        # The opinion's box is no field of the form: what is wrong with it is told above.
        refused = " ".join(map(str, refusal.errors.get("opinion", ()))) or str(refusal)
        return case_page(
            request, view, 422, tab="form", typed=values, errors=refusal.errors, refused=refused, opinion=opinion
        )
    note(request, _said(outcome) % {"number": decided.case_number})
    return go(request, _next(request, decided.case_number))


def _form_of(request: HttpRequest, task: int) -> tuple[Form | None, Mapping[str, str]]:
    mine = _asked(request, task)[1]
    return mine.form, mine.rights


def _said(outcome: str) -> str:
    return {
        "approve": _("Approved: %(number)s."),
        REFUSE: _("Refused: %(number)s."),
        RETURN: _("Returned: %(number)s."),
        "submit": _("Submitted: %(number)s."),
    }.get(outcome, _("Done: %(number)s."))


def _next(request: HttpRequest, number: str) -> str:
    """Where the reader goes after deciding: the next task's case, or back to the list they came from."""
    if request.POST.get("then") == "list":
        return reverse("inbox")
    following = next_task(actor_of(request))
    if following is None:
        return address_of(number)
    return address_of(following.case_number, following.task_id, following.behalf_login)


@require_POST
def progress(request: HttpRequest, task: int) -> HttpResponse:
    """While somebody fills in a step: save what is typed, compute what is computed."""
    view, mine = _asked(request, task)
    if mine.form is None:
        raise NotFound
    raw = raw_of(request, mine.form, mine.rights)
    kept = save_draft(actor_of(request), f"task:{task}", raw, title=view.title)
    values = {**mine.answers, **raw}
    rights, known, variables = mine.rights, mine.answers, mine.variables
    wrong = still_wrong(request, mine.form, raw, rights=rights, known=known, variables=variables)
    view_of = present(request, mine.form, values, rights=rights, known=known, variables=variables, errors=wrong)
    view_of = case_with_clashes(request, view, view_of)
    return render(request, "cases/task_progress.html", {"view": view_of.to_fill, "saved_at": kept.saved_at})


@require_POST
def urge(request: HttpRequest, task: int) -> HttpResponse:
    """Push whoever keeps the task waiting."""
    actor = actor_of(request)
    number = case_number_of(actor, task)
    urge_task(actor, task, text=request.POST.get("text", ""))
    note(request, _("They are reminded."))
    return go(request, reverse("case", args=[number]))


@require_POST
def decision_withdrawal(request: HttpRequest, task: int) -> HttpResponse:
    """Take one's own decision back."""
    actor = actor_of(request)
    number = case_number_of(actor, task)
    take_back_decision(actor, task, reason=request.POST.get("reason", ""))
    note(request, _("Your decision is taken back; the task is yours again."), "info")
    return go(request, reverse("case", args=[number]))
