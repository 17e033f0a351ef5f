"""What the handbook is made of: chapters, processes, steps, positions; plain values in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from huiqian.diagram import Layout
from huiqian.insight.queries.duties import Duties, RaciTable


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a code and a name: a position, a process, a document, a step (by its element)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A diagram to draw: the layout with today's lanes, and who holds them."""

    layout: Layout
    heads: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Way:
    """One way on from a branching: when it is taken, and where it leads."""

    when: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branching:
    """What is asked behind a step. `kind` is one (one way is taken), some (each that fits), all (at once) or event."""

    kind: str
    question: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class DecisionPart:
    """A decision table in words; the first `inputs` of its heads ask, the others answer, the last is the note."""

    key: str
    name: str
    version: int
    policy: str
    inputs: int
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `kind` is do, approve, part (a part with steps of its own), call, rule, system or wait.

    `how` are sentences on who exactly does it and how many agree; `answers` the buttons where they have names of their
    own; `returns` the steps it may send the case back to.
    """

    element: str
    number: str
    name: str
    kind: str
    positions: tuple[Named, ...]
    lane: str
    words: str
    how: tuple[str, ...]
    form: str
    writes: str
    signs: str
    due: str
    answers: tuple[str, ...]
    returns: tuple[Named, ...]
    branchings: tuple[Branching, ...]
    decision: DecisionPart | None


@dataclass(frozen=True, slots=True)
class StepGroup:
    """The steps that make up one step of the company's own numbering; "" for what it only notes."""

    number: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document that a process makes: where it is written, who signs it, whether each member has one of their own."""

    key: str
    name: str
    each: bool
    written: tuple[Named, ...]
    signed: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class LinkLine:
    """What a process receives from another one or hands on to it: how, with which document, into which fields."""

    process: Named
    kind: str
    how: str
    document: str
    fields: tuple[str, ...]
    step: str


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of a form: what it asks, of which type, whether it has to be answered, what else is to know."""

    label: str
    kind: str
    required: str
    note: str
    column: bool = False


@dataclass(frozen=True, slots=True)
class FormPart:
    """A form with its sections; `steps` fill it in."""

    key: str
    name: str
    steps: tuple[Named, ...]
    sections: tuple[tuple[str, tuple[FieldLine, ...]], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A position's signature in the joint review of the version in effect; `person` says for whom, if for another."""

    position: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProcessChapter:
    """Everything that the handbook says of one process."""

    code: str
    name: str
    name_zh: str
    name_en: str
    department: str
    version: int
    since: datetime | None
    signed: tuple[Signature, ...]
    provisional: bool
    purpose: str
    begins: str
    watch: tuple[Named, ...]
    picture: Picture
    groups: tuple[StepGroup, ...]
    documents: tuple[DocumentLine, ...]
    receives: tuple[LinkLine, ...]
    hands_on: tuple[LinkLine, ...]
    forms: tuple[FormPart, ...]


@dataclass(frozen=True, slots=True)
class PositionLine:
    """A position: who holds it today, and who is asked where nobody does, or once its holders have left.

    `risk` is none (nobody holds it), one (a single person does) or "" (several do); `via` is superior or administrator.
    """

    code: str
    name: str
    department: str
    superior: str
    groups: tuple[str, ...]
    holders: tuple[str, ...]
    deputies: tuple[str, ...]
    risk: str
    stand_in: tuple[str, ...]
    via: str
    stand_in_words: str
    steps: tuple[tuple[str, Named], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One of the general rules (G1–G3), with the sentence that tells how the system keeps it."""

    code: str
    text: str
    kept: str


@dataclass(frozen=True, slots=True)
class Handbook:
    """《市场部工作职责与工作流程》 as it is in effect on a day."""

    title: str
    company: str
    day: date
    rules: tuple[Rule, ...]
    reviewers: tuple[Named, ...]
    processes: tuple[ProcessChapter, ...]
    without: tuple[Named, ...]
    map: Picture
    links: tuple[tuple[Named, LinkLine], ...]
    duties: tuple[Duties, ...]
    raci: tuple[RaciTable, ...]
    positions: tuple[PositionLine, ...]
