"""Static files' addresses carry a fingerprint of their content, so that browsers may keep them for a year."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class Fingerprinted(StaticFilesStorage):
    """css/parts.css → /static/css/parts.css?v=8c1f03de55."""

    def url(self, name: str | None) -> str:
        """The address of a static file."""
        address = super().url(name)
        mark = _fingerprint.__wrapped__(name) if settings.WHITENOISE_AUTOREFRESH else _fingerprint(name)
        return f"{address}?v={mark}" if mark else address


@lru_cache(maxsize=1024)
def _fingerprint(name: str | None) -> str:
    found = finders.find(name) if name else None
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10] if isinstance(found, str) else ""
