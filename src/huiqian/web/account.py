"""One's own account: language, keys, password and tokens for programs."""

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import Invalid
from huiqian.notify.commands import choose_ways
from huiqian.notify.mails import why_no_mail
from huiqian.notify.queries import ways_of
from huiqian.notify.rules import AT_ONCE, BELL, DIGEST, KINDS
from huiqian.notify.words import kind_names
from huiqian.org import queries as org
from huiqian.org.commands import make_token, revoke_token, set_password, set_single_keys
from huiqian.org.models import Person
from huiqian.web.deputy_card import deputy_card
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, go, person_of


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """One's own page."""
    return account_page(request)


def account_page(request: HttpRequest, status: int = 200, **values: object) -> HttpResponse:
    """The page; `values` bring back what was typed and refused."""
    person = person_of(request)
    context = {
        "section": "account",
        # Where the page is read, also when it answers what was sent to another address.
        "here": reverse("account"),
        "positions": [org.roster().positions[code] for code in sorted(org.positions_of(person.pk))],
        "tokens": [token for token in org.tokens(actor_of(request)) if token.revoked_at is None],
        "now": clock.now(),
        "why_no_mail": why_no_mail(),
        "ways": _ways(actor_of(request)),
        "way_choices": [(BELL, _("in the product only")), (AT_ONCE, _("e-mail at once")), (DIGEST, _("daily digest"))],
    }
    return render(request, "account/page.html", deputy_card(person) | context | values, status=status)


def _ways(actor: Actor) -> list[tuple[str, str, str]]:
    """The kinds of notices with their names and how one hears of them."""
    names = kind_names()
    return [(kind, names[kind], way) for kind, way in ways_of(actor).items()]


@require_POST
def ways(request: HttpRequest) -> HttpResponse:
    """Choose how one hears of things."""
    choose_ways(actor_of(request), {kind: request.POST[kind] for kind in KINDS if kind in request.POST})
    note(request, _("Your choice is saved."))
    return go(request, reverse("account") + "#ways")


@sensitive_post_parameters()
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Set one's own password; the other sessions end, this one stays."""
    person = person_of(request)
    new, again = request.POST.get("password", ""), request.POST.get("again", "")
    try:
        if new != again:
            raise Invalid({"again": [_("The two entries differ. Type the new password twice.")]})
        set_password(actor_of(request), person.login, new, current=request.POST.get("current", ""))
    except Invalid as refusal:
        return account_page(request, 422, password_errors=refusal.errors)
    update_session_auth_hash(request, Person.objects.get(pk=person.pk))
    note(request, _("The new password is set."))
    return go(request, reverse("account"))


@require_POST
def single_keys(request: HttpRequest) -> HttpResponse:
    """Switch single-letter keys on or off."""
    set_single_keys(actor_of(request), request.POST.get("on") == "1")
    return go(request, reverse("account"))


@require_POST
def tokens(request: HttpRequest) -> HttpResponse:
    """Make a token; its text is shown this once."""
    days = request.POST.get("days", "90")
    try:
        made, plain = make_token(
            actor_of(request), request.POST.get("name", ""), days=int(days) if days.isdecimal() else None
        )
    except Invalid as refusal:
        return account_page(request, 422, token_errors=refusal.errors, token_name=request.POST.get("name", ""))
    return account_page(request, made=made, plain=plain)


@require_POST
def token_revocation(request: HttpRequest, token: int) -> HttpResponse:
    """Take a token out of force."""
    revoke_token(actor_of(request), token)
    note(request, _("The token no longer works."))
    return go(request, reverse("account"))
