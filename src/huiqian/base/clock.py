"""The one clock: commands ask it for the time, so that a story of months can be told in a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

COMPANY_ZONE = ZoneInfo("Asia/Shanghai")

_moved: ContextVar[datetime | None] = ContextVar("moved_clock", default=None)


def now() -> datetime:
    """The present moment, with its zone (UTC), or the moment the clock was moved to."""
    return _moved.get() or timezone.now()


def today() -> date:
    """The company's date: the day it is in Shanghai."""
    return now().astimezone(COMPANY_ZONE).date()


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Let the clock stand at `moment` within this block (demo company, tests)."""
    token = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(token)


def advance(by: timedelta) -> datetime:
    """Move a clock that was moved before further on; a running clock refuses."""
    current = _moved.get()
    if current is None:
        raise RuntimeError("the running clock cannot be advanced; use moved_to() first")
    _moved.set(current + by)
    return current + by
