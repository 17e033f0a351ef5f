"""Canonical values as expressions and people read them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal

from huiqian.feel import ExpressionError, compile_expression
from huiqian.forms.rules.shape import NUMBERS, Field, Form


class Typed(Mapping[str, object]):
    """Answers as expressions see them: decimals and dates instead of text, converted when looked at.

    Values that belong to no field (a decision's result, for instance) are given as they are.
    """

    __slots__ = ("_done", "_fields", "_totals", "_values")

    def __init__(self, fields: Mapping[str, Field], totals: Mapping[str, Field], values: Mapping[str, object]) -> None:
        self._fields, self._totals, self._values = fields, totals, values
        self._done: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        if name in self._done:
            return self._done[name]
        value = self._values[name]
        if name in self._totals:
            value = Decimal(value) if isinstance(value, str) else value
        elif name in self._fields:
            value = typed_value(self._fields[name], value)
        self._done[name] = value
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def typed(forms: Form | Iterable[Form] | Iterable[Field], values: Mapping[str, object]) -> Mapping[str, object]:
    """A view of canonical `values` for expressions; nothing is converted until it is read."""
    if isinstance(forms, Form):
        return Typed(forms.by_name, forms.totals, values)
    fields: dict[str, Field] = {}
    totals: dict[str, Field] = {}
    for part in forms:
        if isinstance(part, Form):
            fields |= part.by_name
            totals |= part.totals
        else:
            fields[part.name] = part
            totals |= dict.fromkeys(part.total_names(), part)
    return Typed(fields, totals, values)


def typed_value(field: Field, value: object) -> object:
    """One canonical value as expressions see it."""
    if value is None:
        return None
    if field.type in NUMBERS and isinstance(value, str):
        return Decimal(value)
    if field.type == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    if field.type == "date_range" and isinstance(value, Mapping):
        return {end: date.fromisoformat(str(day)) for end, day in value.items()}
    if field.type == "table" and isinstance(value, list):
        columns = {column.name: column for column in field.columns}
        return [Typed(columns, {}, row) for row in value]
    return value


def plain(value: object) -> object:
    """What an expression gave, as JSON keeps it: numbers as decimal text, dates in ISO 8601, durations as text."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (int, float)):
        return format(Decimal(repr(value)), "f")
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return str(value)


def title_of(template: str, variables: Mapping[str, object]) -> str:
    """The words that an expression makes of a case's answers; empty where it makes none. At most 200 characters."""
    if not template:
        return ""
    try:
        value = compile_expression(template).evaluate(variables)
    except ExpressionError:
        return ""
    words = value if isinstance(value, str) else "" if value is None else str(plain(value))
    return " ".join(words.split())[:200]


def draft_title(form: Form, raw: Mapping[str, object]) -> str:
    """What to call a draft: the first line of text typed into it; empty where there is none yet."""
    for field in form:
        value = raw.get(field.name)
        if field.type == "text" and isinstance(value, str) and value.strip():
            return " ".join(value.split())[:200]
    return ""
