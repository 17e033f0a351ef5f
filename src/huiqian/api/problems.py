"""Errors as RFC 9457 problem+json: a stable `code` for programs, a sentence that says what to do for people."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from huiqian.base.errors import Invalid, Refusal

TITLES = {
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    409: "Conflict", 413: "Content Too Large", 422: "Unprocessable Content",
    429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable",
}  # fmt: skip


def problem(status: int, code: str, detail: str, **more: Any) -> HttpResponse:
    """An answer of type application/problem+json."""
    body = {
        "type": f"urn:huiqian:problem:{code}", "title": TITLES.get(status, "Error"), "status": status, "code": code,
        "detail": detail, **more,
    }  # fmt: skip
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json")
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def problem_of(refusal: Refusal) -> HttpResponse:
    """A refusal as a problem; what is wrong with each field stands under `errors`, by its path."""
    if isinstance(refusal, Invalid):
        errors = {path: [str(text) for text in texts] for path, texts in refusal.errors.items()}
        detail = _("Some values have to be changed. See errors, by the path of each value.")
        return problem(refusal.status, refusal.code, detail, errors=errors)
    return problem(refusal.status, refusal.code, str(refusal.text))


@csrf_exempt
def no_such_address(request: HttpRequest, rest: str = "") -> HttpResponse:
    """What an address below /api/ that does not exist answers."""
    return problem(404, "not-found", _("There is no such address. See /api/v1/openapi.json."))


def problem_instead(answer: HttpResponseBase) -> HttpResponse:
    """The problem that says what a page or a plain word from outside this door would have said."""
    if answer.status_code == 405:
        found = problem(405, "method-not-allowed", _("This address takes other methods. See openapi.json."))
        found["Allow"] = ", ".join(sorted(answer.get("Allow", "").split(", ")))
        return found
    if answer.status_code == 400:
        return malformed()
    if answer.status_code == 503:
        found = problem(503, "database-away", _("The database does not answer for the moment; send it again soon."))
        found["Retry-After"] = answer.get("Retry-After", "10")
        return found
    if answer.status_code >= 500:
        return problem(
            500, "broken", _("Something broke here; nothing was changed. Try again, or tell an administrator.")
        )
    return problem(answer.status_code, "refused", answer.reason_phrase)


def malformed() -> HttpResponse:
    """What a request that cannot be read is answered."""
    return problem(400, "malformed", _("The request could not be read. Send JSON as openapi.json says."))


def answer_problems(api: NinjaAPI) -> None:
    """Let every error of this API be a problem."""

    @api.exception_handler(Refusal)
    def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
        return problem_of(error)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        detail = _('Send a token in force as "Authorization: Bearer …". Make one on your own page.')
        return problem(401, "not-signed-in", detail)

    @api.exception_handler(ValidationError)
    def misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors: dict[str, list[str]] = {}
        for one in error.errors:
            path = ".".join(str(part) for part in one["loc"][1:] if part != "body")
            said = _("This is missing. Send it.") if one["type"] == "missing" else str(one["msg"])
            errors.setdefault(path, []).append(said)
        detail = _("The request does not have the form that openapi.json says. See errors.")
        return problem(422, "malformed", detail, errors=errors)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return no_such_address(request)

    @api.exception_handler(HttpError)
    def declined(request: HttpRequest, error: HttpError) -> HttpResponse:
        if error.status_code == 400:
            return malformed()
        return problem(error.status_code, "refused", str(error))
