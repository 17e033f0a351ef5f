"""What the pages of an event's case show beside its forms: its log, to read and to write."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from django.http import HttpRequest
from django.utils.translation import gettext as _

from huiqian.base import clock
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Text
from huiqian.documents.queries import file_faces
from huiqian.forms.rules import FieldFace
from huiqian.marketing.commands.happenings import may_write
from huiqian.marketing.queries import event_log_of
from huiqian.marketing.rules.happenings import MOST_ENTRIES, MOST_PHOTOS, EntryCard
from huiqian.web.panel import Panel
from huiqian.web.requests import actor_of
from huiqian.work.queries import CaseView

# How many entries the page shows before somebody asks for all of them.
FIRST, MOST = 30, MOST_ENTRIES


def event_log(request: HttpRequest, view: CaseView) -> Panel | None:
    """The log of an event that has begun; whoever takes part writes into it while the event runs."""
    actor = actor_of(request)
    log = event_log_of(actor, view.id, FIRST)
    if log is None:
        return None
    writes = log.open and view.status == "running" and may_write(actor, view.id)
    context = {
        "log": log, "writes": writes, "key": uuid4(), "now": now_typed(),
        "photos": photo_field(request, EntryCard(), {}),
    }  # fmt: skip
    return Panel(_("Log of the event"), "events/log.html", context, first=writes)


def photo_field(request: HttpRequest, card: EntryCard, errors: Mapping[str, Sequence[Text]]) -> FieldFace:
    """The input for an entry's photos, with those already uploaded."""
    known = file_faces(actor_of(request), card.photos)
    return FieldFace(
        name="photos", path="photos", type="files", label=_("Photos"), max_rows=MOST_PHOTOS,
        errors=errors.get("photos", ()), files=tuple(known[one] for one in card.photos if one in known),
    )  # fmt: skip


def now_typed() -> str:
    """This minute, as an input for a day and a time keeps it."""
    return f"{clock.now().astimezone(COMPANY_ZONE):%Y-%m-%dT%H:%M}"
