"""Decision tables as the handbook prints them."""

from django.utils.translation import gettext as _

from huiqian.insight.queries.handbook.shape import DecisionPart
from huiqian.org.rules import Roster
from huiqian.process.content import Content, decision_model
from huiqian.process.queries import DecisionRow
from huiqian.process.tables import hit_policy_words, table_of
from huiqian.process.wording import heads, rows_in_words


def decision_part(found: DecisionRow, content: Content, snapshot: Roster) -> DecisionPart:
    """The version of a decision table that the next case follows, in words."""
    table = table_of(decision_model(found.version_id), found.key)
    rows = rows_in_words(table, content, snapshot)
    return DecisionPart(
        key=found.key, name=found.name, version=found.number, policy=hit_policy_words(table.hit_policy),
        inputs=len(table.inputs), heads=(*heads(table), _("Note")),
        rows=tuple((*row, rule.note) for row, rule in zip(rows, table.rules, strict=True)),
    )  # fmt: skip
