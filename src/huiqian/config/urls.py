"""Every address of the product, by door."""

from django.urls import URLPattern, URLResolver, include, path

from huiqian.api.app import api
from huiqian.api.problems import no_such_address

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("api/<path:rest>", no_such_address),
    path("", include("huiqian.web.urls")),
]

handler400 = "huiqian.web.refusals.bad_request"
handler404 = "huiqian.web.refusals.not_found"
handler500 = "huiqian.web.refusals.server_error"
