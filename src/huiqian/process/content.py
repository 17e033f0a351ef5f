"""A process version as the product uses it: compiled graph, forms, documents and drawing; read once, then kept."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from huiqian.base.languages import pick
from huiqian.diagram import Layout
from huiqian.engine import Definition, Lane, compile_definition
from huiqian.feel.dmn import Model, read_model
from huiqian.forms.rules import Form, read_form
from huiqian.process.models import DecisionVersion, Version

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document that a process writes; `place` is its number within the case.

    `each`: every member of a multi-instance writes one of its own.
    """

    key: str
    form: str
    name_zh: str
    name_en: str
    place: int
    each: bool = False

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return pick(self.name_zh, self.name_en)


@dataclass(frozen=True, slots=True)
class SurveyKind:
    """A survey of a process: the step at which its questions may be changed, and those that it starts with.

    `wanted`: FEEL over the case's answers; a step that requires the survey does so only where it is true.
    """

    key: str
    name_zh: str
    name_en: str
    build: str
    wanted: str
    questions: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return pick(self.name_zh, self.name_en)


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a version says. Immutable, shared by all requests of this process."""

    version_id: int
    number: int
    code: str
    name_zh: str
    name_en: str
    definition: Definition
    forms: Mapping[str, Form]
    documents: Mapping[str, DocumentKind]
    steps: Mapping[str, str]
    purpose: Mapping[str, str]
    settings: Mapping[str, str]
    owner: str
    layout: Layout
    receives: Mapping[str, Mapping[str, str]]
    panels: tuple[str, ...]
    startable: bool
    words: Mapping[str, str]
    # The names that multi-instance activities keep their members' results under.
    gathered: frozenset[str]
    surveys: Mapping[str, SurveyKind]
    # Where its answers name products and quote their prices.
    prices: Mapping[str, Any]
    # The decision tables that it asks, with the rules that it brings for each (DMN).
    tables: Mapping[str, str]
    # Which of its answers stand in the marketing calendar.
    calendar: Sequence[Mapping[str, Any]]
    # The company's source gives no steps: what stands here is a proposal.
    provisional: bool = False

    @property
    def name(self) -> str:
        """The process's name in the reader's language."""
        return pick(self.name_zh, self.name_en)

    @property
    def watch(self) -> list[str]:
        """The positions that may look on at every case."""
        return self.settings.get("watch", "").split()

    def form_of(self, element: str) -> Form | None:
        """The form that a step fills, if it has one."""
        return self.forms.get(self.definition.elements[element].settings.get("form", ""))

    def field_label(self, name: str) -> str:
        """What a field is called in the reader's language; its name where no form has it."""
        found = next((form.by_name[name] for form in self.forms.values() if name in form.by_name), None)
        return str(found.label) if found else name

    def step_name(self, element: str) -> str:
        """A step's name in the reader's language."""
        found = self.definition.elements[element]
        return pick(found.name, found.settings.get("nameEn", ""))

    def lane_name(self, lane: Lane) -> str:
        """What the diagram calls a lane, in the reader's language."""
        return pick(lane.name, lane.settings.get("nameEn", ""))

    def flow_name(self, flow: str) -> str:
        """A sequence flow's name in the reader's language."""
        found = self.definition.flows[flow]
        return pick(found.name, found.settings.get("nameEn", ""))


@lru_cache(maxsize=64)
def content_of(version_id: int) -> Content:
    """The content of a version. 1 query the first time in this process, none later: a version never changes."""
    version = Version.objects.select_related("definition").get(pk=version_id)
    return read_content(version)


def read_content(version: Version) -> Content:
    """Compile a version's BPMN and forms; raises what the engine and the forms refuse."""
    content: dict[str, Any] = version.content
    definition = compile_definition(version.bpmn.encode())
    documents = {
        key: DocumentKind(
            key,
            said["form"],
            said["name"]["zh"],
            said["name"].get("en", ""),
            said.get("place", 1),
            bool(said.get("each")),
        )
        for key, said in sorted(content["documents"].items(), key=lambda item: item[1].get("place", 1))
    }
    return Content(
        version_id=version.pk,
        number=version.number,
        code=version.definition.code,
        name_zh=version.definition.name_zh,
        name_en=version.definition.name_en,
        definition=definition,
        forms={key: read_form(form) for key, form in content["forms"].items()},
        documents=documents,
        steps=content.get("steps", {}),
        purpose=content.get("purpose", {}),
        settings=definition.settings,
        owner=version.definition.owner,
        layout=Layout.from_json(version.layout),
        receives=content.get("receives", {}),
        panels=tuple(content.get("panels", ())),
        startable=version.definition.startable,
        words=_words(version.bpmn),
        gathered=frozenset(e.loop.result for e in definition.elements.values() if e.loop and e.loop.result),
        surveys={key: _survey(key, said) for key, said in content.get("surveys", {}).items()},
        prices=content.get("prices", {}),
        tables={key: one["dmn"] for key, one in content.get("decisions", {}).items()},
        calendar=content.get("calendar", ()),
        provisional=bool(content.get("provisional")),
    )


def _survey(key: str, said: Mapping[str, Any]) -> SurveyKind:
    name = said["name"]
    return SurveyKind(
        key, name["zh"], name.get("en", ""), said["build"], said.get("wanted", ""), said.get("questions", {})
    )


def _words(bpmn: str) -> dict[str, str]:
    """What the diagram says of each step in plain words (its documentation), by element."""
    found: dict[str, str] = {}
    for element in ElementTree.fromstring(bpmn).iter():  # noqa: S314 - compiled before: no DTD, no entities
        said = element.find(f"{BPMN}documentation")
        if said is not None and said.text and element.get("id"):
            found[element.get("id", "")] = " ".join(said.text.split())
    return found


@lru_cache(maxsize=256)
def decision_model(decision_version_id: int) -> Model:
    """A decision table's version, compiled. 1 query the first time in this process."""
    return read_model(DecisionVersion.objects.values_list("dmn", flat=True).get(pk=decision_version_id).encode())


def dumps(value: object) -> str:
    """JSON as the tables keep it: readable, compact."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
