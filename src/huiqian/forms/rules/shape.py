"""What a form is made of: sections of fields, as frozen values that all requests share."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from huiqian.base.languages import pick
from huiqian.feel import Expression

TEXTS = frozenset({"text", "long_text"})
NUMBERS = frozenset({"number", "integer", "money"})
DIRECTORY = frozenset({"person", "department", "position"})
# What is kept in a register above this room: its entries are looked up by a wire of the type's name.
REGISTERS = frozenset({"customer", "product", "stock_item", "event_template", "research_report"})
CELLS = TEXTS | NUMBERS | DIRECTORY | REGISTERS | {"date", "choice", "boolean"}
TYPES = CELLS | {"date_range", "choices", "files", "table"}

PRODUCT = re.compile(r"\s*([a-z][a-z0-9_]*)\s*\*\s*([a-z][a-z0-9_]*)\s*")

EDIT, READ, HIDDEN = "edit", "read", "hidden"


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence or a name in both languages; as text it is in the reader's."""

    zh: str = ""
    en: str = ""

    def __str__(self) -> str:
        return pick(self.zh, self.en)

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a choice: the code that is kept, the words that are shown."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True)
class Check:
    """A rule over several answers: where it is not true, its words are told next to the field."""

    rule: Expression
    words: Words


@dataclass(frozen=True, slots=True)
class Field:
    """A question. `min` and `max` bound numbers; lengths are in characters; rows count a table's rows or the files.

    `proof`: files on whose pictures and pages pins are set. `claims`: the list of advertising words is looked
    for in this text; it names the field that says why some stay.
    """

    name: str
    type: str
    label: Words
    help: Words = Words()
    unit: Words = Words()
    required: bool = False
    width: int = 1
    min: Decimal | None = None
    max: Decimal | None = None
    places: int = 6
    min_length: int = 0
    max_length: int = 0
    min_rows: int = 0
    max_rows: int = 0
    choices: tuple[Choice, ...] = ()
    columns: tuple["Field", ...] = ()
    totals: tuple[str, ...] = ()
    capitals: bool = False
    proof: bool = False
    claims: str = ""
    show_if: Expression | None = None
    required_if: Expression | None = None
    compute: Expression | None = None
    default_from: Expression | None = None
    check: Check | None = None
    default: object = None
    example: object = None
    formula: str = ""
    condition: str = ""

    @property
    def product(self) -> tuple[str, ...]:
        """The two columns that this one multiplies, where it does just that: pages can then show it while typing."""
        found = PRODUCT.fullmatch(self.formula)
        return found.groups() if found else ()

    def total_name(self, column: str) -> str:
        """The name under which a table's total is kept: "budget_total"; further ones carry their column."""
        return f"{self.name}_total" if column == self.totals[0] else f"{self.name}_{column}_total"

    def total_names(self) -> tuple[str, ...]:
        """The names of all totals of this table."""
        return tuple(self.total_name(column) for column in self.totals)

    def column(self, name: str) -> "Field":
        """A column by its name."""
        return next(column for column in self.columns if column.name == name)

    def choice(self, code: object) -> Choice | None:
        """The choice with this code."""
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form with a heading."""

    title: Words
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Questions in sections. Immutable; read once with a process version, then shared."""

    key: str
    name: Words
    sections: tuple[Section, ...]
    by_name: Mapping[str, Field] = field(default_factory=dict, compare=False)
    totals: Mapping[str, Field] = field(default_factory=dict, compare=False)

    def __iter__(self) -> Iterator[Field]:
        """All fields, in order."""
        return iter(self.by_name.values())

    @property
    def names(self) -> frozenset[str]:
        """All names that answers to this form are kept under, totals included."""
        return frozenset(self.by_name) | frozenset(self.totals)

    def file_ids(self, values: Mapping[str, object]) -> list[str]:
        """The ids of all files that answers name, in the form's order."""
        ids: list[str] = []
        for one in self:
            named = values.get(one.name) if one.type == "files" else None
            if isinstance(named, list):
                ids += [value for value in named if value not in ids]
        return ids
