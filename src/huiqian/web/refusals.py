"""Pages that say why something was not done, and what to do next."""

import sys
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from huiqian.base.errors import Refusal
from huiqian.web.requests import is_fragment


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What a page of refusal shows: HTTP's status, a title, a sentence, an icon and its tone."""

    status: int
    title: str
    text: str
    icon: str = "alert-triangle"
    code: str = ""
    reload: bool = False


def _title_of(status: int) -> str:
    return {
        400: _("The request could not be read"),
        403: _("Not yours to do"),
        404: _("Not found"),
        409: _("Something has changed"),
        413: _("Too large"),
        422: _("Something needs to be corrected"),
        429: _("Too many attempts"),
    }.get(status, _("This cannot be done"))


# Whatever part of the page htmx asked for: a refusal goes to the top of the open page.
TO_THE_TOP = {"HX-Retarget": "#refused", "HX-Reswap": "innerHTML", "HX-Reselect": ".banner"}
_ICONS = {403: "lock", 404: "file-search", 409: "refresh", 429: "clock"}


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page for a refusal; to htmx a banner at the top of the open page."""
    text = " ".join(_sentences(refusal))
    page = ErrorPage(
        refusal.status,
        _title_of(refusal.status),
        text,
        _ICONS.get(refusal.status, "alert-triangle"),
        refusal.code,
        reload=refusal.status == 409 and request.method == "GET",
    )
    return error_response(request, page)


def _sentences(refusal: Refusal) -> list[str]:
    errors: dict[str, list[object]] = getattr(refusal, "errors", {})
    own = [str(sentence) for sentences in errors.values() for sentence in sentences]
    return own or [str(refusal)]


def error_response(request: HttpRequest, page: ErrorPage) -> HttpResponse:
    """Render an error page with its status."""
    if is_fragment(request):
        html = render_to_string("parts/refused.html", {"page": page}, request)
        return HttpResponse(html, status=page.status, headers=TO_THE_TOP)
    return render(request, "pages/error.html", {"page": page}, status=page.status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such address."""
    text = _("There is no page at this address. Check it, or start from the task centre.")
    return error_response(request, ErrorPage(404, _title_of(404), text, "file-search", "not-found"))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that no page of ours sends."""
    text = _("The browser sent something that could not be read. Go back, reload the page and try again.")
    return error_response(request, ErrorPage(400, _title_of(400), text, code="bad-request"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or cookies are switched off."""
    text = _("The page was open for too long or cookies are switched off. Go back, reload the page and send it again.")
    return error_response(request, ErrorPage(403, _title_of(403), text, "lock", "csrf"))


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """Too many wrong passwords."""
    text = _("Too many wrong passwords. Wait some minutes and try again, or ask an administrator for a new password.")
    return error_response(request, ErrorPage(429, _title_of(429), text, "clock", "locked-out"))


def server_error(request: HttpRequest) -> HttpResponse:
    """A bug, or a database that is away for a moment: a page that needs neither it nor a template's context.

    Django calls this while it handles the exception, which is how the two are told apart.
    """
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "10"})
    return HttpResponse(render_to_string("500.html"), status=500)
