"""Facts about claims."""

from dataclasses import dataclass

from huiqian.base.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseSaved(Event):
    """An administrator added or changed a word that is looked for."""

    phrase: int
    text: str
    group: str
    level: str
    why: str
    suggestion: str
    exceptions: list[str]
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsKept(Event):
    """Somebody handed in a text with words on the list, and said why they stay."""

    element: str
    findings: list[dict[str, str]]
    reason: str
