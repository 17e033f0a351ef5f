"""Which login an attempt to sign in was for: the lock is for one login from one address, not for everybody there."""

from collections.abc import Mapping

from django.http import HttpRequest


def login_of(request: HttpRequest | None, credentials: Mapping[str, str] | None = None) -> str:
    """The login as it was typed, in small letters, whether somebody has it or not."""
    given = (credentials or {}).get("username") or (request.POST.get("login", "") if request else "")
    return given.strip().lower()[:200]
