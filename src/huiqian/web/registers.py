"""What the registers' pages share: lists, entries typed in, closing, deleting, sheets in and out, who may do what."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import IO, Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import Invalid, NotFound, Text
from huiqian.documents.rules import download_headers
from huiqian.documents.rules.workbooks import XLSX
from huiqian.marketing.access import Rights, rights_of
from huiqian.marketing.commands import Imported
from huiqian.marketing.effects import Quoted
from huiqian.marketing.rules.cards import tidy
from huiqian.marketing.rules.prices import month_of
from huiqian.web.notes import note
from huiqian.web.requests import actor_of, go

PAGE = 50
Entry = TypeVar("Entry", bound=Model)
Card = TypeVar("Card")
# A command about one entry, by its code.
Verb = Callable[[Actor, str], object]


def asked_for(request: HttpRequest, *filters: str) -> dict[str, str]:
    """What a list is to show: the words searched for and the filters, each empty where it is not asked."""
    return {name: request.GET.get(name, "").strip() for name in ("search", *filters, "state")}


def listed(request: HttpRequest, section: str, asked: dict[str, str], found: "QuerySet[Entry]") -> dict[str, Any]:
    """What the page of a list shows: the page of the entries found, and what was asked."""
    page: Page[Entry] = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return {
        "section": section, "page": page, "asked": asked, "filtered": any(asked.values()), "rights": rights(request),
    }  # fmt: skip


def typed_card(request: HttpRequest, card: type[Card], code: str) -> Card:
    """What was typed into an entry's form. A code that is given stays; a note keeps its lines."""
    names = [one.name for one in fields(card)]  # type: ignore[arg-type]
    typed = {name: tidy(request.POST.get(name, "")) for name in names}
    typed["code"] = code or typed["code"].upper()
    typed["note"] = request.POST.get("note", "").replace("\x00", "").strip()
    return card(**typed)


def change_state(
    request: HttpRequest, code: str, *, close: Verb, reopen: Verb, page: str, closed: str = ""
) -> HttpResponse:
    """Close an entry, or let it be chosen again, as the form says; back to its page, which says so (`closed`)."""
    if request.POST.get("state") == "open":
        reopen(actor_of(request), code)
        note(request, _("It can be chosen again."))
    else:
        close(actor_of(request), code)
        note(request, closed or _("It is closed and can no longer be chosen."))
    return go(request, reverse(page, args=[code]))


def delete(
    request: HttpRequest, code: str, verb: Verb, *, refused: Callable[[str], HttpResponse], back: str
) -> HttpResponse:
    """Delete an entry and go to the list; where it is named elsewhere, its page says so."""
    try:
        verb(actor_of(request), code)
    except Quoted as refusal:
        return refused(str(refusal))
    note(request, _("%(code)s is deleted.") % {"code": code})
    return go(request, reverse(back))


def take_in(
    request: HttpRequest, section: str, verb: Callable[[Actor, IO[bytes] | None, int], Imported], *, title: str, of: str
) -> HttpResponse:
    """The page that takes in a sheet of entries, and says what is wrong with it."""
    errors: dict[str, list[Text]] = {}
    if request.method == "POST":
        try:
            done = verb(actor_of(request), *sent_sheet(request))
        except Invalid as refusal:
            errors = dict(refusal.errors)
        else:
            words = _("Imported: %(added)d added, %(changed)d changed, %(unchanged)d as they were.")
            note(request, words % {"added": done.added, "changed": done.changed, "unchanged": done.unchanged})
            return go(request, reverse(section))
    context = {
        "section": section, "errors": errors, "back": reverse(section), "title": title, "of": of,
        "template_address": f"{reverse(f'{section}-sheet')}?template=1",
    }  # fmt: skip
    return render(request, "registers/import.html", context, status=422 if errors else 200)


def english() -> bool:
    """Whether a sheet's heads are in English."""
    return (get_language() or "").startswith("en")


def rights(request: HttpRequest) -> Rights:
    """What the reader may do with the registers."""
    return rights_of(actor_of(request))


def sheet(content: bytes, name: str) -> HttpResponse:
    """A workbook as a download."""
    return HttpResponse(content, headers=download_headers(f"{name}.xlsx", XLSX, len(content)))


def sent_sheet(request: HttpRequest) -> tuple[IO[bytes] | None, int]:
    """The workbook that was sent, with its size."""
    sent = request.FILES.get("file")
    return (sent.file, sent.size or 0) if sent is not None else (None, 0)


def month_from(text: str) -> date:
    """The month of an address (2026-12); NotFound for anything else."""
    month = month_of(text) if len(text) == 7 else None
    if month is None or not 2000 <= month.year <= 2100:
        raise NotFound
    return month


def stamp() -> str:
    """Today, for a file's name."""
    return f"{clock.today():%Y%m%d}"
