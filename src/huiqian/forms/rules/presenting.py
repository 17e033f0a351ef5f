"""Makes a form's faces: what a page shows of it for given answers, rights and errors."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiqian.base.errors import Text
from huiqian.forms.rules.capitals import LIMIT, capitals
from huiqian.forms.rules.checking import Checked, Directory, check_answers
from huiqian.forms.rules.faces import (
    FieldFace,
    FileFace,
    FormView,
    NamedFile,
    OptionFace,
    RowFace,
    SectionFace,
    TableFace,
    TotalFace,
)
from huiqian.forms.rules.kinds import grouped
from huiqian.forms.rules.registers import Register
from huiqian.forms.rules.rows import is_blank
from huiqian.forms.rules.shape import DIRECTORY, EDIT, HIDDEN, NUMBERS, READ, REGISTERS, Field, Form, Section

# The width of one column of the page, in pixels: what a row of buttons may take.
COLUMN = 230
# More people (departments, positions) than this are typed, with suggestions: a list in every row would be endless.
MANY = 60
BLANK = "__row__"


def present(
    form: Form,
    values: Mapping[str, object],
    *,
    today: date,
    rights: Mapping[str, str] | None = None,
    errors: Mapping[str, Sequence[Text]] | None = None,
    known: Mapping[str, object] | None = None,
    variables: Mapping[str, object] | None = None,
    directory: Directory | None = None,
    files: Mapping[str, NamedFile] | None = None,
    most_rows: int | None = None,
) -> FormView:
    """A form as a page shows it. `values` may be canonical or half typed: what was typed is shown unchanged, what is
    computed is computed from it. The other arguments are check_answers'; `files` names the files by their ids;
    `most_rows`: of a longer table that is only read, so many rows are shown and the others counted.
    """
    given = {name: value for name, value in values.items() if name in form.names}
    may = rights or {}
    raw = {name: value for name, value in given.items() if may.get(name, EDIT) == EDIT}
    kept = {**(known or {}), **given}
    checked = check_answers(
        form, raw, today=today, rights=may, known=kept, variables=variables, partial=True, directory=directory
    )
    return _Presenting(form, raw, may, errors or {}, checked, directory, files or {}, most_rows).view()


def reading(
    form: Form,
    values: Mapping[str, object],
    *,
    today: date,
    variables: Mapping[str, object] | None = None,
    directory: Directory | None = None,
    files: Mapping[str, NamedFile] | None = None,
    most_rows: int | None = None,
) -> FormView:
    """A form to read, nothing to fill in."""
    rights = dict.fromkeys(form.by_name, READ)
    return present(
        form, values, today=today, rights=rights, known=values, variables=variables, directory=directory, files=files,
        most_rows=most_rows,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Presenting:
    form: Form
    raw: Mapping[str, object]
    rights: Mapping[str, str]
    errors: Mapping[str, Sequence[Text]]
    checked: Checked
    directory: Directory | None
    files: Mapping[str, NamedFile]
    most_rows: int | None = None

    def view(self) -> FormView:
        sections = [self.section(section) for section in self.form.sections]
        shown = [section for section in sections if section.fields]
        return FormView(self.form.key, str(self.form.name), shown, self.checked.values, self.lists())

    def lists(self) -> Mapping[str, Mapping[str, str]]:
        """The registers that something on this page is chosen from: one list each, however many fields share it."""
        seen = [field for field in self.form if self.seen(field) and self.rights.get(field.name, EDIT) == EDIT]
        kinds = {one.type for field in seen for one in (field, *field.columns)} & REGISTERS
        lists = {kind: self.register(kind).open for kind in sorted(kinds)}
        people = {one.type for field in seen for one in (field, *field.columns) if self.widget(one) == "entry"}
        return lists | ({"person": self.directory.people} if people and self.directory is not None else {})

    def register(self, kind: str) -> Register:
        return self.directory.register(kind) if self.directory is not None else Register()

    def section(self, section: Section) -> SectionFace:
        fields = [self.field(field, len(section.fields) == 1) for field in section.fields if self.seen(field)]
        return SectionFace(str(section.title), fields)

    def seen(self, field: Field) -> bool:
        right = self.rights.get(field.name, EDIT)
        # A field that may be filled in stays in the page while it is not asked, hidden: what was typed is not lost.
        return right != HIDDEN and (right == EDIT or field.name in self.checked.shown)

    def field(self, field: Field, alone: bool) -> FieldFace:
        editable = self.rights.get(field.name, EDIT) == EDIT and (field.compute is None)
        value = self.raw.get(field.name, self.checked.values.get(field.name)) if editable else None
        canonical = self.checked.values.get(field.name)
        asked = field.name in self.checked.shown
        if editable and value is None and not asked and field.name not in self.raw:
            # It waits in the page, hidden, with what would stand there at first.
            value = field.default
        return self.face(
            field, field.name, value, canonical, editable=editable,
            asked=asked, label_hidden=alone and field.type in {"table", "files"},
            with_unit=editable and bool(field.unit) and field.type in NUMBERS,
            table=self.table(field, editable) if field.type == "table" else None,
            needed=field.name in self.checked.needed,
        )  # fmt: skip

    def face(
        self, field: Field, path: str, value: object, canonical: object, *, editable: bool, asked: bool = True,
        label_hidden: bool = False, with_unit: bool = False, table: TableFace | None = None, needed: bool = False,
    ) -> FieldFace:  # fmt: skip
        ends = value if field.type == "date_range" and isinstance(value, Mapping) else {}
        return FieldFace(
            name=field.name, path=path, type=field.type, label=str(field.label),
            help=str(field.help) if editable else "", unit=str(field.unit), width=field.width,
            required=(field.required or needed) and editable, editable=editable,
            computed=field.compute is not None, asked=asked, label_hidden=label_hidden, widget=self.widget(field),
            value=self.typed_in(field, value), start=_typed_in(ends.get("start")), end=_typed_in(ends.get("end")),
            text=self.words(field, canonical), errors=tuple(self.errors.get(path, ())),
            options=self.options(field, value) if editable else (),
            files=self.file_faces(value if editable else canonical) if field.type == "files" else (),
            table=table, max_length=field.max_length, max_rows=field.max_rows, places=field.places,
            product=" ".join(field.product), with_unit=with_unit,
        )  # fmt: skip

    def typed_in(self, field: Field, value: object) -> str:
        words = _typed_in(value)
        if self.widget(field) == "entry" and words in self.listed(field):
            return f"{self.listed(field)[words]} {words}"
        return self.register(field.type).written(words) if field.type in REGISTERS and words else words

    def widget(self, field: Field) -> str:
        if field.type == "person" and len(self.listed(field)) > MANY:
            return "entry"
        if field.type != "choice":
            return "select" if field.type in DIRECTORY else field.type
        return "segmented" if _fits_in_a_row(field) else "select"

    def options(self, field: Field, value: object) -> Sequence[OptionFace]:
        chosen = value if isinstance(value, list) else [value]
        if field.type in DIRECTORY:
            return tuple(OptionFace(code, name, code in chosen) for code, name in self.listed(field).items())
        return tuple(OptionFace(choice.code, str(choice.label), choice.code in chosen) for choice in field.choices)

    def listed(self, field: Field) -> Mapping[str, str]:
        if self.directory is None:
            return {}
        lists = {"person": self.directory.people, "department": self.directory.departments}
        return lists.get(field.type, self.directory.positions)

    def file_faces(self, value: object) -> Sequence[NamedFile]:
        ids = value if isinstance(value, list) else []
        return tuple(self.files.get(str(one), FileFace(str(one), _("unknown file"), 0)) for one in ids)

    def words(self, field: Field, value: object) -> str:
        if field.type in REGISTERS:
            return self.register(field.type).written(str(value)) if value else ""
        return answer_text(field, value, self.listed(field) if field.type in DIRECTORY else {})

    def table(self, field: Field, editable: bool) -> TableFace:
        raw = self.raw.get(field.name) if editable else None
        kept = self.checked.values.get(field.name)
        canonical = list(kept) if isinstance(kept, list) else []
        typed_rows = raw if isinstance(raw, list) else list(canonical)
        rows: list[RowFace] = []
        shown = typed_rows if editable else typed_rows[: self.most_rows]
        for place, row in enumerate(shown):
            settled = {} if is_blank(field, row) or not canonical else canonical.pop(0)
            rows.append(self.row(field, str(place), row if isinstance(row, Mapping) else {}, settled, editable))
        blank = self.row(field, BLANK, {}, {}, editable) if editable else None
        if editable and not rows:
            rows.append(self.row(field, "0", {}, {}, editable))
        heads = [self.face(column, column.name, None, None, editable=editable) for column in field.columns]
        return TableFace(field.name, heads, rows, blank, self.totals(field), editable, field.max_rows, len(typed_rows))

    def row(
        self, field: Field, index: str, typed_in: Mapping[str, object], settled: Mapping[str, object], editable: bool
    ) -> RowFace:
        cells = [
            self.face(
                column, f"{field.name}.{index}.{column.name}", typed_in.get(column.name, column.default),
                settled.get(column.name), editable=editable and column.compute is None,
            )
            for column in field.columns
        ]  # fmt: skip
        return RowFace(index, int(index) + 1 if index != BLANK else 0, cells)

    def totals(self, field: Field) -> Sequence[TotalFace]:
        faces = []
        for name in field.totals:
            total = self.checked.values.get(field.total_name(name))
            amount = Decimal(total) if isinstance(total, str) else Decimal(0)
            words = capitals(amount) if field.capitals and abs(amount) < LIMIT else ""
            column = field.column(name)
            place = [one.name for one in field.columns].index(name)
            text = answer_text(column, str(amount))
            faces.append(TotalFace(field.total_name(name), name, str(column.label), text, words, place))
        return tuple(faces)


def answer_text(field: Field, value: object, names: Mapping[str, str] | None = None) -> str:
    """An answer in words: "1,234.00", "年度", "2026-10-08 至 2026-12-18"; empty where there is none."""
    if value is None or value in ("", []):
        return ""
    if field.type in NUMBERS and isinstance(value, str):
        return f"{Decimal(value):,.2f}" if field.type == "money" else grouped(Decimal(value))
    if field.type == "choice":
        chosen = field.choice(value)
        return str(chosen.label) if chosen else str(value)
    if field.type == "choices" and isinstance(value, list):
        return pgettext("between items of a list", ", ").join(
            str(choice.label) for choice in field.choices if choice.code in value
        )
    if field.type == "date_range" and isinstance(value, Mapping):
        return _("%(start)s to %(end)s") % {"start": value.get("start"), "end": value.get("end")}
    if field.type == "boolean":
        return _("yes") if value else _("no")
    if field.type in DIRECTORY:
        return (names or {}).get(str(value), str(value))
    return str(value) if isinstance(value, str) else ""


def _typed_in(value: object) -> str:
    """What stands in an input: text as it was typed."""
    if value is None or isinstance(value, (list, Mapping)):
        return ""
    if isinstance(value, bool):
        return "true" if value else ""
    return str(value)


def _fits_in_a_row(field: Field) -> bool:
    def wide(char: str) -> int:
        return 14 if unicodedata.east_asian_width(char) in "WF" else 7

    needed = sum(30 + sum(wide(char) for char in str(choice.label)) for choice in field.choices)
    return len(field.choices) <= 4 and needed <= COLUMN * field.width
