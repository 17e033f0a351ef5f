"""What a page shows of a form: sections of fields with labels, values, words to read, errors. No HTML in here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from huiqian.base.errors import Text
from huiqian.forms.rules.shape import REGISTERS


@dataclass(frozen=True, slots=True)
class OptionFace:
    """A choice as a page offers it."""

    code: str
    label: str
    selected: bool


class NamedFile(Protocol):
    """A file as far as a page names it."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def size(self) -> int:
        """Its size in bytes."""

    @property
    def icon(self) -> str:
        """Which picture stands for its type: pdf, doc, xls, img or any."""

    @property
    def preview(self) -> str:
        """Whether it can be seen: made, waiting, none, or empty."""


@dataclass(frozen=True, slots=True)
class FileFace:
    """A file as a page names it; `icon` is pdf, doc, xls, img or any."""

    id: str
    name: str
    size: int
    type: str = ""
    checksum: str = ""
    preview: str = ""

    @property
    def icon(self) -> str:
        """Which picture stands for its type."""
        if self.type.startswith("image/"):
            return "img"
        ending = self.name.rsplit(".", 1)[-1].lower()
        return {"pdf": "pdf", "doc": "doc", "docx": "doc", "xls": "xls", "xlsx": "xls", "csv": "xls"}.get(ending, "any")


@dataclass(frozen=True, slots=True)
class FieldFace:
    """A question (or a table's cell): what is in its input, what it reads as, what is wrong with it.

    `value` is what stands in the input, unchanged if it was typed; `text` is the answer in words.
    """

    name: str
    path: str
    type: str
    label: str
    help: str = ""
    unit: str = ""
    width: int = 1
    required: bool = False
    editable: bool = True
    computed: bool = False
    asked: bool = True
    label_hidden: bool = False
    widget: str = ""
    value: str = ""
    start: str = ""
    end: str = ""
    text: str = ""
    errors: Sequence[Text] = ()
    # What is worth knowing of the answer, and stands in nobody's way.
    warnings: Sequence[Text] = ()
    # Words to think over before it is handed in; another room's, as its template shows them.
    claims: Sequence[object] = ()
    options: Sequence[OptionFace] = ()
    files: Sequence[NamedFile] = ()
    table: "TableFace | None" = None
    max_length: int = 0
    max_rows: int = 0
    places: int = 0
    product: str = ""
    with_unit: bool = False

    @property
    def is_group(self) -> bool:
        """Whether several inputs answer it together: a fieldset with a legend."""
        return self.table is not None or self.type in {"choices", "files", "date_range"} or self.widget == "segmented"

    @property
    def is_fact(self) -> bool:
        """Whether it reads as a label and a value."""
        return self.table is None and self.type != "files"

    @property
    def head_id(self) -> str:
        """The id of the head of this cell's column."""
        return "head-{0}-{2}".format(*self.path.split("."))

    @property
    def blank_file(self) -> FileFace:
        """An empty file to copy."""
        return FileFace("", "", 0)

    @property
    def described_by(self) -> str:
        """The ids of the help, the warnings and the error, for aria-describedby."""
        ids = [f"help-{self.path}"] if self.help else []
        ids += [f"warning-{self.path}"] if self.warnings else []
        ids += [f"claims-{self.path}"] if self.claims else []
        return " ".join([*ids, f"error-{self.path}"] if self.errors else ids)

    @property
    def is_entry(self) -> bool:
        """Whether it is chosen from a register."""
        return self.type in REGISTERS

    @property
    def is_number(self) -> bool:
        """Whether it is right-aligned."""
        return self.type in {"number", "integer", "money"}


@dataclass(frozen=True, slots=True)
class RowFace:
    """A row of a table, with its cells in the columns' order."""

    index: str
    number: int
    cells: Sequence[FieldFace]

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.value or cell.text for cell in self.cells)

    @property
    def errors(self) -> bool:
        """Whether one of its cells is wrong."""
        return any(cell.errors for cell in self.cells)


@dataclass(frozen=True, slots=True)
class TotalFace:
    """A table's total under its column; `words` is the amount in capitals."""

    name: str
    column: str
    label: str
    text: str
    words: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class TableFace:
    """A table: heads, rows, an empty row to copy, totals. `editable` tables have buttons for their rows."""

    name: str
    columns: Sequence[FieldFace]
    rows: Sequence[RowFace]
    blank: RowFace | None
    totals: Sequence[TotalFace]
    editable: bool
    max_rows: int
    all_rows: int = 0

    @property
    def more(self) -> bool:
        """Whether only the first of its rows are shown."""
        return self.all_rows > len(self.rows)

    @property
    def capitals(self) -> str:
        """The first total in capitals (大写金额), empty where the form does not ask for it."""
        return next((total.words for total in self.totals if total.words), "")

    @property
    def total_span(self) -> int:
        """How many cells lie before the first total, the number's cell included."""
        return 1 + self.totals[0].place if self.totals else 0

    @property
    def total_cells(self) -> Sequence[TotalFace | None]:
        """The total under each column from the first total on; None where a column has none."""
        if not self.totals:
            return []
        places = {total.place: total for total in self.totals}
        return [places.get(place) for place in range(self.total_span - 1, len(self.columns))]

    @property
    def full(self) -> bool:
        """Whether no row can be added."""
        return len(self.rows) >= self.max_rows


@dataclass(frozen=True, slots=True)
class SectionFace:
    """A section with the fields that this reader gets to see."""

    title: str
    fields: Sequence[FieldFace]

    @property
    def count(self) -> int:
        """How many rows or files the section holds, where it is one table or one list of files; else 0."""
        if len(self.fields) != 1:
            return 0
        only = self.fields[0]
        if only.table is None:
            return len(only.files)
        return only.table.all_rows if only.table.more else sum(not row.blank for row in only.table.rows)

    @property
    def has_facts(self) -> bool:
        """Whether anything in it reads as a label and a value."""
        return any(one.is_fact for one in self.fields)

    @property
    def editable(self) -> bool:
        """Whether anything in it can be filled in."""
        return any(one.editable for one in self.fields)


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as a page shows it, for filling in and for reading."""

    key: str
    name: str
    sections: Sequence[SectionFace]
    values: Mapping[str, object] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[FieldFace]:
        """All fields, in order."""
        return (one for section in self.sections for one in section.fields)

    def warned(self, warnings: Mapping[str, Sequence[Text]]) -> "FormView":
        """The same with warnings at the fields that are filled in, by their names."""
        sections = [
            replace(
                section,
                fields=[
                    replace(one, warnings=warnings.get(one.name, ())) if one.editable else one for one in section.fields
                ],
            )
            for section in self.sections
        ]
        return replace(self, sections=sections)

    @property
    def to_fill(self) -> "FormView":
        """Only what can be filled in."""
        return self._only(True)

    @property
    def read_only(self) -> "FormView":
        """Only what can be read and not changed."""
        return self._only(False)

    @property
    def editable(self) -> bool:
        """Whether anything in it can be filled in."""
        return any(section.editable for section in self.sections)

    @property
    def has_errors(self) -> bool:
        """Whether anything is wrong."""
        return any(one.errors or (one.table and any(row.errors for row in one.table.rows)) for one in self)

    def _only(self, editable: bool) -> "FormView":
        kept = [
            SectionFace(
                section.title, [one for one in section.fields if one.editable == editable and (editable or one.asked)]
            )
            for section in self.sections
        ]
        lists = self.lists if editable else {}
        return replace(self, sections=[section for section in kept if section.fields], lists=lists)
