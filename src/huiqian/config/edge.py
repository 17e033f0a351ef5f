"""What stands before everything else in a request: the health check, and the proxy in front."""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

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
