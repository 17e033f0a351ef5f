"""Answers to a form that are accepted: what programs are given to begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from huiqian.base.clock import COMPANY_ZONE
from huiqian.feel import Expression, ExpressionError
from huiqian.forms.rules.checking import Directory
from huiqian.forms.rules.kinds import Wrong, clean
from huiqian.forms.rules.shape import EDIT, NUMBERS, REGISTERS, TEXTS, Field, Form
from huiqian.forms.rules.views import plain, typed_value


def example(
    form: Form,
    variables: Mapping[str, object] | None = None,
    directory: Directory | None = None,
    rights: Mapping[str, str] | None = None,
    today: date | None = None,
) -> dict[str, object]:
    """Answers that are accepted, as the form's file gives them, of the fields that may be edited and are asked then.

    What follows from the case (default_from) is as the case has it on the company's day `today`, and left out where
    no case is given.
    """
    now = datetime.combine(today, time(), COMPANY_ZONE) if today else None
    return _Exemplifying(form, variables, directory, rights or {}, now).run()


@dataclass(slots=True)
class _Exemplifying:
    form: Form
    variables: Mapping[str, object] | None
    directory: Directory | None
    rights: Mapping[str, str]
    now: datetime | None
    values: dict[str, object] = field(default_factory=dict)

    def run(self) -> dict[str, object]:
        for one in self.form:
            if one.compute is None and self.rights.get(one.name, EDIT) == EDIT and self.is_asked(one):
                value = self.known_entries(one, self.first(one))
                if value is not None:
                    self.values[one.name] = value
        return self.values

    def is_asked(self, one: Field) -> bool:
        return one.show_if is None or self.said(one.show_if) is True

    def said(self, expression: Expression) -> object:
        """What an expression says where these are the answers so far; null where it cannot be judged."""
        try:
            return expression.evaluate({name: self.look_up(name) for name in expression.names}, now=self.now)
        except ExpressionError:
            return None

    def look_up(self, name: str) -> object:
        if name in self.values:
            return typed_value(self.form.by_name[name], self.values[name])
        return (self.variables or {}).get(name)

    def first(self, one: Field) -> object:
        """What stands in a field at first; the file's example where the case gives nothing."""
        if one.default_from is None:
            return _sample(one)
        if self.variables is None:
            return None
        value = plain(self.said(one.default_from))
        try:
            found = _first_rows(one, value) if one.type == "table" else clean(one, value)
        except Wrong:
            found = None
        return _sample(one) if found is None else found

    def known_entries(self, one: Field, value: object) -> object:
        """Customers and products that the register does not have are replaced by its first one."""
        if one.type == "table" and isinstance(value, list):
            columns = {column.name: column for column in one.columns}
            return [{name: self.known_entries(columns[name], cell) for name, cell in row.items()} for row in value]
        if one.type in REGISTERS and self.directory is not None and value is not None:
            entries = self.directory.register(one.type).open
            return value if value in entries else next(iter(entries), value)
        return value


def _first_rows(table: Field, rows: object) -> object:
    """The rows that a table begins with, as a program would send them, with examples for the cells that they lack."""
    columns = [column for column in table.columns if column.compute is None]
    known = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    return [_whole_row(columns, row) for row in known] or None


def _whole_row(columns: Sequence[Field], known: Mapping[str, object]) -> dict[str, object]:
    row = {column.name: known[column.name] for column in columns if known.get(column.name) is not None}
    for column in columns:
        needed = column.required or (column.required_if is not None and column.required_if.evaluate(row) is True)
        if column.name not in row and needed:
            row[column.name] = _sample(column)
    return row


def _sample(field: Field) -> object:
    if field.example is not None:
        return field.example
    if field.type == "table":
        row = {c.name: value for c in field.columns if c.compute is None and (value := _sample(c)) is not None}
        return [dict(row) for _ in range(max(field.min_rows, 1))]
    if field.default is not None:
        return field.default
    if not field.required:
        return None
    samples: dict[str, object] = {
        "text": ("示例文字" * 60)[: max(field.min_length, 4)], "date": "2026-10-08", "boolean": True,
        "date_range": {"start": "2026-10-08", "end": "2026-12-18"},
        "choice": field.choices[0].code if field.choices else None,
        "choices": [field.choices[0].code] if field.choices else None,
        "person": "marketing_manager", "position": "marketing_manager", "department": "marketing",
        "customer": "C-001", "product": "P-001",
    }  # fmt: skip
    if field.type in NUMBERS:
        return str(field.min if field.min is not None else (field.max if field.max is not None else 1))
    return samples.get("text" if field.type in TEXTS else field.type)
