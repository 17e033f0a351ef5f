"""What every page shares: the reader's language, the sign-in, refusals told as pages, and a strict content policy."""

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation

from huiqian.base.errors import Refusal
from huiqian.org.models import Person
from huiqian.org.queries import one_organisation
from huiqian.web.refusals import refusal_page
from huiqian.web.requests import is_fragment

Answer = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


def _for_people(request: HttpRequest) -> bool:
    return not request.path.startswith(("/api/", settings.STATIC_URL))


class ContentSecurityPolicy:
    """Only our own files run: no inline script or style, no other host. A view may set a stricter policy itself."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the policy to the answer."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


class OneOrganisation:
    """A page is made of one organisation: everything on it sees the same people and positions, asked once."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look once where somebody only looks; who changes something sees each change."""
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with one_organisation():
            return self.get_response(request)


class PersonLanguage:
    """Chinese first; English for who chose it: kept with the person, before the sign-in in a cookie."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the reader's language."""
        if not _for_people(request):
            # Whatever language a program asked for is forgotten with its answer.
            with translation.override(translation.get_language()):
                return self.get_response(request)
        with translation.override(_language_of(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
            return response


def _language_of(request: HttpRequest) -> str:
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    chosen = request.user.language if isinstance(request.user, Person) else cookie
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class SignInRequired:
    """Every page asks for a sign-in but those marked `open_to_all`; programs bring their token to /api/."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hand the request on; process_view looks at which page it is for."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Send who is not signed in to the sign-in, and back afterwards."""
        if request.user.is_authenticated or getattr(view, "open_to_all", False) or not _for_people(request):
            return None
        back = "" if request.method != "GET" or request.path == "/" else f"?next={quote(request.get_full_path())}"
        address = reverse("sign-in") + back
        if is_fragment(request):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("sign-in")})
        return HttpResponseRedirect(address)


class RefusalPages:
    """The one place that turns a refusal into a page, or into a banner where htmx asks."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hand the request on; process_exception sees what it refuses."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        """A refusal's page; anything else is a bug and goes up."""
        if isinstance(refusal, Refusal) and _for_people(request):
            return refusal_page(request, refusal)
        return None


def open_to_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view that needs no sign-in."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view
