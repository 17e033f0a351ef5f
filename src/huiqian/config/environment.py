"""What the environment says, read in one place; docs/how-to/run.md lists every name."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


def flag(name: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether `name` is switched on: 1, yes, true or on."""
    return environment.get(name, "").strip().lower() in {"1", "yes", "true", "on"}


def number(name: str, otherwise: int, environment: Mapping[str, str] = os.environ) -> int:
    """The whole number under `name`, or `otherwise` where it is not set."""
    text = environment.get(name, "").strip()
    return int(text) if text else otherwise


def words(name: str, otherwise: str = "", environment: Mapping[str, str] = os.environ) -> list[str]:
    """The comma-separated words under `name`."""
    return [word.strip() for word in environment.get(name, otherwise).split(",") if word.strip()]


def origin(address: str) -> str:
    """Scheme, host and port of an address: https://huiqian.example.com."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def host(address: str) -> str:
    """The host of an address, without its port."""
    return urlsplit(address).hostname or ""


SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def smtp(address: str) -> dict[str, Any]:
    """Django's e-mail settings from smtp://, smtp+tls:// (STARTTLS) or smtps://USER:PASSWORD@HOST:PORT; {} for none."""
    parts = urlsplit(address)
    if not address:
        return {}
    if parts.scheme not in SMTP_PORTS or not parts.hostname:
        raise ValueError("HUIQIAN_EMAIL_URL must be smtp://, smtp+tls:// or smtps:// with a host")
    return {
        "EMAIL_HOST": parts.hostname, "EMAIL_PORT": parts.port or SMTP_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""), "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls", "EMAIL_USE_SSL": parts.scheme == "smtps",
    }  # fmt: skip


def secret_key(data: Path, environment: Mapping[str, str] = os.environ) -> str:
    """The key that signs sessions: SECRET_KEY, else the data folder's own file, made at the first start (0600).

    Without a data folder (tools that only look at the settings) it lasts as long as the process.
    """
    if given := environment.get("SECRET_KEY", ""):
        return given
    file = data / "secret-key"
    if "HUIQIAN_DATA" in environment:
        return kept_secret(file)
    return file.read_text(encoding="ascii").strip() if file.exists() else secrets.token_urlsafe(50)


def kept_secret(file: Path) -> str:
    """The secret in `file`, made where there is none; of two processes that make it at once, both get the same."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        own = file.with_name(f"{file.name}.{os.getpid()}")
        with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(50))
        try:
            os.link(own, file)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return file.read_text(encoding="ascii").strip()
