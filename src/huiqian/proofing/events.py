"""Facts about pins."""

from dataclasses import dataclass

from huiqian.base.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PinSet(Event):
    """Somebody set a pin on a page of a version's file."""

    document: str
    pin: int
    version: int
    file: str
    sha256: str
    page: int
    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinAnswered(Event):
    """Somebody replied to a pin, settled it, confirmed that it is settled, or opened it again (`what`)."""

    document: str
    pin: int
    what: str
    version: int
    text: str
