"""Facts about how people are told."""

from dataclasses import dataclass

from huiqian.base.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysChosen(Event):
    """Somebody said how they want to hear of kinds of notices."""

    ways: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRefused(Event):
    """A person's e-mail server refuses their address for ever."""

    person: str
    reason: str
