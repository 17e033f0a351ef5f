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


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSaved(Event):
    """A group robot or webhook was added or changed; of its address only the host, of its secret nothing."""

    name: str
    receiver: str
    host: str
    processes: list[str]
    events: list[str]
    enabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRemoved(Event):
    """A group robot or webhook was taken out."""

    name: str
