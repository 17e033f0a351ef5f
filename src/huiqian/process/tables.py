"""Decision tables as rows a page can show and send back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from huiqian.feel.dmn import Model, Rule, Table


@dataclass(frozen=True, slots=True)
class TableRow:
    """One rule as an administrator types it: a cell an input, a cell an output, and a note."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    note: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class TableView:
    """A decision table for a page."""

    hit_policy: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rows: tuple[TableRow, ...]


def table_of(model: Model, key: str) -> Table:
    """The decision table of a decision. KeyError where the decision is not a table."""
    table = model.decisions[key].table
    if table is None:
        raise KeyError(key)
    return table


def view_of(model: Model, key: str) -> TableView:
    """A decision table as a page shows it."""
    table = table_of(model, key)
    return TableView(
        hit_policy=table.hit_policy,
        inputs=tuple(clause.label or clause.expression for clause in table.inputs),
        outputs=tuple(clause.label or clause.name for clause in table.outputs),
        rows=tuple(TableRow(rule.inputs, rule.outputs, rule.note, rule.id) for rule in table.rules),
    )


def with_rows(model: Model, key: str, rows: Sequence[TableRow]) -> Model:
    """The model with these rows in a decision's table; rules that are known keep their ids."""
    table = table_of(model, key)
    known = {rule.id for rule in table.rules}
    rules: list[Rule] = []
    for place, row in enumerate(rows, start=1):
        wanted = row.id if row.id in known else f"{key}_rule_{place}"
        known.discard(row.id)
        while any(rule.id == wanted for rule in rules):
            wanted += "_"
        rules.append(Rule(id=wanted, inputs=tuple(row.inputs), outputs=tuple(row.outputs), note=row.note))
    decision = replace(model.decisions[key], table=replace(table, rules=tuple(rules)))
    return replace(model, decisions={**model.decisions, key: decision})


def hit_policy_words(letter: str) -> str:
    """What a decision table's hit policy means (DMN 1.3, table 8)."""
    return {
        "U": _("exactly one rule may fit"),
        "A": _("all rules that fit must agree"),
        "P": _("of the rules that fit, the one with the highest output applies"),
        "F": _("the first rule that fits applies"),
        "R": _("all rules that fit apply, in their order"),
        "O": _("all rules that fit apply, highest output first"),
        "C": _("all rules that fit are collected"),
    }.get(letter[:1], letter)
