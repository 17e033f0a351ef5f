"""Positions with today's holders, and who is asked where one has nobody, or once somebody has left."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from huiqian.insight.queries.handbook.shape import Named, PositionLine
from huiqian.org.rules import Chosen, PersonRef, Roster
from huiqian.process.content import Content
from huiqian.process.queries import people_steps


def position_lines(contents: Sequence[Content], snapshot: Roster, day: date) -> tuple[PositionLine, ...]:
    """Every position of the organisation, in its order."""
    steps = _steps(contents, snapshot)
    return tuple(_line(code, steps.get(code, ()), snapshot, day) for code in snapshot.positions)


def _steps(contents: Sequence[Content], snapshot: Roster) -> Mapping[str, Sequence[tuple[str, Named]]]:
    """The steps of each position, with their process."""
    found: dict[str, list[tuple[str, Named]]] = {}
    for content in contents:
        for element in people_steps(content):
            for code in snapshot.positions_named(element.position) if element.position else ():
                step = Named(element.id, content.step_name(element.id))
                found.setdefault(code, []).append((content.code, step))
    return found


def _line(code: str, steps: Sequence[tuple[str, Named]], snapshot: Roster, day: date) -> PositionLine:
    ref, holders = snapshot.positions[code], snapshot.holders(code, day)
    risk = "none" if not holders else "one" if len(holders) == 1 else ""
    asked = without(snapshot, holders).choose(code, day) if risk else ()
    away = [(person, snapshot.deputy_of(person.id, day)) for person in holders]
    return PositionLine(
        code=code, name=ref.name, department=ref.department_name,
        superior=snapshot.position_name(ref.superior) if ref.superior else "",
        groups=tuple(group.name for group in snapshot.groups.values() if code in group.positions),
        holders=tuple(person.name for person in holders),
        deputies=tuple(
            _("%(deputy)s for %(person)s") % {"deputy": deputy.name, "person": person.name}
            for person, deputy in away
            if deputy
        ),
        risk=risk, stand_in=tuple(one.person.name for one in asked), via=asked[0].via if asked else "",
        stand_in_words=_words(code, asked, snapshot, day), steps=tuple(steps),
    )  # fmt: skip


def without(snapshot: Roster, leaving: Sequence[PersonRef]) -> Roster:
    """The organisation once these people have left it."""
    gone = {person.id for person in leaving}
    people = {key: replace(one, active=False) if key in gone else one for key, one in snapshot.people.items()}
    return replace(snapshot, people=people)


def _words(code: str, asked: Sequence[Chosen], snapshot: Roster, day: date) -> str:
    """Who is asked then, and as what."""
    if not asked:
        return ""
    names = _(", ").join(one.person.name for one in asked)
    if asked[0].via == "administrator":
        return _("%(names)s (administrator)") % {"names": names}
    position = _superior(code, asked[0].person, snapshot, day)
    return _("%(names)s (%(position)s)") % {"names": names, "position": position} if position else names


def _superior(code: str, person: PersonRef, snapshot: Roster, day: date) -> str:
    """The nearest position above that this person holds."""
    held, seen, current = snapshot.positions_of(person.id, day), {code}, snapshot.positions[code].superior
    while current and current not in seen:
        if current in held:
            return snapshot.position_name(current)
        seen.add(current)
        current = snapshot.positions[current].superior if current in snapshot.positions else None
    return ""
