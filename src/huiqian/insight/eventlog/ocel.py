"""Writes event logs as OCEL 2.0 JSON (van der Aalst et al., 2023): cases, tasks, documents, people, positions.

Every value is a string, as the standard's schema has it; its type's declaration says what it is read as.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO

from huiqian.base.languages import pick
from huiqian.insight.eventlog.reading import CaseLog, Who, moment
from huiqian.journal.models import Entry
from huiqian.org.queries import roster
from huiqian.process.models import Instance
from huiqian.work.models import Task

# What a fact may tell beside whom and what it is about: codes, numbers and moments, no words that people wrote.
FACTS: Mapping[str, str] = {
    "step": "string", "element": "string", "outcome": "string", "settled": "boolean", "to": "string", "via": "string",
    "due_at": "time", "void_signatures": "integer", "how": "string", "key": "string", "version": "integer",
    "operation": "string", "code": "string", "document_version": "integer", "door": "string",
}  # fmt: skip
OBJECTS: Mapping[str, Mapping[str, str]] = {
    "case": {"process": "string", "process_name": "string", "version": "integer", "status": "string"},
    "task": {
        "element": "string", "step": "string", "kind": "string", "mode": "string", "round": "integer",
        "status": "string", "due_at": "time",
    },
    "document": {"key": "string", "name": "string", "status": "string"},
    "person": {"name": "string"}, "position": {"name": "string"},
}  # fmt: skip
# What does not change holds since then, by the standard's convention.
ALWAYS = "1970-01-01T00:00:00+00:00"
PIECE = 64 * 1024
Relation = tuple[str, str]


def ocel(logs: Iterable[CaseLog], who: Who, chosen: frozenset[int]) -> Iterator[bytes]:
    """The log in pieces. Events go out as they are read; the objects wait on the disk, for they end the file."""
    with TemporaryFile() as waiting:
        writing = _Writing(who, chosen, waiting)
        yield b'{"objectTypes":' + _json(_types(OBJECTS)) + b',\n"events":['
        first = True
        for log in logs:
            events = b"".join(b",\n" + _json(event) for event in writing.events(log))
            yield events[1:] if first and events else events
            first = first and not events
            writing.keep(log)
        yield b'],\n"eventTypes":' + _json(_types(writing.kinds)) + b',\n"objects":['
        writing.keep_common()
        # All but the first comma.
        waiting.seek(1)
        while piece := waiting.read(PIECE):
            yield piece
        yield b"]}\n"


@dataclass(slots=True)
class _Writing:
    who: Who
    # The cases of this export: only those are linked to.
    chosen: frozenset[int]
    waiting: IO[bytes]
    kinds: dict[str, dict[str, str]] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    positions: set[str] = field(default_factory=set)

    def events(self, log: CaseLog) -> Iterator[dict[str, object]]:
        """A case's facts."""
        for fact in log.facts:
            said = _told(log, fact)
            self.kinds.setdefault(fact.kind, {}).update({name: FACTS[name] for name in said})
            yield {
                "id": f"e{fact.pk}", "type": fact.kind, "time": moment(fact.at),
                "attributes": [{"name": name, "value": value} for name, value in said.items()],
                "relationships": _related(self._about(log, fact)),
            }  # fmt: skip

    def _about(self, log: CaseLog, fact: Entry) -> Iterator[Relation]:
        yield f"case:{log.case.number}", "case"
        if task := log.task(fact):
            yield f"task:{task.pk}", "task"
        if position := log.position(fact):
            yield self._position(position), "position"
        detail = fact.detail
        for person, qualifier in (
            (fact.actor_id, "by"), (fact.behalf_id, "for"), (detail.get("person"), "from"), (detail.get("to"), "to"),
            *((one, "people") for one in detail.get("people") or ()),
        ):  # fmt: skip
            if isinstance(person, int):
                yield self._person(person), qualifier
        if fact.kind in ("task_decided", "case_returned") and fact.actor_id is not None:
            # Who decides for somebody else writes and signs with their own hand.
            for hand in dict.fromkeys((fact.actor_id, fact.behalf_id or fact.actor_id)):
                yield from ((f"document:{one}", "writes") for one in log.written.get((fact.at, hand), ()))
                yield from ((f"document:{one}", "signs") for one in log.signed.get((fact.at, hand), ()))

    def _person(self, person: int) -> str:
        self.people.add(person)
        return f"person:{self.who.key(person)}"

    def _position(self, code: str) -> str:
        self.positions.add(code)
        return f"position:{code}"

    def keep(self, log: CaseLog) -> None:
        """Put a case, its tasks and its documents aside."""
        case = log.case
        began = moment(case.started_at)
        definition = case.version.definition
        status = [("status", "running", began)]
        if case.ended_at:
            status.append(("status", case.status, moment(case.ended_at)))
        self._object(
            f"case:{case.number}", "case",
            [
                ("process", definition.code, began), ("process_name", definition.name, began),
                ("version", str(case.version.number), began), *status,
            ],
            list(self._around(log)),
        )  # fmt: skip
        for task in log.tasks.values():
            self._task(case, task)
        for document in log.documents:
            made = moment(document.created_at)
            later = [("status", document.status, moment(document.archived_at))] if document.archived_at else []
            self._object(
                f"document:{document.number}", "document",
                [
                    ("key", document.key, made), ("name", pick(document.name_zh, document.name_en), made),
                    ("status", "in_review", made), *later,
                ],
                [(f"case:{case.number}", "of")],
            )  # fmt: skip

    def _around(self, log: CaseLog) -> Iterator[Relation]:
        case = log.case
        yield self._person(case.starter_id), "started by"
        if case.starter_position:
            yield self._position(case.starter_position), "started as"
        if case.parent is not None and case.parent.pk in self.chosen:
            yield f"case:{case.parent.number}", "called by"
        self.numbers.add(case.number)
        # A case begins behind the one that it follows, so that was told already where it belongs to this export.
        yield from ((f"case:{one}", "follows") for one in log.follows if one in self.numbers)

    def _task(self, case: Instance, task: Task) -> None:
        opened = moment(task.opened_at)
        said = [
            ("element", task.element, opened), ("step", pick(task.name_zh, task.name_en), opened),
            ("kind", task.kind, opened), ("mode", task.mode, opened), ("round", str(task.round), opened),
            ("status", "open", opened),
        ]  # fmt: skip
        if task.due_at:
            said.append(("due_at", moment(task.due_at), opened))
        if task.closed_at:
            said.append(("status", task.status, moment(task.closed_at)))
        relations = [(f"case:{case.number}", "of")]
        if task.position:
            relations.append((self._position(task.position), "position"))
        self._object(f"task:{task.pk}", "task", said, relations)

    def keep_common(self) -> None:
        """Put the people and positions aside that were met."""
        for person in sorted(self.people):
            self._object(f"person:{self.who.key(person)}", "person", [("name", self.who.name(person), ALWAYS)], [])
        for code in sorted(self.positions):
            self._object(f"position:{code}", "position", [("name", roster().position_name(code), ALWAYS)], [])

    def _object(self, key: str, kind: str, said: Iterable[tuple[str, str, str]], relations: list[Relation]) -> None:
        # What changed at the moment it began holds at that moment.
        values = {(name, time): value for name, value, time in said}
        attributes = [{"name": name, "time": time, "value": value} for (name, time), value in values.items()]
        one = {"id": key, "type": kind, "attributes": attributes, "relationships": _related(relations)}
        self.waiting.write(b",\n" + _json(one))


def _told(log: CaseLog, fact: Entry) -> dict[str, str]:
    said = {"step": log.step(fact), "element": log.element(fact), "door": fact.door}
    for name in FACTS:
        value = fact.detail.get(name)
        # A number in `to` is a person.
        if name in said or value in (None, "") or (name == "to" and isinstance(value, int)):
            continue
        said[name] = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return {name: value for name, value in said.items() if value}


def _related(relations: Iterable[Relation]) -> list[dict[str, str]]:
    return [{"objectId": key, "qualifier": qualifier} for key, qualifier in dict.fromkeys(relations)]


def _types(types: Mapping[str, Mapping[str, str]]) -> list[dict[str, object]]:
    return [
        {"name": name, "attributes": [{"name": each, "type": kind} for each, kind in sorted(attributes.items())]}
        for name, attributes in sorted(types.items())
    ]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
