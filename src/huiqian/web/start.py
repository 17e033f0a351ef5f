"""Starting a case: the form, the predicted route beside it, and the draft that saves itself."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiqian.base import clock
from huiqian.base.errors import Invalid, NotFound, Text
from huiqian.forms.commands import save_draft
from huiqian.forms.queries import draft as own_draft
from huiqian.forms.rules import title_of, typed
from huiqian.process.queries import startable
from huiqian.web.answers import present, raw_of, still_wrong
from huiqian.web.clashes import with_clashes
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, day_or_none, go
from huiqian.web.timelines import grouped
from huiqian.work.commands import start_case
from huiqian.work.queries import foresee, latest_start
from huiqian.work.queries.lookups import StartPage, start_page


@require_GET
def new_case(request: HttpRequest) -> HttpResponse:
    """The processes that the reader's positions may start."""
    return render(request, "cases/new.html", {"section": "new", "rows": startable(actor_of(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a process's first step; sent, it starts a case."""
    asked = start_page(actor_of(request), code)
    if request.method != "POST":
        values, draft, saved_at = _kept(request, code)
        return _page(request, asked, values, draft=draft, saved_at=saved_at)
    raw, draft = raw_of(request, asked.form, asked.rights), _draft_id(request.POST.get("draft", ""))
    try:
        started = start_case(actor_of(request), code, raw, draft=draft)
    except Invalid as refusal:
        return _page(request, asked, raw, errors=refusal.errors, draft=draft, status=422)
    note(request, _("Submitted. The case has the number %(number)s.") % {"number": started.number})
    return go(request, reverse("case", args=[started.number]))


def _kept(request: HttpRequest, code: str) -> tuple[Mapping[str, object], UUID | None, object]:
    """What the draft named in the address holds; nothing for a fresh start."""
    asked = _draft_id(request.GET.get("draft", ""))
    if asked is None:
        return {}, None, None
    kept = own_draft(actor_of(request), asked)
    if kept.place != f"start:{code}":
        raise NotFound
    return kept.values, kept.pk, kept.saved_at


def _draft_id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _page(
    request: HttpRequest,
    asked: StartPage,
    values: Mapping[str, object],
    *,
    errors: Mapping[str, Sequence[Text]] | None = None,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    view = present(request, asked.form, values, rights=asked.rights, variables=asked.variables, errors=errors)
    context = {
        "section": "new",
        "process": asked,
        "view": with_clashes(request, view, asked.calendar, view.values),
        "errors": errors,
        "outcome": asked.outcome,
    }
    context |= _route(request, asked.code, values)
    return render(request, "cases/start.html", context | more, status=status)


def _route(request: HttpRequest, code: str, values: Mapping[str, object]) -> dict[str, object]:
    """Who will be asked and until when; for a day on which it has to be through, when it has to be handed in."""
    found = foresee(actor_of(request), code, values)
    told: dict[str, object] = {"route": grouped(found.items), "through_at": found.through_at}
    try:
        wanted = day_or_none(request.POST.get("through-by", ""), "through-by")
    except Invalid as wrong:
        return told | {"wanted_wrong": wrong.errors["through-by"]}
    if wanted and found.span is not None:
        latest = latest_start(wanted, found.span)
        told |= {"wanted": wanted, "latest": latest, "too_late": latest is None or latest < clock.now()}
    return told


@require_POST
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """While somebody types: save the draft, compute what is computed, show what is asked now, and the route."""
    actor = actor_of(request)
    asked = start_page(actor, code)
    raw = raw_of(request, asked.form, asked.rights)
    known = _draft_id(request.POST.get("draft", ""))
    wrong = still_wrong(request, asked.form, raw, rights=asked.rights, variables=asked.variables)
    view = present(request, asked.form, raw, rights=asked.rights, variables=asked.variables, errors=wrong)
    title = title_of(asked.title_rule, typed(asked.form, view.values))
    kept = save_draft(actor, f"start:{code}", raw, draft=known, title=title)
    context = {
        "view": with_clashes(request, view, asked.calendar, view.values),
        "draft": kept.pk,
        "saved_at": kept.saved_at,
    } | _route(request, code, raw)
    response = render(request, "cases/progress.html", context)
    # Where somebody typed on meanwhile, the page drops the answer but still learns which draft is its own.
    response.headers["X-Draft"] = str(kept.pk)
    return response
