"""What leaves the product: administrators see whether e-mail is set up, and what could not be sent."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiqian.notify.commands import send_again
from huiqian.notify.mails import why_no_mail
from huiqian.notify.queries import failing_mails
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, go


@require_GET
def outward(request: HttpRequest) -> HttpResponse:
    """E-mail: from which address it goes out, and what did not."""
    mails = list(failing_mails(actor_of(request)))
    context = {
        "section": "outward",
        "mails": mails,
        "why_no_mail": why_no_mail(),
        "sender": settings.DEFAULT_FROM_EMAIL,
    }
    return render(request, "outward/page.html", context)


@require_POST
def mail_attempts(request: HttpRequest, mail: int) -> HttpResponse:
    """Send an e-mail again that failed."""
    send_again(actor_of(request), mail)
    note(request, _("It is sent again in a moment."))
    return go(request, reverse("outward"))
