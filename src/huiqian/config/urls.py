"""Every address of the product, by door."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huiqian.web.urls")),
]

handler400 = "huiqian.web.refusals.bad_request"
handler404 = "huiqian.web.refusals.not_found"
handler500 = "huiqian.web.refusals.server_error"
