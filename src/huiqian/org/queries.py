"""What pages and the API ask about the organisation."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.org.models import (
    CalendarFeed,
    Department,
    Deputy,
    Holding,
    Person,
    Position,
    PositionGroup,
    SpecialDay,
    Token,
)
from huiqian.org.rules import Calendar, DeputyRef, GroupRef, HoldingRef, PersonRef, PositionRef, Roster

_cached: dict[str, Roster] = {}
_lock = Lock()
# Within one_organisation(): the roster once somebody has asked for it; outside: None.
_asked: ContextVar[list[Roster] | None] = ContextVar("org_asked", default=None)


@contextmanager
def one_organisation() -> Iterator[None]:
    """Whoever only looks sees one organisation all the while: its revision is asked once, not by every query."""
    outer = _asked.set([])
    try:
        yield
    finally:
        _asked.reset(outer)


def revision() -> int:
    """The number of the organisation's last change; no two changes ever have the same. 1 query."""
    with connection.cursor() as cursor:
        cursor.execute("select number from org_revision where id = 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def roster(known_revision: int | None = None) -> Roster:
    """The organisation as it stands: 1 query while it has not changed, 8 after a change; 0 in one_organisation().

    `known_revision` is the number somebody has just read in the same transaction; it spares that query.
    """
    asked = _asked.get()
    if asked and known_revision is None:
        return asked[0]
    number = revision() if known_revision is None else known_revision
    database = str(connection.settings_dict["NAME"])
    with _lock:
        held = _cached.get(database)
    if held is None or held.revision != number:
        held = _read_roster(number)
        with _lock:
            _cached[database] = held
    if asked is not None:
        asked[:] = [held]
    return held


def _read_roster(number: int) -> Roster:
    people = {
        p.pk: PersonRef(p.pk, p.login, p.name, p.is_active, p.is_admin)
        for p in Person.objects.only("login", "name", "is_active", "is_admin").order_by("id")
    }
    positions = {
        p.code: PositionRef(
            p.code, p.name_zh, p.name_en, p.department.code, p.department.name_zh, p.department.name_en,
            p.superior.code if p.superior else None, p.several,
        )
        for p in Position.objects.select_related("department", "superior")
    }  # fmt: skip
    holdings = tuple(
        HoldingRef(code, person, since, until)
        for code, person, since, until in Holding.objects.order_by("since", "id").values_list(
            "position__code", "person_id", "since", "until"
        )
    )
    deputies = tuple(
        DeputyRef(d.person_id, d.deputy_id, d.since, d.until)
        for d in Deputy.objects.filter(ended_at__isnull=True, until__gte=clock.today())
    )
    groups = {
        group.code: GroupRef(
            group.code, group.name_zh, group.name_en, tuple(place.position.code for place in group.places.all())
        )
        for group in PositionGroup.objects.prefetch_related("places__position")
    }
    calendar = Calendar(dict(SpecialDay.objects.values_list("day", "works")))
    return Roster(number, people, positions, holdings, deputies, groups, calendar)


def departments() -> tuple[Department, ...]:
    """All departments, the company itself first. 1 query."""
    return tuple(sorted(Department.objects.all(), key=lambda one: one.parent_id is not None))


def positions_of(person_id: int, day: date | None = None) -> frozenset[str]:
    """The codes of the positions a person holds (today). At most as many queries as roster()."""
    return roster().positions_of(person_id, day or clock.today())


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of positions with whoever holds each of them today."""

    group: GroupRef
    places: tuple[tuple[PositionRef, tuple[PersonRef, ...]], ...]


def groups() -> tuple[GroupLine, ...]:
    """The groups of positions in the order of their codes. No query beyond roster()'s."""
    snapshot, day = roster(), clock.today()
    return tuple(
        GroupLine(
            group,
            tuple((snapshot.positions[code], snapshot.holders(code, day)) for code in group.positions),
        )
        for group in snapshot.groups.values()
    )


def group(code: str) -> GroupRef:
    """A group of positions by its code. No query beyond roster()'s; NotFound otherwise."""
    found = roster().groups.get(code)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class PositionLine:
    """A position with who held, holds and will hold it."""

    position: Position
    current: tuple[Holding, ...]
    future: tuple[Holding, ...]
    past: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department at its depth in the tree, with its positions."""

    department: Department
    depth: int
    positions: tuple[PositionLine, ...]


def organisation() -> tuple[DepartmentLine, ...]:
    """The department tree in order, each with its positions and holders. 3 queries."""
    day = clock.today()
    holdings = Prefetch("holdings", queryset=Holding.objects.select_related("person").order_by("-since", "-id"))
    positions: dict[int, list[PositionLine]] = {}
    for position in Position.objects.select_related("superior").prefetch_related(holdings):
        positions.setdefault(position.department_id, []).append(_position_line(position, day))
    children: dict[int | None, list[Department]] = {}
    for department in Department.objects.all():
        children.setdefault(department.parent_id, []).append(department)

    def walk(parent: int | None, depth: int) -> list[DepartmentLine]:
        lines = []
        for department in children.get(parent, []):
            lines.append(DepartmentLine(department, depth, tuple(positions.get(department.pk, []))))
            lines += walk(department.pk, depth + 1)
        return lines

    return tuple(walk(None, 0))


def _position_line(position: Position, day: date) -> PositionLine:
    held = list(position.holdings.all())
    return PositionLine(
        position,
        current=tuple(h for h in held if h.since <= day and (h.until is None or h.until > day)),
        future=tuple(h for h in held if h.since > day),
        past=tuple(h for h in held if h.until is not None and h.until <= day),
    )


def position_view(code: str) -> PositionLine:
    """One position with its holders of all times. 2 queries; NotFound for an unknown code."""
    holdings = Prefetch("holdings", queryset=Holding.objects.select_related("person").order_by("-since", "-id"))
    found = (
        Position.objects.filter(code=code).select_related("department", "superior").prefetch_related(holdings).first()
    )
    if found is None:
        raise NotFound
    return _position_line(found, clock.today())


def people(search: str = "") -> QuerySet[Person]:
    """Everybody with an account, by name in the order of the alphabet; `search` looks in names, pinyin and logins."""
    found = Person.objects.order_by("-is_active", "sort_key", "id")
    words = re.findall(r"\S+", search)
    for word in words:
        found = found.filter(
            Q(name__icontains=word) | Q(sort_key__icontains=word.replace(" ", "")) | Q(login__icontains=word)
        )
    return found


def person_by_login(login: str) -> Person:
    """The person with this login. 1 query; NotFound where there is none."""
    try:
        return Person.objects.get(login=login)
    except Person.DoesNotExist:
        raise NotFound from None


@dataclass(frozen=True, slots=True)
class DeputyLine:
    """A deputyship: `state` is now, coming, past, or ended before its time."""

    id: int
    deputy: PersonRef
    since: date
    until: date
    reason: str
    state: str
    ended_at: datetime | None


def deputies_of(person: int) -> tuple[DeputyLine, ...]:
    """Who stood, stands and will stand in for somebody, the latest first. 1 query beside roster()'s."""
    people, today = roster().people, clock.today()
    return tuple(
        DeputyLine(one.pk, people[one.deputy_id], one.since, one.until, one.reason, _state_of(one, today), one.ended_at)
        for one in Deputy.objects.filter(person_id=person).order_by("-since", "-id")[:100]
    )


def _state_of(one: Deputy, today: date) -> str:
    if one.ended_at is not None:
        return "ended"
    return "coming" if one.since > today else "past" if one.until < today else "now"


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """A login that the sign-in page of a demo offers."""

    login: str
    name: str
    position: str
    department: str


def demo_logins() -> tuple[DemoLogin, ...]:
    """Everybody with their main position, by department, the administrator last. 1 query beside roster()'s."""
    snapshot, day = roster(), clock.today()
    order = {code: rank for rank, code in enumerate(Position.objects.values_list("code", flat=True))}
    lines = []
    for person in snapshot.people.values():
        if not person.active:
            continue
        position = snapshot.main_position(person.id, day)
        rank = order.get(position.code, 998) if position else 999
        named = (position.name, position.department_name) if position else ("", "")
        lines.append((rank, person.login, DemoLogin(person.login, person.name, *named)))
    return tuple(line for _rank, _login, line in sorted(lines, key=lambda item: item[:2]))


def tokens(actor: Actor) -> QuerySet[Token]:
    """One's own API tokens, newest first. 1 query."""
    return Token.objects.filter(person_id=actor.person)


def calendar_feed(actor: Actor) -> CalendarFeed | None:
    """One's own subscription to the calendar, if one is in force. 1 query."""
    return CalendarFeed.objects.filter(person_id=actor.person, ended_at__isnull=True).first()


def special_days(first: date, last: date) -> QuerySet[SpecialDay]:
    """The days between two that are not what their weekday says. 1 query."""
    return SpecialDay.objects.filter(day__range=(first, last))
