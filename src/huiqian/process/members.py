"""Members of a case: the same steps for several people, each with a record of their own answers.

What is answered inside a multi-instance activity belongs to its item (a person's login, or the number of a row), and
every step for that item reads and writes the same record. Records are read when somebody looks at them and written
under the case's lock.
"""

from collections import ChainMap
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from huiqian.base import wires
from huiqian.base.clock import COMPANY_ZONE
from huiqian.engine import Definition, Element, State
from huiqian.forms.rules import typed
from huiqian.org.rules import Roster
from huiqian.process.content import Content
from huiqian.process.models import Member

SEPARATOR = "@"
GROUP = "group_"


@dataclass(frozen=True, slots=True)
class Scope:
    """The multi-instance activities around a place: the nearest one's key, and the names that expressions see."""

    key: str = ""
    names: Mapping[str, object] = field(default_factory=dict)


NOWHERE = Scope()


def scope_of(definition: Definition, state: State, wait: str) -> Scope:
    """In which members a wait lies; NOWHERE outside every multi-instance."""
    token = state.tokens.get(int(wait))
    key, names = "", dict[str, object]()
    while token is not None:
        if token.member is not None:
            number, item = token.member
            loop = definition.elements[token.element].loop
            key = key or key_of(item, number)
            names.setdefault((loop.item if loop else "") or "item", item)
            names.setdefault("loopCounter", number)
        token = state.tokens.get(token.parent)
    return Scope(key, names) if key else NOWHERE


def key_of(item: object, number: int) -> str:
    """What a member's record is kept under: its item where that is a name, else its number."""
    return item[:200] if isinstance(item, str) and item else f"#{number}"


def is_member_step(definition: Definition, element: Element) -> bool:
    """Whether a step is done once for each item of a multi-instance around it."""
    inside: Element | None = element
    while inside is not None:
        if inside.loop is not None and inside.loop.kind != "standard":
            return True
        inside = definition.elements.get(inside.scope) if inside.scope else None
    return False


def open_members(state: State, element: str, items: Collection[object]) -> list[str]:
    """The places of a multi-instance activity that still wait for one of these items, in the order they were begun."""
    found = [token for token in state.tokens.values() if token.element == element and token.member is not None]
    return [str(token.id) for token in sorted(found, key=lambda one: one.id) if token.member[1] in items]


@dataclass(slots=True)
class Record:
    """A member's answers, with its number within the case."""

    number: int
    data: dict[str, Any]


class Members:
    """The records of a locked case: read once, when first looked at."""

    __slots__ = ("_case", "_records", "_touched")

    def __init__(self, case: int) -> None:
        self._case = case
        self._records: dict[str, Record] | None = None
        self._touched: dict[str, None] = {}

    def all(self) -> Mapping[str, Record]:
        """Every record by its key, in the order they were begun. 1 query the first time."""
        if self._records is None:
            rows = Member.objects.filter(instance_id=self._case).order_by("number")
            self._records = {row.item: Record(row.number, row.data) for row in rows}
        return self._records

    def of(self, key: str) -> Record:
        """A member's record; begun where there is none yet."""
        records = dict(self.all())
        if key not in records:
            records[key] = Record(len(records) + 1, {})
            self._records = records
            self._touched[key] = None
        return records[key]

    def write(self, key: str, values: Mapping[str, Any]) -> None:
        """Keep answers in a member's record."""
        self.of(key).data.update(values)
        self._touched[key] = None

    def save(self) -> None:
        """Write what was touched: one statement, none where nothing was."""
        rows = [
            Member(instance_id=self._case, item=key, number=record.number, data=record.data)
            for key, record in self.all().items()
            if key in self._touched
        ] if self._touched else []  # fmt: skip
        if rows:
            Member.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["instance", "item"], update_fields=["data"]
            )
        self._touched.clear()


class Readable(Protocol):
    """A case as expressions and registers may look at it: locked, or only read for a page."""

    id: int
    content: Content
    data: dict[str, Any]
    roster: Roster
    now: datetime
    members: Members


@dataclass(slots=True)
class Seen:
    """A case that is only read."""

    id: int
    content: Content
    data: dict[str, Any]
    roster: Roster
    now: datetime
    members: Members


def variables_of(case: Readable, scope: Scope = NOWHERE) -> Mapping[str, object]:
    """What conditions and forms read at a place of a case; nothing is converted or asked before it is looked at."""
    forms = tuple(case.content.forms.values())
    upper: Mapping[str, object] | None = None
    if scope.key:
        record = case.members.all().get(scope.key)
        upper = ChainMap(dict(scope.names), typed(forms, record.data if record else {}))  # type: ignore[arg-type]
    return View(case, typed(forms, case.data), upper)


class View(Mapping[str, object]):
    """What expressions read of a case: its answers, over them those of one member, `members`, and what registers say.

    Registers' names ("variable:floor_prices") are asked of their room when an expression reads them, groups of
    positions ("group_department_managers") of the organisation.
    """

    __slots__ = ("_asked", "_base", "_case", "_upper")

    def __init__(self, case: Readable, base: Mapping[str, object], upper: Mapping[str, object] | None = None) -> None:
        self._case, self._base, self._upper = case, base, upper
        self._asked: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        if self._upper is not None and name in self._upper:
            return self._upper[name]
        if name in self._base:
            return self._base[name]
        if name not in self._asked:
            if name == "members":
                self._asked[name] = contexts(self._case)
            elif (group := self._group(name)) is not None:
                self._asked[name] = self._people_of(group)
            elif hand := wires.find(f"variable:{name}"):
                self._asked[name] = hand(self._case)
            else:
                raise KeyError(name)
        return self._asked[name]

    def __contains__(self, name: object) -> bool:
        return (
            (self._upper is not None and name in self._upper)
            or name in self._base
            or name == "members"
            or self._group(name) is not None
            or wires.find(f"variable:{name}") is not None
        )

    def _group(self, name: object) -> str | None:
        """The group of positions, or the position, that a name asks for: "group_department_managers"."""
        code = name.removeprefix(GROUP) if isinstance(name, str) and name.startswith(GROUP) else ""
        return code if code in self._case.roster.groups or code in self._case.roster.positions else None

    def _people_of(self, group: str) -> list[str]:
        """Whoever is asked for the positions of a group today, by login, each once."""
        chosen = self._case.roster.choose(group, self._case.now.astimezone(COMPANY_ZONE).date())
        return [choice.person.login for choice in chosen]

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys((*(self._upper or ()), *self._base))

    def __len__(self) -> int:
        return len(dict.fromkeys((*(self._upper or ()), *self._base)))


def contexts(case: Readable) -> list[object]:
    """The records as expressions read them: {member, name, every answer}; in the order they were begun."""
    forms = tuple(case.content.forms.values())
    names = {person.login: person.name for person in case.roster.people.values()}
    return [
        _Context({"member": key, "name": names.get(key, key)}, typed(forms, record.data))
        for key, record in case.members.all().items()
    ]


class _Context(Mapping[str, object]):
    """A member's record under its own names."""

    __slots__ = ("_answers", "_names")

    def __init__(self, names: Mapping[str, object], answers: Mapping[str, object]) -> None:
        self._names, self._answers = names, answers

    def __getitem__(self, name: str) -> object:
        return self._names[name] if name in self._names else self._answers[name]

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys((*self._names, *self._answers))

    def __len__(self) -> int:
        return len(dict.fromkeys((*self._names, *self._answers)))
