"""What a page reads from a request: who asks, and what they typed."""

import re
from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from huiqian.base.actors import Actor
from huiqian.base.errors import Invalid
from huiqian.org.models import Person


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in; SignInRequired has seen to it that there is one."""
    return cast(Person, request.user)


def actor_of(request: HttpRequest) -> Actor:
    """The person who asks, with the address they come from, for commands and queries."""
    return person_of(request).actor.through("web", request.META.get("REMOTE_ADDR", ""))


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks: it swaps a part of the page that is open."""
    return request.headers.get("HX-Request") == "true"


def go(request: HttpRequest, address: str) -> HttpResponse:
    """Go on to another page after something was done (303, or htmx's own way of saying so)."""
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address, status=303)


def day_from(text: str, field: str) -> date:
    """A date somebody typed (2025-09-12, 2025/9/12, 20250912, 2025年9月12日); Invalid names the field."""
    parts = re.fullmatch(r"\s*(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?\s*", text)
    try:
        if parts:
            year, month, day = (int(part) for part in parts.groups())
            return date(year, month, day)
    except ValueError:
        pass
    raise Invalid({field: [_("Enter a date, such as 2025-09-12.")]})


def day_or_none(text: str, field: str) -> date | None:
    """A date somebody typed, or None where the field is empty."""
    return day_from(text, field) if text.strip() else None


def safe_next(request: HttpRequest, address: str, otherwise: str) -> str:
    """`address` if it is a path of this product, else `otherwise`: nobody is sent to a stranger's page."""
    plain = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if plain and address.isprintable() else otherwise
