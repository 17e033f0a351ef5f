"""Who is asked when a position has work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from huiqian.base.languages import pick
from huiqian.org.rules.calendar import Calendar


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person as the roster knows them."""

    id: int
    login: str
    name: str
    active: bool
    admin: bool

    @property
    def initial(self) -> str:
        """What stands in the person's round badge."""
        return self.name[:1]


@dataclass(frozen=True, slots=True)
class PositionRef:
    """A position as the roster knows it."""

    code: str
    name_zh: str
    name_en: str
    department: str
    department_zh: str
    department_en: str
    superior: str | None
    several: bool

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return pick(self.name_zh, self.name_en)

    @property
    def department_name(self) -> str:
        """The department's name in the reader's language."""
        return pick(self.department_zh, self.department_en)


@dataclass(frozen=True, slots=True)
class GroupRef:
    """A group of positions as the roster knows it; `positions` are codes, in the group's order."""

    code: str
    name_zh: str
    name_en: str
    positions: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return pick(self.name_zh, self.name_en)


@dataclass(frozen=True, slots=True)
class HoldingRef:
    """Who holds a position from a day (inclusive) until a day (exclusive)."""

    position: str
    person: int
    since: date
    until: date | None

    def on(self, day: date) -> bool:
        """Whether it is in force on this day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class DeputyRef:
    """Who decides for whom, both days inclusive."""

    person: int
    deputy: int
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody who is asked, and why them: `via` is holder, superior or administrator."""

    person: PersonRef
    via: str


@dataclass(frozen=True, slots=True)
class Roster:
    """The organisation as it stood at one revision: an immutable snapshot that commands and pages share.

    Where a lane's position is asked for, the code of a group of positions does as well: it means all of them.
    """

    revision: int
    people: Mapping[int, PersonRef]
    positions: Mapping[str, PositionRef]
    holdings: tuple[HoldingRef, ...]
    deputies: tuple[DeputyRef, ...] = ()
    groups: Mapping[str, GroupRef] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)

    def holders(self, position: str, day: date) -> tuple[PersonRef, ...]:
        """Everybody who holds the position on that day and has an account that is in use, in a steady order."""
        found = dict.fromkeys(
            self.people[h.person]
            for code in self.positions_named(position)
            for h in self.holdings
            if h.position == code and h.on(day)
        )
        return tuple(person for person in found if person.active)

    def positions_named(self, code: str) -> tuple[str, ...]:
        """The positions behind a lane's code: a group's in its order, else the position itself."""
        group = self.groups.get(code)
        return group.positions if group else (code,)

    def acting_position(self, code: str, person: int, day: date, *, named: bool = False) -> PositionRef | None:
        """As what somebody does a lane's step: its position, or the one of its group that they hold on that day.

        Somebody whom the diagram names does it as what they are, whatever position the lane says.
        """
        if named and code not in self.positions_of(person, day):
            return self.main_position(person, day)
        if code not in self.groups:
            return self.positions.get(code)
        held = self.positions_of(person, day)
        return next((self.positions[one] for one in self.positions_named(code) if one in held), None)

    def positions_of(self, person: int, day: date) -> frozenset[str]:
        """The codes of the positions a person holds on that day."""
        return frozenset(h.position for h in self.holdings if h.person == person and h.on(day))

    def main_position(self, person: int, day: date) -> PositionRef | None:
        """The position a person is named with: the one held longest."""
        held = sorted((h.since, h.position) for h in self.holdings if h.person == person and h.on(day))
        return self.positions.get(held[0][1]) if held else None

    def position_name(self, code: str) -> str:
        """The name of a position or group in the reader's language; the code where there is neither."""
        found = self.positions.get(code) or self.groups.get(code)
        return found.name if found else code

    def away(self, person: int, day: date) -> DeputyRef | None:
        """How somebody is stood in for on that day, if they are away."""
        return next((one for one in self.deputies if one.person == person and self._in_force(one, day)), None)

    def deputy_of(self, person: int, day: date) -> PersonRef | None:
        """Who decides for this person on that day, if they are away."""
        found = self.away(person, day)
        return self.people[found.deputy] if found else None

    def stands_in_for(self, person: int, day: date) -> frozenset[int]:
        """The people this person decides for on that day; not those for whom one of them does: it does not chain."""
        return frozenset(one.person for one in self.deputies if one.deputy == person and self._in_force(one, day))

    def _in_force(self, entry: DeputyRef, day: date) -> bool:
        both = self.people[entry.person].active and self.people[entry.deputy].active
        return both and entry.since <= day <= entry.until

    def superior_holders(self, position: str, day: date) -> tuple[PersonRef, ...]:
        """The nearest superiors who are there, walking up from a position; empty at the top or in a circle."""
        seen = {position}
        current = self.positions.get(position)
        while current and current.superior and current.superior not in seen:
            seen.add(current.superior)
            found = self.holders(current.superior, day)
            if found:
                return found
            current = self.positions.get(current.superior)
        return ()

    def administrators(self) -> tuple[PersonRef, ...]:
        """Everybody who may administer."""
        return tuple(person for person in self.people.values() if person.admin and person.active)

    def choose(self, position: str, day: date) -> tuple[Chosen, ...]:
        """Who is asked for a position on that day: its holders, else the nearest superior, else the administrators.

        A step is never passed silently because nobody holds the position. Of a group every position is asked for in
        this way, a person who comes up for several once.
        """
        if position in self.groups:
            return self._choose_all(self.groups[position].positions, day)
        for via, people in (
            ("holder", self.holders(position, day)),
            ("superior", self.superior_holders(position, day)),
            ("administrator", self.administrators()),
        ):
            if people:
                return tuple(Chosen(person, via) for person in people)
        return ()

    def _choose_all(self, positions: Sequence[str], day: date) -> tuple[Chosen, ...]:
        found: dict[int, Chosen] = {}
        for code in positions:
            for chosen in self.choose(code, day):
                found.setdefault(chosen.person.id, chosen)
        return tuple(found.values())
