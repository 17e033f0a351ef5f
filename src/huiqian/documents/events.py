"""Facts about files. What happens to a document is told by the case it belongs to."""

from dataclasses import dataclass

from huiqian.base.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FileUploaded(Event):
    """Somebody uploaded a file."""

    file: str
    name: str
    type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDiscarded(Event):
    """Somebody took back a file that was attached to nothing."""

    file: str
    name: str
