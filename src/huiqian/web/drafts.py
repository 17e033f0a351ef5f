"""Drafts: what was begun and not handed in yet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiqian.forms import queries as forms
from huiqian.forms.commands import discard_draft
from huiqian.process.queries import processes
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, go


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft as the list shows it."""

    id: UUID
    title: str
    process: str
    address: str
    saved_at: datetime


@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    """One's own drafts, last saved first."""
    names = {row.code: f"{row.code} {row.name}" for row in processes(actor_of(request))}
    lines = []
    for draft in forms.drafts(actor_of(request)):
        code = draft.place.removeprefix("start:")
        address = f"{reverse('start', args=[code])}?draft={draft.pk}"
        lines.append(DraftLine(draft.pk, draft.title, names.get(code, code), address, draft.saved_at))
    return render(request, "drafts/page.html", {"section": "drafts", "drafts": lines})


@require_POST
def discard(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Throw a draft away."""
    discard_draft(actor_of(request), draft)
    note(request, _("The draft is thrown away."), "info")
    return go(request, reverse("drafts"))
