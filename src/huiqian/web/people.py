"""People: the list, one person, and their account."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiqian.base import clock
from huiqian.base.errors import Invalid
from huiqian.org import queries as org
from huiqian.org.access import check_may_administer
from huiqian.org.commands import add_person, change_person, set_password
from huiqian.org.models import Holding
from huiqian.web.deputy_card import deputy_card
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, go


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, with search."""
    search = request.GET.get("search", "")
    page = Paginator(org.people(search), 100).get_page(request.GET.get("page"))
    roster, today = org.roster(), clock.today()
    held = {person.pk: sorted(roster.positions_of(person.pk, today)) for person in page}
    rows = [(person, [roster.positions[code] for code in held[person.pk]]) for person in page]
    context = {"section": "organisation", "rows": rows, "page": page, "search": search}
    return render(request, "organisation/people.html", context)


@require_GET
def person(request: HttpRequest, login: str) -> HttpResponse:
    """One person: what they hold and held, and for administrators their account."""
    return person_page(request, login)


def person_page(request: HttpRequest, login: str, status: int = 200, **values: object) -> HttpResponse:
    """One person's page; `values` bring back what was typed and refused."""
    found = org.person_by_login(login)
    card = deputy_card(found) if actor_of(request).admin else {}
    holdings = Holding.objects.filter(person=found).select_related("position__department").order_by("-since", "-id")
    context = {"section": "organisation", "person": found, "holdings": holdings, "today": clock.today()}
    return render(request, "organisation/person.html", card | context | values, status=status)


@require_http_methods(["GET", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Give somebody an account."""
    check_may_administer(actor_of(request))
    typed, errors = request.POST, {}
    if request.method == "POST":
        try:
            made = add_person(
                actor_of(request), typed.get("login", ""), typed.get("name", ""), email=typed.get("email", ""),
                admin=typed.get("admin") == "1",
            )  # fmt: skip
            note(request, _("The account is made. Set a first password, so that they can sign in."))
            return go(request, reverse("person", args=[made.login]))
        except Invalid as refusal:
            errors = refusal.errors
    context = {"section": "organisation", "typed": typed, "errors": errors}
    return render(request, "organisation/person_form.html", context, status=422 if errors else 200)


@require_POST
def person_change(request: HttpRequest, login: str) -> HttpResponse:
    """Change a name, an e-mail address or rights, or close an account."""
    typed = request.POST
    try:
        change_person(
            actor_of(request), login, name=typed.get("name", ""), email=typed.get("email", ""),
            admin=typed.get("admin") == "1", active=typed.get("active") == "1",
        )  # fmt: skip
    except Invalid as refusal:
        return person_page(request, login, 422, errors=refusal.errors, typed=typed)
    note(request, _("The account is changed."))
    return go(request, reverse("person", args=[login]))


@sensitive_post_parameters()
@require_POST
def person_password(request: HttpRequest, login: str) -> HttpResponse:
    """An administrator sets somebody's password."""
    check_may_administer(actor_of(request))
    try:
        set_password(actor_of(request), login, request.POST.get("password", ""))
    except Invalid as refusal:
        return person_page(request, login, 422, password_errors=refusal.errors)
    note(request, _("The password is set. Tell it to them in person and let them change it."))
    return go(request, reverse("person", args=[login]))
