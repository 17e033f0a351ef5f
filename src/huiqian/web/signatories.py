"""Adding signatories to a step (加签) and taking them off again (减签): one dialog."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiqian.base.errors import Invalid, NotFound
from huiqian.web.cases import address_of
from huiqian.web.copies import colleagues
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, go
from huiqian.work.commands import add_signatory, remove_signatory
from huiqian.work.queries import case_view
from huiqian.work.queries.lookups import case_number_of


@require_http_methods(["GET", "HEAD", "POST"])
def task_signatories(request: HttpRequest, task: int) -> HttpResponse:
    """GET: the dialog that asks whom to add, and where. POST: add them."""
    if request.method != "POST":
        return _dialog(request, task)
    typed, behalf = request.POST, request.GET.get("behalf", "")
    try:
        add_signatory(
            actor_of(request), task, typed.get("person", ""), typed.get("place", ""), reason=typed.get("reason", ""),
            behalf=behalf,
        )  # fmt: skip
    except Invalid as refusal:
        return _dialog(request, task, 422, errors=refusal.errors, typed=typed)
    note(request, _("Your colleague is asked to sign this step, too."))
    return go(request, address_of(case_number_of(actor_of(request), task)))


@require_POST
def signatory_removal(request: HttpRequest, task: int) -> HttpResponse:
    """Take somebody off whom one added and who has not decided."""
    typed = request.POST
    try:
        remove_signatory(actor_of(request), task, typed.get("person", ""), reason=typed.get("reason", ""))
    except Invalid as refusal:
        return _dialog(request, task, 422, removal_errors=refusal.errors, removal=typed)
    note(request, _("Your colleague is no longer asked."), "info")
    return go(request, reverse("case", args=[case_number_of(actor_of(request), task)]))


def _dialog(request: HttpRequest, task: int, status: int = 200, **more: object) -> HttpResponse:
    actor, behalf = actor_of(request), request.GET.get("behalf", "")
    view = case_view(actor, case_number_of(actor, task), task, behalf)
    mine = view.my_task if view.my_task and view.my_task.task_id == task else None
    added = [one for one in view.open_shares if one.task_id == task and one.added_by and view.may_take_off == task]
    if mine is None and not added:
        raise NotFound
    words = {"beside": _("beside me: both of us sign"), "before": _("before me"), "after": _("after me")}
    people = [("", _("choose")), *((login, f"{name} · {place}" if place else name)
                                   for login, name, place in colleagues(request))]  # fmt: skip
    context = {
        "task": mine, "task_id": task, "people": people, "added": added,
        "places": [(place, words[place]) for place in (mine.places if mine else ())],
        "removable": [(one.login, one.person) for one in added],
    }  # fmt: skip
    return render(request, "cases/signatories_dialog.html", context | more, status=status)
