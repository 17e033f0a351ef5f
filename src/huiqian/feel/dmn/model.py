"""A model as values: frozen, so that a change is a new model (`dataclasses.replace`) and the old one stays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from huiqian.feel.errors import Warning

if TYPE_CHECKING:
    from huiqian.feel.dmn.deciding import Program

HIT_POLICIES = {
    "U": "UNIQUE", "A": "ANY", "P": "PRIORITY", "F": "FIRST", "C": "COLLECT", "R": "RULE ORDER", "O": "OUTPUT ORDER",
}  # fmt: skip
AGGREGATIONS = {"+": "SUM", "<": "MIN", ">": "MAX", "#": "COUNT"}


@dataclass(frozen=True, slots=True)
class Variable:
    """A name and the type its value has ("" for any)."""

    name: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class InputClause:
    """A table's input column: what is tested, and which values it may have (unary tests, "" for any)."""

    expression: str
    label: str = ""
    type: str = ""
    values: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class OutputClause:
    """A table's output column; `values` lists what it may say, the most important first; `default` if no rule fits."""

    name: str = ""
    label: str = ""
    type: str = ""
    values: str = ""
    default: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: unary tests, an expression per output, and a note for people."""

    id: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table (DMN 1.3 §8). `hit_policy` is one letter (U A P F C R O), `aggregation` one of + < > # or ""."""

    hit_policy: str
    aggregation: str
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Literal:
    """An expression in words of FEEL."""

    text: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Invocation:
    """A business knowledge model (or function) called with named arguments."""

    function: str
    bindings: tuple[tuple[str, "Logic"], ...]
    type: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """Entries that may read the ones above; the last may be nameless: then it is the result."""

    entries: tuple[tuple[Variable | None, "Logic"], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of expressions."""

    items: tuple["Logic", ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows of named cells: a list of contexts."""

    columns: tuple[str, ...]
    rows: tuple[tuple["Logic", ...], ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A function: parameters and body."""

    parameters: tuple[Variable, ...]
    body: "Logic"


Logic: TypeAlias = Table | Literal | Invocation | Context | Listing | Relation | Definition


@dataclass(frozen=True, slots=True)
class InputData:
    """Something that comes from outside."""

    id: str
    variable: Variable


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision: what it needs (ids of decisions, inputs and knowledge models) and how it is made.

    `table` where it is a decision table, else `logic`.
    """

    id: str
    variable: Variable
    name: str = ""
    decisions: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()
    table: Table | None = None
    logic: Logic | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A business knowledge model: a function with a name, and the other ones it calls."""

    id: str
    variable: Variable
    definition: Definition
    knowledge: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemType:
    """A type of the model's own: based on another type, perhaps a list, perhaps limited, or made of components."""

    name: str
    type: str = ""
    collection: bool = False
    values: str = ""
    components: tuple["ItemType", ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision came to: its value, the ids of the rules it comes from, and why anything is null."""

    value: object
    matched: tuple[str, ...] = ()
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True)
class Model:
    """A DMN file: decisions, inputs and knowledge models by id, types by name; `source` is the XML it was read from."""

    id: str
    name: str
    namespace: str
    decisions: Mapping[str, Decision]
    inputs: Mapping[str, InputData] = field(default_factory=dict)
    knowledge: Mapping[str, Knowledge] = field(default_factory=dict)
    types: Mapping[str, ItemType] = field(default_factory=dict)
    source: bytes = field(default=b"", repr=False)

    def decide(self, decision: str, inputs: Mapping[str, object], *, now: datetime | None = None) -> Decided:
        """Make a decision (by id, or by name) from inputs (by name); the decisions it needs are made on the way.

        KeyError where there is no such decision; ExpressionError ("budget") where it needs too much.
        """
        return self.program.decide(decision, inputs, now)

    @cached_property
    def program(self) -> "Program":
        """The model compiled; made at the first decision. Raises DecisionRefused."""
        from huiqian.feel.dmn.deciding import Program

        return Program(self)
