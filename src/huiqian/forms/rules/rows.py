"""Rows of a table as they are typed: which of them are empty and left out."""

from collections.abc import Mapping

from huiqian.forms.rules.kinds import short
from huiqian.forms.rules.shape import Field


def is_blank(field: Field, row: object) -> bool:
    """Whether nothing was typed into a row; what is computed, or a box that is not ticked, does not count."""
    if not isinstance(row, Mapping):
        return True
    columns = {column.name: column for column in field.columns}
    return all(name in columns and _nothing(columns[name], value) for name, value in row.items())


def _nothing(column: Field, value: object) -> bool:
    if column.compute is not None or short(value) is None:
        return True
    return value == column.default or (column.type == "boolean" and value is False)
