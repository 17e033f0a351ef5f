"""Who decides for somebody who is away: named by themselves on their account's page, or by an administrator."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiqian.base.errors import Invalid
from huiqian.org.commands import appoint_deputy, end_deputy
from huiqian.web.account import account_page
from huiqian.web.notes import note
from huiqian.web.people import person_page
from huiqian.web.requests import actor_of, day_from, go, person_of, safe_next


@require_POST
def person_deputies(request: HttpRequest, login: str) -> HttpResponse:
    """Name a deputy from one day to another."""
    typed = request.POST
    try:
        since, until = day_from(typed.get("since", ""), "since"), day_from(typed.get("until", ""), "until")
        made = appoint_deputy(
            actor_of(request), login, typed.get("deputy", ""), since=since, until=until, reason=typed.get("reason", "")
        )
    except Invalid as refusal:
        more: Mapping[str, object] = {"deputy_errors": refusal.errors, "deputy_typed": typed}
        if login == person_of(request).login:
            return account_page(request, 422, **more)
        return person_page(request, login, 422, **more)
    said = {"name": made.deputy.name, "since": since.isoformat(), "until": until.isoformat()}
    note(request, _("%(name)s is the deputy from %(since)s to %(until)s.") % said)
    return go(request, safe_next(request, typed.get("next", ""), reverse("account")))


@require_POST
def deputy_end(request: HttpRequest, deputy: int) -> HttpResponse:
    """End a deputyship before its time."""
    end_deputy(actor_of(request), deputy)
    note(request, _("The deputyship has ended."))
    return go(request, safe_next(request, request.POST.get("next", ""), reverse("account")))
