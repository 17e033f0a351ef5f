"""Signing in and out, and the language switch."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huiqian.base.errors import NotFound
from huiqian.org import queries as org
from huiqian.org.commands import set_language
from huiqian.org.models import Person
from huiqian.web.middleware import open_to_all
from huiqian.web.requests import actor_of, safe_next


@open_to_all
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; in a demo it lists everybody."""
    back = request.POST.get("next", request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(safe_next(request, back, reverse("inbox")))
    name = request.POST.get("login", "").strip()
    failed = ""
    if request.method == "POST":
        person = authenticate(request, username=name, password=request.POST.get("password", ""))
        if person is not None:
            login(request, person)
            return redirect(safe_next(request, back, reverse("inbox")))
        failed = _("This login and password do not go together. Check both; capital letters count in the password.")
    logins = org.demo_logins() if settings.DEMO else ()
    values = {"next": back, "login": name, "failed": failed, "logins": logins}
    return render(request, "sign_in/page.html", values, status=422 if failed else 200)


@open_to_all
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """One click in a demo signs in; outside a demo this address does not exist."""
    if not settings.DEMO:
        raise NotFound
    person = Person.objects.filter(login=request.POST.get("login", ""), is_active=True).first()
    if person is None:
        raise NotFound
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(safe_next(request, request.POST.get("next", ""), reverse("inbox")))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("sign-in")


@open_to_all
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch between Chinese and English: kept with the person, before the sign-in in a cookie."""
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(safe_next(request, request.POST.get("next", ""), "/"), status=303)
    if request.user.is_authenticated:
        set_language(actor_of(request), chosen)
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 24 * 3600, httponly=True, samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )  # fmt: skip
    return response
