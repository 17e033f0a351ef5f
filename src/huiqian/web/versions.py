"""Versions of a process: a new draft, what it says otherwise, its joint review with everybody's opinion."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiqian.base.errors import Forbidden, Invalid
from huiqian.documents.rules import download_headers
from huiqian.process.access import version_for
from huiqian.process.commands import (
    agree_to_version,
    discard_version,
    refuse_version,
    submit_version,
    upload_version,
    withdraw_version,
)
from huiqian.process.models import Version
from huiqian.process.replay import replay
from huiqian.process.reviews import VersionList, version_view, versions
from huiqian.process.sources import MOST_BYTES, source_of, zip_of
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, day_or_none, go


@require_http_methods(["GET", "HEAD", "POST"])
def new_version(request: HttpRequest, code: str) -> HttpResponse:
    """Bring a changed diagram or folder as a draft; what is wrong with it is told all at once, and nothing is kept."""
    listed = versions(actor_of(request), code)
    if not listed.may_prepare:
        raise Forbidden(
            _("New versions of this process are prepared by administrators and by the head of its department.")
        )
    replaces = _number(request.POST.get("replaces") or request.GET.get("replaces"))
    if request.method != "POST":
        return _upload_page(request, listed, replaces)
    said, sent = request.POST.get("note", ""), request.FILES.get("file")
    try:
        if sent is not None and (sent.size or 0) > MOST_BYTES:
            raise Invalid({"file": [_("The file is larger than 10 MB.")]})
        body = sent.read() if sent is not None else b""
        saved = upload_version(
            actor_of(request), code, file=(sent.name or "") if sent else "", body=body, note=said, replaces=replaces
        )
    except Invalid as refusal:
        return _upload_page(request, listed, replaces, said, refusal.errors)
    note(
        request,
        _("Version %(number)d is saved as a draft. Look at what changed, then submit it.") % {"number": saved.number},
    )
    return go(request, reverse("version", args=[code, saved.number]))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 6 else None


def _upload_page(
    request: HttpRequest,
    listed: VersionList,
    replaces: int | None,
    said: str = "",
    errors: Mapping[str, object] | None = None,
) -> HttpResponse:
    # As upload_version() puts it: on the draft that is replaced, else on what is in effect, else on the newest.
    effective = next((one.number for one in listed.lines if one.status == "in_effect"), listed.lines[0].number)
    context = {
        "section": "processes", "list": listed, "replaces": replaces, "base": replaces or effective, "note": said,
        "errors": errors or {},
    }  # fmt: skip
    return render(request, "versions/new.html", context, status=422 if errors else 200)


@require_GET
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version: its drawing, what it says otherwise, who has said what of it."""
    return _page(request, code, number)


def _page(request: HttpRequest, code: str, number: int, status: int = 200, **more: object) -> HttpResponse:
    view = version_view(actor_of(request), code, number)
    typed: Mapping[str, str] = request.POST
    context = {
        "section": "processes", "version": view, "bar": bool(view.mine), "typed": typed,
        # What was said when the draft was brought is where the submission begins.
        "typed_note": typed.get("note", view.line.note),
    }  # fmt: skip
    return render(request, "versions/page.html", context | more, status=status)


@require_GET
def version_bpmn(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The diagram as a file, to be changed with any BPMN editor."""
    found = version_for(actor_of(request), code, number)
    body = found.bpmn.encode()
    return HttpResponse(body, headers=download_headers(f"{code}-v{number}.bpmn", "application/xml", len(body)))


@require_GET
def version_folder(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The whole process as a folder: diagram, forms, print templates."""
    body = zip_of(source_of(version_for(actor_of(request), code, number)))
    return HttpResponse(body, headers=download_headers(f"{code}-v{number}.zip", "application/zip", len(body)))


@require_GET
def version_replay(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The last months' cases, walked again by a version that is not in effect yet: a part of its page."""
    return render(request, "versions/replay.html", {"replay": replay(actor_of(request), code, number)})


@require_POST
def version_submission(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Submit a draft for the joint review."""
    typed = request.POST

    def submit() -> None:
        day = day_or_none(typed.get("effective_on", ""), "effective_on")
        submit_version(actor_of(request), code, number, note=typed.get("note", ""), effective_on=day)

    return _did(request, code, number, "submission", submit, _("The reviewers are asked for their opinions."))


@require_POST
def version_opinion(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Agree or refuse."""
    opinion, agrees = request.POST.get("opinion", ""), request.POST.get("outcome") == "agree"

    def speak() -> Version:
        verb = agree_to_version if agrees else refuse_version
        return verb(actor_of(request), code, number, opinion)

    done = _("You have agreed.") if agrees else _("You have refused; whoever submitted it is told.")
    return _did(request, code, number, "agreement" if agrees else "refusal", speak, done)


@require_POST
def version_withdrawal(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take it back from its review."""
    reason = request.POST.get("reason", "")
    done = _("The version is withdrawn; it is a draft again.")
    return _did(
        request, code, number, "withdrawal", lambda: withdraw_version(actor_of(request), code, number, reason), done
    )


@require_POST
def version_discard(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Put a draft aside."""
    return _did(
        request, code, number, "discard", lambda: discard_version(actor_of(request), code, number),
        _("The draft is discarded."),
    )  # fmt: skip


def _did(
    request: HttpRequest, code: str, number: int, dialog: str, does: Callable[[], object], done: str
) -> HttpResponse:
    """Do something that a dialog asked; where something is missing the dialog stands there again and says so."""
    try:
        does()
    except Invalid as refusal:
        return _page(request, code, number, 422, asked=dialog, wrong=refusal.errors)
    note(request, done, "info")
    return go(request, reverse("version", args=[code, number]))
