"""Reads DATABASE_URL into Django's database settings, with the pool and prepared statements the hot path needs."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def database_from_url(url: str, threads: int = 4) -> dict[str, Any]:
    """Django's settings for a postgresql:// URL; the empty URL means the local default server."""
    parts = urlsplit(url or "postgresql:///huiqian")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "huiqian",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # Given up after 10 s, the next request tries anew: ever longer pauses would keep pages away long after
            # the database is back.
            "pool": {"min_size": 1, "max_size": threads + 2, "timeout": 10, "reconnect_timeout": 10},
            "server_side_binding": True,
            "prepare_threshold": 5,
            **query,
        },
    }
