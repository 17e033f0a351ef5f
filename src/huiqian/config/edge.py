"""What stands before everything else in a request: the health check, and the proxy in front."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from huiqian.api.problems import malformed, problem_instead

Answer = Callable[[HttpRequest], HttpResponseBase]


class Health:
    """GET /health: 200 while the database answers, else 503; for supervisors and balancers, under any host name."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the health check, hand everything else on."""
        if request.path != "/health":
            return self.get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("select 1")
        except DatabaseError:
            return HttpResponse("no database\n", status=503, content_type="text/plain")
        finally:
            connection.close()
        return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


class Proxy:
    """Behind a proxy (HUIQIAN_BEHIND_PROXY=1) the visitor's address is the last one the proxy wrote down."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Put the visitor's address where everybody looks for it."""
        if settings.BEHIND_PROXY:
            # Only the last one: what stands before it was sent by the visitor and may be made up.
            addresses = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
            if last := addresses[-1].strip():
                request.META["REMOTE_ADDR"] = last
        return self.get_response(request)


class NoNul:
    """U+0000 is no text that PostgreSQL can keep: a request that carries it is refused before anybody reads it.

    Files may hold any byte; their names lose it where they are cleaned.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse it, as a problem to programs and as a page to people; hand everything else on."""
        if not _holds_nul(request):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return malformed()
        raise SuspiciousOperation("NUL in a request")


class ApiProblems:
    """Whatever goes wrong below /api/ is told as a problem: wrong methods, unknown hosts and our own faults too."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Put a problem in the place of a page that says what went wrong."""
        answer = self.get_response(request)
        if answer.status_code < 400 or not request.path.startswith("/api/"):
            return answer
        if answer.get("Content-Type", "").startswith("application/problem+json"):
            return answer
        return problem_instead(answer)


def _holds_nul(request: HttpRequest) -> bool:
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return True
    kind = request.content_type or ""
    if kind == "application/x-www-form-urlencoded":
        return b"%00" in request.body or b"\0" in request.body
    return kind == "application/json" and (b"\\u0000" in request.body or b"\0" in request.body)
