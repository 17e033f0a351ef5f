"""Handing an open task to somebody else: one's own (转办), or a former holder's as an administrator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiqian.base.errors import Invalid
from huiqian.org import queries as org
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, go, person_of, safe_next
from huiqian.work.commands import hand_over_task


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest, assignment: int) -> HttpResponse:
    """GET: the dialog that asks to whom. POST: hand over."""
    if request.method != "POST":
        back = request.headers.get("HX-Current-URL", "")
        return _dialog(request, assignment, next="/" + back.split("/", 3)[3] if back.count("/") >= 3 else "")
    typed = request.POST
    try:
        hand_over_task(actor_of(request), assignment, typed.get("to", ""), reason=typed.get("reason", ""))
    except Invalid as refusal:
        if not typed.get("dialog"):
            raise
        more = {"errors": refusal.errors, "to": typed.get("to", ""), "reason": typed.get("reason", "")}
        return _dialog(request, assignment, 422, next=typed.get("next", ""), **more)
    note(request, _("The task is handed over; both names stay on the record."))
    return go(request, safe_next(request, typed.get("next", ""), reverse("inbox")))


def _dialog(request: HttpRequest, assignment: int, status: int = 200, **more: object) -> HttpResponse:
    roster = org.roster()
    people = [("", _("choose"))] + [
        (person.login, person.name)
        for person in sorted(roster.people.values(), key=lambda one: one.login)
        if person.active and (person.id != person_of(request).pk or person_of(request).is_admin)
    ]
    context = {"assignment": assignment, "people": people}
    return render(request, "cases/handover_dialog.html", context | more, status=status)
