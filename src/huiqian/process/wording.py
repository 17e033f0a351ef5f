"""Decision tables in words: codes as the forms call them, lengths of time and comparisons as people read them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiqian.feel.dmn import Table
from huiqian.forms.rules import Field
from huiqian.org.rules import Roster, span_words
from huiqian.process.content import Content

QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
NUMBER = re.compile(r"(?<![\w.])\d{4,}(?:\.\d+)?(?![\w.])")


def heads(table: Table) -> tuple[str, ...]:
    """What a table's columns are called, inputs first."""
    return tuple(column.label for column in _columns(table))


def rows_in_words(table: Table, content: Content, snapshot: Roster) -> tuple[tuple[str, ...], ...]:
    """A table's rules, a cell a column, as people of this process read them."""
    rows = [(*rule.inputs, *rule.outputs) for rule in table.rules]
    columns = _columns(table)
    fields = [_field(column, [row[place] for row in rows], content) for place, column in enumerate(columns)]
    return tuple(tuple(_cell(text, field, snapshot) for text, field in zip(row, fields, strict=True)) for row in rows)


def _columns(table: Table) -> list["_Column"]:
    return [
        *(_Column(one.label or one.expression, one.expression.strip()) for one in table.inputs),
        *(_Column(one.label or one.name, one.name) for one in table.outputs),
    ]


def _field(column: "_Column", texts: Sequence[str], content: Content) -> Field | None:
    """The field whose choices a column speaks of: the one it reads, else one that knows all of its codes."""
    fields = [field for form in content.forms.values() for field in form if field.choices]
    codes = {code for text in texts for code in QUOTED.findall(text)}
    own = [field for field in fields if field.name == column.name]
    knowing = [field for field in fields if codes and all(field.choice(code) for code in codes)]
    return next(iter((*own, *knowing)), None)


@dataclass(frozen=True, slots=True)
class _Column:
    label: str
    name: str


def _cell(text: str, field: Field | None, snapshot: Roster) -> str:
    plain = text.strip()
    if plain in ("-", ""):
        return pgettext("rule", "any")
    if plain in ("true", "false"):
        return _("yes") if plain == "true" else _("no")
    said = QUOTED.sub(lambda found: _word(found[1], field, snapshot), plain)
    said = NUMBER.sub(lambda found: f"{Decimal(found[0]):,}", said)
    return re.sub(r"\s*,\s+|(?<=\S),(?=\D)", _(", "), said) if QUOTED.search(plain) else said


def _word(code: str, field: Field | None, snapshot: Roster) -> str:
    choice = field.choice(code) if field else None
    if choice:
        return str(choice.label)
    if code == "none":
        return pgettext("rule", "none")
    return snapshot.position_name(code) if code in snapshot.positions else span_words(code)
