"""What the registers' pages share: sheets in and out, months in addresses, who may do what."""

from datetime import date
from typing import IO

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from huiqian.base import clock
from huiqian.base.errors import NotFound
from huiqian.documents.rules import download_headers
from huiqian.marketing.access import Rights, rights_of
from huiqian.marketing.rules.prices import month_of
from huiqian.marketing.rules.sheets import XLSX
from huiqian.web.requests import actor_of

PAGE = 50


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
