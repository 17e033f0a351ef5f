"""Marketing events: their log on the case's page, and the register of their templates."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiqian.base.errors import Invalid, Refusal
from huiqian.documents.queries import readable
from huiqian.marketing import queries as registers
from huiqian.marketing.access import event_template_for
from huiqian.marketing.commands import (
    add_event_entry,
    close_event_template,
    reopen_event_template,
    start_events,
)
from huiqian.marketing.rules.cards import tidy
from huiqian.marketing.rules.happenings import EntryCard
from huiqian.process.access import case_for
from huiqian.process.content import content_of
from huiqian.process.models import Version
from huiqian.process.start import version_to_start
from huiqian.web.answers import reading
from huiqian.web.cases import case_page
from huiqian.web.event_panel import FIRST, MOST, photo_field
from huiqian.web.notes import note
from huiqian.web.registers import asked_for, change_state, listed, rights
from huiqian.web.requests import actor_of, go
from huiqian.work.queries import case_view

EVENTS = "SC-007"


@require_http_methods(["GET", "HEAD", "POST"])
def entries(request: HttpRequest, number: str) -> HttpResponse:
    """The entries of an event's log, as they are now; or one more of them."""
    if request.method == "POST":
        return _add(request, number)
    case = case_for(actor_of(request), number)
    most = MOST if request.GET.get("all") else FIRST
    log = registers.event_log_of(actor_of(request), case.pk, most)
    return render(request, "events/entries.html", {"log": log, "case": case, "all": most > FIRST})


def _add(request: HttpRequest, number: str) -> HttpResponse:
    actor, typed = actor_of(request), request.POST
    text = typed.get("text", "").replace("\x00", "").replace("\r\n", "\n").strip()
    photos = tuple(typed.getlist("photos"))
    card = EntryCard(at=typed.get("at", "").strip(), place=tidy(typed.get("place", "")), text=text, photos=photos)
    try:
        key = UUID(typed.get("key", ""))
    except ValueError:
        key = uuid4()
    try:
        add_event_entry(actor, number, card, key)
    except Invalid as refusal:
        view = case_view(actor, number)
        return case_page(
            request, view, 422, entry_typed=card, entry_errors=refusal.errors,
            entry_photos=photo_field(request, card, refusal.errors),
        )  # fmt: skip
    note(request, _("It is in the log."))
    return go(request, reverse("case", args=[number]) + "#event-log")


@require_GET
def event_templates(request: HttpRequest) -> HttpResponse:
    """Event templates, with search and filters."""
    asked, kinds = asked_for(request, "kind"), _kinds()
    found = registers.event_templates(actor_of(request), **{**asked, "state": asked["state"] or "open"})
    context = listed(request, "event-templates", asked, found)
    rows = [(one, kinds.get(one.event_kind, one.event_kind)) for one in context["page"]]
    return render(request, "events/templates.html", {**context, "rows": rows, "kinds": kinds.items()})


def _kinds() -> dict[str, str]:
    """The kinds of events as the process in effect names them: code → name."""
    version = Version.objects.filter(definition__code=EVENTS, status=Version.Status.IN_EFFECT).first()
    field = content_of(version.pk).forms["proposal"].by_name.get("event_kind") if version else None
    return {choice.code: str(choice.label) for choice in field.choices} if field else {}


@require_GET
def event_template(request: HttpRequest, code: str) -> HttpResponse:
    """A template: what it says, which events follow it, and for whoever starts events, how to roll it out."""
    return _page(request, code)


def _page(request: HttpRequest, code: str, status: int = 200, **more: object) -> HttpResponse:
    actor = actor_of(request)
    template = event_template_for(actor, code)
    version = template.document.versions.latest("number")
    shown = {name: value for name, value in template.values.items() if name != "template_files"}
    form = content_of(version.process_version_id).forms[version.form]
    context = {
        "section": "event-templates", "template": template, "view": reading(request, form, shown),
        "kind": _kinds().get(template.event_kind, ""), "events": registers.events_of(actor, template.pk),
        "readable": readable(actor, [template.document.number]), "rights": rights(request),
        "may_start": template.active and _may_start(request), "key": uuid4(), "errors": {}, "cities": "",
    }  # fmt: skip
    return render(request, "events/template.html", context | more, status=status)


def _may_start(request: HttpRequest) -> bool:
    try:
        version_to_start(actor_of(request), EVENTS)
    except Refusal:
        return False
    return True


@require_POST
def event_template_events(request: HttpRequest, code: str) -> HttpResponse:
    """Start events in several cities from a template."""
    cities = request.POST.get("cities", "").replace("\x00", "")
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid4()
    try:
        started = start_events(actor_of(request), code, cities, key)
    except Invalid as refusal:
        return _page(request, code, 422, errors=refusal.errors, cities=cities, key=key)
    count = len(started)
    note(request, ngettext("%(n)d event is started.", "%(n)d events are started.", count) % {"n": count})
    return go(request, reverse("event-template", args=[code]))


@require_POST
def event_template_state(request: HttpRequest, code: str) -> HttpResponse:
    """Retire a template, or let events start from it again."""
    return change_state(
        request, code, close=close_event_template, reopen=reopen_event_template, page="event-template",
        closed=_("It is retired: no event starts from it any more."),
    )  # fmt: skip
