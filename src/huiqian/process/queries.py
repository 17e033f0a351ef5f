"""What pages and the API ask about processes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import NotFound
from huiqian.base.languages import language
from huiqian.diagram import Layout, Words, draw
from huiqian.engine import Element
from huiqian.feel.dmn import Table
from huiqian.org.queries import roster
from huiqian.org.rules import Roster
from huiqian.process.content import Content, content_of, decision_model
from huiqian.process.models import Decision, DecisionVersion, Definition, Opinion, Review, Version
from huiqian.process.start import first_step, in_order, may_start
from huiqian.process.tables import TableView, table_of, view_of


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """A process in effect, and whether the reader may start it."""

    code: str
    name: str
    purpose: str
    department: str
    starters: str
    may_start: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a process in plain words."""

    number: str
    element: str
    name: str
    position_code: str
    position: str
    holders: tuple[str, ...]
    kind: str
    deadline: str
    returns_to: tuple[str, ...]
    form: str
    # Who is copied on the case once the step is done: positions and groups.
    copied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcessView:
    """A process for its page."""

    row: ProcessRow
    version: int
    effective_from: datetime | None
    provisional: bool
    steps: tuple[StepRow, ...]
    documents: tuple[str, ...]
    decisions: tuple[Decision, ...]
    diagram: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision table for its page: what one version says, and all versions."""

    decision: Decision
    process_code: str
    process_name: str
    version: DecisionVersion
    newest: bool
    table: TableView
    raw: Table
    versions: tuple[DecisionVersion, ...]
    # Whether the version of the process that is in effect asks it.
    asked: bool
    words: tuple["InputWords", ...] = ()


@dataclass(frozen=True, slots=True)
class InputWords:
    """What the codes of an input column stand for in the process's form, as people read them."""

    label: str
    choices: tuple[tuple[str, str], ...]


def processes(actor: Actor) -> tuple[ProcessRow, ...]:
    """Every process in effect. 1 query beside the organisation's snapshot."""
    snapshot = roster()
    return tuple(_row(actor, content, snapshot) for content in contents_in_effect())


def contents_in_effect() -> tuple[Content, ...]:
    """What every process in effect says, in the order of their codes. 1 query."""
    return tuple(content_of(pk) for pk in _in_effect())


def startable(actor: Actor) -> tuple[ProcessRow, ...]:
    """The processes this person may start. As many queries as processes()."""
    return tuple(row for row in processes(actor) if row.may_start)


@dataclass(frozen=True, slots=True)
class Signed:
    """One position's word in the joint review that put a version in effect (G2); `behalf` is for whom, if another."""

    position: str
    person: str
    behalf: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A process that the house knows, with its version in effect (none: `content` is None) and who agreed to it."""

    code: str
    name: str
    owner: str
    content: Content | None
    effective_from: datetime | None
    signed: tuple[Signed, ...]


def standings() -> tuple[Standing, ...]:
    """Every process that is in effect or was, in the order of their codes; what never was, is its reviewers' matter.

    3 queries.
    """
    versions = {
        row.definition_id: row
        for row in Version.objects.filter(status=Version.Status.IN_EFFECT).only("definition_id", "effective_from")
    }
    signed: dict[int, list[Signed]] = {}
    agreed = Opinion.objects.filter(
        review__version__in=[row.pk for row in versions.values()], review__outcome=Review.Outcome.AGREED, agrees=True
    )
    for one in agreed.select_related("person", "behalf", "review"):
        assert one.person is not None
        assert one.given_at is not None
        behalf = one.behalf.name if one.behalf else ""
        word = Signed(one.position, one.person.name, behalf, one.given_at)
        signed.setdefault(one.review.version_id, []).append(word)
    known = Definition.objects.filter(versions__effective_from__isnull=False).distinct()
    return tuple(_standing(one, versions.get(one.pk), signed) for one in known)


def _standing(known: Definition, version: Version | None, signed: Mapping[int, list[Signed]]) -> Standing:
    content = content_of(version.pk) if version else None
    since = version.effective_from if version else None
    return Standing(
        known.code, known.name, known.owner, content, since, tuple(signed.get(version.pk, ())) if version else ()
    )


def processes_in_effect(case: object) -> list[str]:
    """What expressions read as `processes_in_effect`: the codes of what any case may lead to today. 1 query."""
    found = Version.objects.filter(status=Version.Status.IN_EFFECT).order_by("definition__code")
    return list(found.values_list("definition__code", flat=True))


def _in_effect() -> Sequence[int]:
    found = Version.objects.filter(status=Version.Status.IN_EFFECT).order_by("definition__code")
    return list(found.values_list("pk", flat=True))


def _row(actor: Actor, content: Content, snapshot: Roster) -> ProcessRow:
    step = first_step(content.definition)
    return ProcessRow(
        code=content.code,
        name=content.name,
        purpose=content.purpose.get(language(), ""),
        department=_department(content, snapshot),
        starters=snapshot.position_name(step.position or "") if step and content.startable else "",
        may_start=content.startable and step is not None and may_start(actor, step, snapshot),
    )


def _department(content: Content, snapshot: Roster) -> str:
    names = {ref.department: ref.department_name for ref in snapshot.positions.values()}
    return names.get(content.owner, "")


def process_view(actor: Actor, code: str) -> ProcessView:
    """A process in effect: what it is for, who does what, its drawing. NotFound for an unknown code. 4 queries."""
    version = (
        Version.objects.select_related("definition")
        .filter(definition__code=code, status=Version.Status.IN_EFFECT)
        .defer("bpmn", "layout")
        .first()
    )
    if version is None:
        raise NotFound
    content, snapshot = content_of(version.pk), roster()
    return ProcessView(
        row=_row(actor, content, snapshot), version=version.number, effective_from=version.effective_from,
        provisional=content.provisional, steps=step_rows(content, snapshot),
        documents=tuple(kind.name for kind in content.documents.values()),
        decisions=tuple(Decision.objects.filter(definition__code=code, key__in=content.tables)),
        diagram=draw(
            todays_layout(content, snapshot), {}, language=language(),
            heads=lane_heads(content, snapshot, clock.today()),
        ),
    )  # fmt: skip


def todays_layout(content: Content, snapshot: Roster) -> Layout:
    """The drawing with its lanes named as their positions and groups are called today (G3)."""
    named: dict[str, Words] = {}
    for lane in content.definition.lanes:
        found = snapshot.positions.get(lane.position or "") or snapshot.groups.get(lane.position or "")
        if found:
            named[lane.id] = Words(found.name_zh, found.name_en)
    bands = tuple(replace(band, name=named.get(band.id, band.name)) for band in content.layout.bands)
    return replace(content.layout, bands=bands)


# As many people as a lane's head has room for.
NAMED = 3


def lane_heads(content: Content, snapshot: Roster, day: date) -> dict[str, str]:
    """Who holds the lanes' positions on a day: the first three by name, and how many there are where there are more."""
    heads: dict[str, str] = {}
    for lane in content.definition.lanes:
        people = snapshot.holders(lane.position or "", day)
        names = "、".join(person.name for person in people[:NAMED])
        more = {"names": names, "n": len(people)}
        heads[lane.id] = _("%(names)s … %(n)d in all") % more if len(people) > NAMED else names
    return heads


def step_rows(content: Content, snapshot: Roster) -> tuple[StepRow, ...]:
    """The steps that people do, in plain words."""
    day = clock.today()
    return tuple(_step(found, content, snapshot, day) for found in people_steps(content))


def _step(found: Element, content: Content, snapshot: Roster, day: date) -> StepRow:
    back = (target for target in found.settings.get("returnTo", "").split() if target != "any")
    return StepRow(
        number=content.steps.get(found.id, ""), element=found.id, name=content.step_name(found.id),
        position_code=found.position or "", position=snapshot.position_name(found.position or ""),
        holders=tuple(person.name for person in snapshot.holders(found.position or "", day)),
        kind=found.settings.get("kind", "approve"), deadline=found.settings.get("deadline", ""),
        returns_to=tuple(content.step_name(target) for target in back),
        form=str(form.name) if (form := content.form_of(found.id)) else "",
        copied=tuple(snapshot.position_name(code) for code in found.settings.get("copyTo", "").split()),
    )  # fmt: skip


def people_steps(content: Content) -> list[Element]:
    """The steps that people do, by the handbook's numbers; without numbers in the order a token meets them."""
    elements = (content.definition.elements[name] for name in in_order(content.definition))
    found = [element for element in elements if element.kind in ("userTask", "manualTask")]
    return sorted(found, key=lambda element: place_of(content.steps.get(element.id, "")))


def place_of(number: str) -> tuple[int, ...]:
    """Where a step of this number stands; steps without one come last."""
    return tuple(int(part) for part in number.split(".") if part.isdecimal()) or (10**6,)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision table in the list of all."""

    process_code: str
    process_name: str
    key: str
    name: str
    number: int
    changed_at: datetime
    version_id: int


def decision_tables() -> tuple[DecisionRow, ...]:
    """Every decision table that a process in effect asks, with its newest version. 1 query."""
    asking = Version.objects.filter(
        definition=OuterRef("decision__definition"), status=Version.Status.IN_EFFECT,
        content__decisions__has_key=OuterRef("decision__key"),
    )  # fmt: skip
    newest = (
        DecisionVersion.objects.filter(Exists(asking))
        .select_related("decision__definition")
        .defer("dmn")
        .order_by("decision__definition__code", "decision__key", "decision_id", "-number")
        .distinct("decision__definition__code", "decision__key", "decision_id")
    )
    return tuple(
        DecisionRow(
            version.decision.definition.code, version.decision.definition.name, version.decision.key,
            version.decision.name, version.number, version.created_at, version.pk,
        )
        for version in newest
    )  # fmt: skip


def decision_view(actor: Actor, process: str, key: str, number: int | None = None) -> DecisionView:
    """A decision table: the newest version, or the one asked for. NotFound otherwise. 4 queries."""
    decision = Decision.objects.select_related("definition").filter(definition__code=process, key=key).first()
    if decision is None:
        raise NotFound
    large = ("dmn", "brought_by__bpmn", "brought_by__content", "brought_by__layout")
    versions = tuple(decision.versions.select_related("author", "brought_by").defer(*large))
    version = next((v for v in versions if number is None or v.number == number), None)
    if version is None:
        raise NotFound
    raw, current = table_of(decision_model(version.pk), key), [c for c in contents_in_effect() if c.code == process]
    return DecisionView(
        decision=decision, process_code=process, process_name=decision.definition.name, version=version,
        newest=version == versions[0], table=view_of(decision_model(version.pk), key), versions=versions, raw=raw,
        asked=any(key in one.tables for one in current), words=_words(current, raw),
    )  # fmt: skip


def _words(current: Sequence[Content], table: Table) -> tuple[InputWords, ...]:
    """The choices behind a table's input columns, from the forms of the version in effect."""
    forms = [form for one in current for form in one.forms.values()]
    fields = {field.name: field for form in forms for field in form if field.choices}
    return tuple(
        InputWords(
            column.label or str(field.label), tuple((choice.code, str(choice.label)) for choice in field.choices)
        )
        for column in table.inputs
        if (field := fields.get(column.expression.strip())) is not None
    )
