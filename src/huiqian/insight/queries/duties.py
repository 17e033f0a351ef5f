"""Duties (工作职责): what every position starts, does, decides and is told; read from the diagrams in effect."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from huiqian.base import clock
from huiqian.engine import Element
from huiqian.org.queries import roster
from huiqian.org.rules import Roster
from huiqian.process.content import Content
from huiqian.process.queries import contents_in_effect, people_steps
from huiqian.process.start import first_step

RESPONSIBLE, ACCOUNTABLE, CONSULTED, INFORMED = "R", "A", "C", "I"


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that a position does in a process; `kind` is starts, does, decides or watches."""

    kind: str
    process_code: str
    process_name: str
    number: str
    step: str
    words: str
    deadline: str
    document: str
    element: str = ""


@dataclass(frozen=True, slots=True)
class Duties:
    """Everything a position does, by kind and in the order of the handbook."""

    position: str
    name: str
    department: str
    holders: tuple[str, ...]
    starts: tuple[Duty, ...]
    does: tuple[Duty, ...]
    decides: tuple[Duty, ...]
    told: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class RaciRow:
    """A step with one cell for each position of the table: R, A, C, I or nothing."""

    number: str
    step: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RaciTable:
    """Positions × steps of one process."""

    code: str
    name: str
    positions: tuple[tuple[str, str], ...]
    rows: tuple[RaciRow, ...]


def duties(position: str) -> Duties:
    """What a position starts, does, decides and is told in the processes in effect. 1 query beside the roster's."""
    return _duties(position, roster(), contents_in_effect())


def all_duties() -> tuple[Duties, ...]:
    """The same of every position. 1 query beside the roster's."""
    return all_duties_of(roster(), contents_in_effect())


def all_duties_of(snapshot: Roster, contents: Sequence[Content]) -> tuple[Duties, ...]:
    """The same, of an organisation and processes that somebody has already."""
    return tuple(_duties(position, snapshot, contents) for position in snapshot.positions)


def _duties(position: str, snapshot: Roster, contents: Sequence[Content]) -> Duties:
    found = [duty for content in contents for duty in _duties_in(content, position, snapshot)]
    ref = snapshot.positions.get(position)
    return Duties(
        position=position, name=snapshot.position_name(position), department=ref.department_name if ref else "",
        holders=tuple(person.name for person in snapshot.holders(position, clock.today())),
        starts=_of("starts", found), does=_of("does", found), decides=_of("decides", found),
        told=_of("watches", found),
    )  # fmt: skip


def _of(kind: str, found: Iterable[Duty]) -> tuple[Duty, ...]:
    return tuple(duty for duty in found if duty.kind == kind)


def _duties_in(content: Content, position: str, snapshot: Roster) -> Iterator[Duty]:
    first = first_step(content.definition)
    if first is not None and position in _positions(first, snapshot) and content.startable:
        yield _duty("starts", content, first)
    for element in people_steps(content):
        if position in _positions(element, snapshot):
            yield _duty("does" if element.settings.get("kind") == "do" else "decides", content, element)
    if position in content.watch:
        yield Duty("watches", content.code, content.name, "", "", "", "", "")


def _positions(element: Element, snapshot: Roster) -> tuple[str, ...]:
    """The positions that do a step: its lane's, or all of the group that the lane names."""
    return snapshot.positions_named(element.position) if element.position else ()


def _duty(kind: str, content: Content, element: Element) -> Duty:
    written = content.documents.get(element.settings.get("document") or element.settings.get("sign", ""))
    return Duty(
        kind, content.code, content.name, content.steps.get(element.id, ""), content.step_name(element.id),
        content.words.get(element.id, ""), element.settings.get("deadline", ""), written.name if written else "",
        element.id,
    )  # fmt: skip


def raci() -> tuple[RaciTable, ...]:
    """Positions × steps of every process in effect. 1 query beside the roster's.

    R does the step; A decides it, or (for work) may send it back; C is asked beside it; I watches over the process or
    does the next step.
    """
    return raci_of(roster(), contents_in_effect())


def raci_of(snapshot: Roster, contents: Sequence[Content]) -> tuple[RaciTable, ...]:
    """The same, of an organisation and processes that somebody has already."""
    return tuple(_raci_of(content, snapshot) for content in contents)


def _raci_of(content: Content, snapshot: Roster) -> RaciTable:
    steps = people_steps(content)
    held = dict.fromkeys(code for step in steps for code in _positions(step, snapshot))
    codes = [code for code in snapshot.positions if code in held or code in content.watch]
    rows = []
    for step in steps:
        letters = _letters(content, step, steps, snapshot)
        cells = tuple(letters.get(code, "") for code in codes)
        rows.append(RaciRow(content.steps.get(step.id, ""), content.step_name(step.id), cells))
    names = tuple((code, snapshot.position_name(code)) for code in codes)
    return RaciTable(content.code, content.name, names, tuple(rows))


def _letters(content: Content, step: Element, steps: Iterable[Element], snapshot: Roster) -> dict[str, str]:
    """Each position's letter at a step; the weightier one where several fit."""
    letters = dict.fromkeys(content.watch, INFORMED)
    own, does = _positions(step, snapshot), step.settings.get("kind") == "do"
    judges = [
        code
        for other in steps
        if step.id in other.settings.get("returnTo", "").split()
        for code in _positions(other, snapshot)
        if code not in own
    ]
    if does:
        letters |= dict.fromkeys(judges[1:], CONSULTED) | dict.fromkeys(judges[:1], ACCOUNTABLE)
        letters |= dict.fromkeys(own, RESPONSIBLE if judges else f"{RESPONSIBLE}/{ACCOUNTABLE}")
    else:
        asked = step.settings.get("returnTo", "").split()
        consulted = [code for other in steps if other.id in asked for code in _positions(other, snapshot)]
        letters |= dict.fromkeys((code for code in consulted if code not in own), CONSULTED)
        letters |= dict.fromkeys(own, ACCOUNTABLE)
    return letters
