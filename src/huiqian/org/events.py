"""Facts about the organisation."""

from dataclasses import dataclass
from datetime import date

from huiqian.base.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(Event):
    """Somebody got an account."""

    login: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(Event):
    """Somebody's name, address or rights changed."""

    login: str
    changes: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordSet(Event):
    """Somebody's password was set anew."""

    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentSaved(Event):
    """A department was added or changed."""

    code: str
    name: str
    parent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionSaved(Event):
    """A position was added or changed."""

    code: str
    name: str
    department: str
    superior: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSaved(Event):
    """A group of positions was added (no positions before) or changed."""

    code: str
    name: str
    positions: list[str]
    before: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionAssigned(Event):
    """Somebody holds a position from a day on."""

    position: str
    person: str
    since: date
    until: date | None
    replaces: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingEnded(Event):
    """Somebody no longer holds a position from a day on."""

    position: str
    person: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyAppointed(Event):
    """Somebody decides for another person while that one is away."""

    person: str
    deputy: str
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyEnded(Event):
    """A deputyship ended early, or was called off before it began."""

    person: str
    deputy: str
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFeedMade(Event):
    """Somebody subscribed to the calendar; an address they had before opens nothing any more."""

    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFeedEnded(Event):
    """Somebody's calendar address opens nothing any more."""

    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenMade(Event):
    """An API token was made."""

    login: str
    name: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRevoked(Event):
    """An API token no longer opens anything."""

    login: str
    name: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSeeded(Event):
    """Public holidays and make-up workdays of some years were filled in."""

    first: int
    last: int
    days: int
