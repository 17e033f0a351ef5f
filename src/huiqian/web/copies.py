"""Copying colleagues on a case (抄送), and what one was copied on."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from huiqian.base import clock
from huiqian.base.errors import Invalid
from huiqian.org import queries as org
from huiqian.process.access import case_for
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, go, person_of
from huiqian.work.commands import copy_case, read_copies


def colleagues(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Everybody else with an account: login, name and main position, by the roster's order of positions."""
    snapshot, today, me = org.roster(), clock.today(), person_of(request).pk
    found = []
    for person in snapshot.people.values():
        if person.active and person.id != me:
            position = snapshot.main_position(person.id, today)
            found.append((person.login, person.name, position.name if position else ""))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def case_copies(request: HttpRequest, number: str) -> HttpResponse:
    """GET: the dialog that asks whom to copy. POST: copy them."""
    if request.method != "POST":
        return _dialog(request, case_for(actor_of(request), number).number)
    chosen, text = request.POST.getlist("copy"), request.POST.get("text", "")
    try:
        sent = copy_case(actor_of(request), number, chosen, text=text)
    except Invalid as refusal:
        return _dialog(request, number, chosen, text, refusal.errors, 422)
    said = ngettext("%(n)d colleague is copied on the case.", "%(n)d colleagues are copied on the case.", sent)
    note(request, said % {"n": sent})
    return go(request, reverse("case", args=[number]))


def _dialog(
    request: HttpRequest, number: str, chosen: Sequence[str] = (), text: str = "", errors: object = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "number": number, "colleagues": colleagues(request), "copied": chosen, "text": text, "errors": errors,
    }  # fmt: skip
    return render(request, "cases/copy_dialog.html", context, status=status)


@require_POST
def copies_read(request: HttpRequest) -> HttpResponse:
    """All that one was copied on is read."""
    read_copies(actor_of(request))
    return go(request, reverse("inbox") + "?tab=copied")
