"""Decision tables in words: codes as the forms call them, lengths of time and comparisons as people read them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiqian.forms.rules import Field
from huiqian.insight.queries.handbook.shape import DecisionPart
from huiqian.org.rules import Roster, span_words
from huiqian.process.content import Content, decision_model
from huiqian.process.queries import DecisionRow
from huiqian.process.tables import hit_policy_words, table_of

QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
NUMBER = re.compile(r"(?<![\w.])\d{4,}(?:\.\d+)?(?![\w.])")


def decision_part(found: DecisionRow, content: Content, snapshot: Roster) -> DecisionPart:
    """The version of a decision table that the next case follows, in words."""
    table = table_of(decision_model(found.version_id), found.key)
    columns = [
        *(_Column(one.label or one.expression, one.expression.strip()) for one in table.inputs),
        *(_Column(one.label or one.name, one.name) for one in table.outputs),
    ]
    rows = [(*rule.inputs, *rule.outputs) for rule in table.rules]
    fields = [_field(column, [row[place] for row in rows], content) for place, column in enumerate(columns)]
    return DecisionPart(
        key=found.key, name=found.name, version=found.number, policy=hit_policy_words(table.hit_policy),
        inputs=len(table.inputs), heads=(*(column.label for column in columns), _("Note")),
        rows=tuple(
            (*(_cell(text, field, snapshot) for text, field in zip(row, fields, strict=True)), rule.note)
            for row, rule in zip(rows, table.rules, strict=True)
        ),
    )  # fmt: skip


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
