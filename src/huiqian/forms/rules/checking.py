"""Checks the answers to a form: the one gate that pages, programs and drafts come through."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as item
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Text
from huiqian.feel import Expression, ExpressionError
from huiqian.forms.rules.kinds import GREATEST, Wrong, clean, decimal_text, short
from huiqian.forms.rules.registers import Register
from huiqian.forms.rules.rows import is_blank
from huiqian.forms.rules.shape import DIRECTORY, EDIT, HIDDEN, NUMBERS, READ, REGISTERS, Field, Form
from huiqian.forms.rules.views import Typed, plain, typed_value

Values = dict[str, object]
Errors = dict[str, list[Text]]


class Directory(Protocol):
    """Who and what the organisation has: code → name."""

    @property
    def people(self) -> Mapping[str, str]:
        """Everybody with an account, by login."""

    @property
    def departments(self) -> Mapping[str, str]:
        """All departments, by code."""

    @property
    def positions(self) -> Mapping[str, str]:
        """All positions, by code."""

    def register(self, kind: str) -> Register:
        """The register of customers or products."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The answers as they will be kept, and what is wrong with them: path → sentences. `shown` are the fields asked,
    `needed` those of them that must be answered when the form is handed in.

    None stands for an answer that was there before and is taken back.
    """

    values: Values
    errors: Errors
    shown: frozenset[str]
    needed: frozenset[str] = frozenset()


def check_answers(
    form: Form,
    raw: Mapping[str, object],
    *,
    today: date,
    rights: Mapping[str, str] | None = None,
    known: Mapping[str, object] | None = None,
    variables: Mapping[str, object] | None = None,
    partial: bool = False,
    directory: Directory | None = None,
) -> Checked:
    """Read `raw` (posted text or JSON) against the form; what is computed is computed here, never taken from outside.

    `rights` says per field edit (the default), read or hidden; `known` are the case's values: they stay for fields
    that may not be edited or were not sent. `partial` leaves out what is only true of finished answers (required
    fields, least rows and rules over several answers). `directory` lets people and departments be looked up.
    """
    return _Checking(
        form, raw, today, rights or {}, known or {}, known or {} if variables is None else variables, partial, directory
    ).run()


@dataclass(slots=True)
class _Checking:
    form: Form
    raw: Mapping[str, object]
    today: date
    rights: Mapping[str, str]
    known: Mapping[str, object]
    variables: Mapping[str, object]
    partial: bool
    directory: Directory | None
    values: Values = item(default_factory=dict)
    errors: Errors = item(default_factory=dict)
    shown: set[str] = item(default_factory=set)
    needed: set[str] = item(default_factory=set)

    def run(self) -> Checked:
        self.refuse_unknown()
        for field in self.form:
            self.take(field)
        for field in self.form:
            self.settle(field)
        if not self.partial:
            for field in self.form:
                self.check_rule(field)
        self.take_back()
        return Checked(self.values, self.errors, frozenset(self.shown), frozenset(self.needed))

    def take_back(self) -> None:
        """What was answered before and no longer is: said by None, so that whoever keeps the values forgets it."""
        for name in self.form.names:
            if name not in self.values and self.known.get(name) is not None:
                self.values[name] = None

    def wrong(self, path: str, sentence: Text) -> None:
        self.errors.setdefault(path, []).append(sentence)

    def may_edit(self, field: Field) -> bool:
        return self.rights.get(field.name, EDIT) == EDIT and field.compute is None

    def refuse_unknown(self) -> None:
        names = self.form.names
        for name in self.raw:
            if name not in names:
                near = difflib.get_close_matches(str(name), names, 1)
                self.wrong(
                    str(name),
                    format_lazy(_("There is no field of this name; is “{name}” meant?"), name=near[0])
                    if near
                    else _("There is no field of this name."),
                )

    def take(self, field: Field) -> None:
        """Phase one: read what was given for one field, or keep what is known."""
        kept = self.known.get(field.name)
        if field.compute is not None:
            # What is only read is there for conditions before it is computed anew, or not at all.
            if kept is not None and self.rights.get(field.name) == READ:
                self.values[field.name] = kept
            return
        if field.name not in self.raw:
            value = kept if kept is not None or field.name in self.known else self.default(field)
        elif self.may_edit(field):
            value = self.read(field, field.name, self.raw[field.name])
        elif self.rights.get(field.name) == HIDDEN:
            # Not even whether a guess is right is told.
            value = kept
            self.wrong(field.name, _("There is no field of this name."))
        else:
            value = kept
            if self.read_quietly(field, self.raw[field.name]) != kept:
                self.wrong(field.name, _("This field may not be changed in this step."))
        if value is not None:
            self.values[field.name] = value

    def default(self, field: Field) -> object:
        if not self.may_edit(field):
            return None
        value = field.default if field.default_from is None else plain(self.ask(field.default_from))
        return self.first_rows(field, value) if field.type == "table" else self.quiet_clean(field, value)

    def first_rows(self, field: Field, rows: object) -> object:
        """The rows that a table begins with; a cell that does not fit is left empty, nobody is told."""
        before, self.errors = self.errors, {}
        value = self.read_table(field, rows)
        self.errors = before
        return value

    def quiet_clean(self, field: Field, value: object) -> object:
        try:
            return clean(field, value)
        except Wrong:
            return None

    def read_quietly(self, field: Field, raw: object) -> object:
        """What `raw` amounts to, without telling its mistakes: for fields that are only compared."""
        before = {path: list(sentences) for path, sentences in self.errors.items()}
        value = self.read(field, field.name, raw)
        wrong = self.errors != before
        self.errors = before
        return raw if wrong else value

    def read(self, field: Field, path: str, raw: object) -> object:
        if field.type == "table":
            return self.read_table(field, raw)
        try:
            value = clean(field, self.login_of(raw) if field.type == "person" else raw)
        except Wrong as wrong:
            self.wrong(path, wrong.sentence)
            return None
        if field.type in REGISTERS and isinstance(value, str) and self.directory is not None:
            return self.look_up_entry(field, path, value)
        if field.type in DIRECTORY and value is not None and self.directory is not None:
            known = {"person": self.directory.people, "department": self.directory.departments}
            if value not in known.get(field.type, self.directory.positions):
                self.wrong(path, _("Choose one from the list."))
                return None
        return value

    def login_of(self, raw: object) -> object:
        """Whom somebody meant by a login, "NAME login" or a name that only one person has; else what they typed."""
        if self.directory is None or not isinstance(raw, str) or raw in self.directory.people:
            return raw
        typed_in = raw.strip()
        if (last := typed_in.rpartition(" ")[2]) in self.directory.people:
            return last
        named = [login for login, name in self.directory.people.items() if name == typed_in]
        return named[0] if len(named) == 1 else raw

    def look_up_entry(self, field: Field, path: str, typed_in: str) -> object:
        assert self.directory is not None
        try:
            return self.directory.register(field.type).code_of(typed_in)
        except Wrong as wrong:
            self.wrong(path, wrong.sentence)
            return None

    def read_table(self, field: Field, raw: object) -> object:
        raw = short(raw)
        if raw is None:
            return None
        if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
            self.wrong(field.name, _("This must be a list of rows."))
            return None
        if len(raw) > field.max_rows:
            self.wrong(field.name, format_lazy(_("At most {most} rows."), most=field.max_rows))
            return None
        rows = [self.read_row(field, place, row) for place, row in enumerate(raw) if not is_blank(field, row)]
        return rows or None

    def read_row(self, field: Field, place: int, raw: Mapping[str, object]) -> Values:
        row: Values = {}
        columns = {column.name: column for column in field.columns}
        for name in raw:
            if name not in columns:
                self.wrong(f"{field.name}.{place}.{name}", _("There is no column of this name."))
        for column in field.columns:
            path = f"{field.name}.{place}.{column.name}"
            value = None
            if column.compute is None:
                value = self.read(column, path, raw.get(column.name))
                if value is None and column.default_from is not None and path not in self.errors:
                    value = self.quiet_clean(column, plain(self.ask(column.default_from, Typed(columns, {}, row))))
                if value is None and column.required and not self.partial and path not in self.errors:
                    self.wrong(path, _("Fill this in."))
            if value is not None:
                row[column.name] = value
        self.compute_row(field, row)
        return row

    def compute_row(self, field: Field, row: Values) -> None:
        columns = {column.name: column for column in field.columns}
        for column in field.columns:
            if column.compute is not None:
                computed = self.computed(column, Typed(columns, {}, row))
                if computed is not None:
                    row[column.name] = computed

    def settle(self, field: Field) -> None:
        """Phase two, in order: is the field asked, is it there, what is computed from it."""
        if field.show_if is not None and self.ask(field.show_if) is not True:
            self.values.pop(field.name, None)
            self.forget_errors(field)
            return
        self.shown.add(field.name)
        if field.compute is not None:
            # What was computed once and is only read now stays as it was; its sources may be gone or long.
            kept = self.known.get(field.name) if self.rights.get(field.name) == READ else None
            computed = kept if kept is not None else self.computed(field)
            if computed is not None:
                self.values[field.name] = computed
        if field.type == "table":
            self.total(field)
        self.require(field)

    def forget_errors(self, field: Field) -> None:
        for path in [path for path in self.errors if path.split(".")[0] == field.name]:
            del self.errors[path]

    def require(self, field: Field) -> None:
        if not self.may_edit(field):
            return
        needed = field.required or (field.required_if is not None and self.ask(field.required_if) is True)
        if needed:
            self.needed.add(field.name)
        if self.partial or any(p.split(".")[0] == field.name for p in self.errors):
            return
        value = self.values.get(field.name)
        if needed and (value is None or (field.type == "boolean" and value is False)):
            self.missing(field)
        elif field.min_rows and isinstance(value, list) and len(value) < field.min_rows:
            self.wrong(field.name, format_lazy(_("At least {least} rows."), least=field.min_rows))

    def missing(self, field: Field) -> None:
        """Nothing was answered: in a table whose rows are there but empty, the cells of the first one say so."""
        rows = self.raw.get(field.name)
        if field.type != "table" or not isinstance(rows, list) or not rows:
            self.wrong(field.name, _("Add at least one row.") if field.type == "table" else _("Fill this in."))
            return
        typed = [column for column in field.columns if column.compute is None]
        for column in [column for column in typed if column.required] or typed[:1]:
            self.wrong(f"{field.name}.0.{column.name}", _("Fill this in."))

    def total(self, field: Field) -> None:
        rows = self.values.get(field.name) or []
        for column_name in field.totals:
            column = field.column(column_name)
            amounts = [row.get(column_name) for row in rows] if isinstance(rows, list) else []
            total = sum((Decimal(str(amount)) for amount in amounts if amount is not None), Decimal(0))
            if abs(total) >= GREATEST:
                self.wrong(field.name, _("The total is too large."))
                continue
            self.values[field.total_name(column_name)] = decimal_text(column, total)

    def check_rule(self, field: Field) -> None:
        """Phase three: rules over several answers, for fields that are filled in and right so far."""
        if field.name not in self.shown:
            return
        if field.check is not None and self.may_edit(field) and field.name in self.values:
            self.hold(field, field.name)
        if field.type == "table" and self.may_edit(field):
            self.check_rows(field)

    def check_rows(self, field: Field) -> None:
        checked = [column for column in field.columns if column.check is not None or column.required_if is not None]
        rows = self.values.get(field.name)
        if not checked or not isinstance(rows, list):
            return
        names = {column.name: column for column in field.columns}
        given = self.raw.get(field.name)
        raw = given if isinstance(given, list) else rows
        places = [place for place, row in enumerate(raw) if not is_blank(field, row)]
        for place, row in zip(places, rows, strict=True):
            for column in checked:
                path, seen = f"{field.name}.{place}.{column.name}", Typed(names, {}, row)
                if column.name in row:
                    self.hold(column, path, seen)
                elif path not in self.errors and column.required_if and self.ask(column.required_if, seen) is True:
                    self.wrong(path, _("Fill this in."))

    def hold(self, field: Field, path: str, row: Mapping[str, object] | None = None) -> None:
        # A rule that cannot be judged (null: something it reads is missing) is left to the fields it reads.
        if field.check is not None and path not in self.errors and self.ask(field.check.rule, row) is False:
            self.wrong(path, format_lazy("{}", field.check.words))

    def computed(self, field: Field, row: Mapping[str, object] | None = None) -> object:
        if field.compute is None:
            return None
        value = self.ask(field.compute, row)
        if field.type == "table":
            return self.computed_rows(field, plain(value))
        if field.type in NUMBERS:
            if not isinstance(value, Decimal) or abs(value) >= GREATEST:
                return None
            return decimal_text(field, value.quantize(Decimal(1).scaleb(-field.places), ROUND_HALF_UP))
        return self.quiet_clean(field, plain(value))

    def computed_rows(self, field: Field, rows: object) -> object:
        """The rows of a computed table. They repeat what was checked before: nothing is looked up again."""
        directory, self.directory = self.directory, None
        value = self.first_rows(field, rows)
        self.directory = directory
        return value

    def ask(self, expression: Expression, row: Mapping[str, object] | None = None) -> object:
        """What an expression says of a row and the answers so far; null where it cannot be judged."""
        read = {name: self.look_up(name, row) for name in expression.names}
        try:
            return expression.evaluate(read, now=datetime.combine(self.today, time(), COMPANY_ZONE))
        except ExpressionError:
            return None

    def look_up(self, name: str, row: Mapping[str, object] | None) -> object:
        """A name as expressions read it: the row's cell, this form's answer, else what the case has."""
        if row is not None and name in row:
            return row[name]
        if name in self.form.by_name:
            return typed_value(self.form.by_name[name], self.values.get(name))
        if name in self.form.totals:
            total = self.values.get(name)
            return Decimal(total) if isinstance(total, str) else None
        return self.variables.get(name)
