"""A form for programs: JSON Schema (draft 2020-12) with an example that is accepted."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from huiqian.base.languages import pick
from huiqian.forms.rules.checking import Directory
from huiqian.forms.rules.examples import example
from huiqian.forms.rules.shape import EDIT, HIDDEN, NUMBERS, TEXTS, Field, Form

DRAFT = "https://json-schema.org/draft/2020-12/schema"
DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
Schema = dict[str, object]


def json_schema(
    form: Form,
    rights: Mapping[str, str] | None = None,
    variables: Mapping[str, object] | None = None,
    directory: Directory | None = None,
    today: date | None = None,
) -> Schema:
    """What a program may send for this form, and what it gets back: what is computed or may not be edited is readOnly,
    what is hidden is not there. Rules that a schema cannot say stand in the descriptions; the server checks them all.
    `variables` is what the case has answered so far: the example is then one for this very case. `directory` lets the
    example name customers and products that there are; `today` is the company's day.
    """
    may = rights or {}
    fields = [field for field in form if may.get(field.name, EDIT) != HIDDEN]
    properties: Schema = {}
    for field in fields:
        properties[field.name] = _property(field, may.get(field.name, EDIT) == EDIT)
        for column in field.totals:
            properties[field.total_name(column)] = {**_number(field.column(column)), "readOnly": True}
    needed = [field.name for field in fields if _needed(field) and may.get(field.name, EDIT) == EDIT]
    given = example(form, variables, directory, may, today)
    return {
        "$schema": DRAFT, "title": str(form.name), "type": "object", "properties": properties, "required": needed,
        "additionalProperties": False, "examples": [given],
    }  # fmt: skip


def _needed(field: Field) -> bool:
    return field.required and field.show_if is None and field.compute is None and field.default_from is None


def _property(field: Field, editable: bool) -> Schema:
    schema: Schema = {"title": str(field.label), **_shape(field)}
    said = [str(words) for words in (field.help, field.check.words if field.check else None) if words]
    if field.show_if is not None:
        said.append(
            pick(f"仅在满足条件时填写：{field.condition}", f"Asked only if {field.condition}")
            + (pick("；此时必填", "; then required") if field.required else "")
        )
    if field.unit:
        said.append(pick(f"单位：{field.unit.zh}", f"Unit: {field.unit.en or field.unit.zh}"))
    if said:
        schema["description"] = " ".join(said)
    if field.compute is not None or not editable:
        schema["readOnly"] = True
    if field.default is not None:
        schema["default"] = field.default
    return schema


def _shape(field: Field) -> Schema:
    if field.type in TEXTS:
        lengths = {"minLength": field.min_length, "maxLength": field.max_length}
        return {"type": "string", **{key: most for key, most in lengths.items() if most}}
    if field.type in NUMBERS:
        return _number(field)
    if field.type == "table":
        return _table(field)
    codes = [choice.code for choice in field.choices]
    shapes: dict[str, Schema] = {
        "date": dict(DAY),
        "date_range": {
            "type": "object", "properties": {"start": dict(DAY), "end": dict(DAY)}, "required": ["start", "end"],
            "additionalProperties": False,
        },
        "choice": {"type": "string", "enum": codes, "x-labels": {c.code: str(c.label) for c in field.choices}},
        "choices": {
            "type": "array", "items": {"type": "string", "enum": codes}, "uniqueItems": True,
            "x-labels": {c.code: str(c.label) for c in field.choices}, **({"minItems": 1} if field.required else {}),
        },
        "files": {
            "type": "array", "items": {"type": "string", "format": "uuid"}, "uniqueItems": True,
            "maxItems": field.max_rows, **({"minItems": 1} if field.required else {}),
        },
        "boolean": {"type": "boolean"},
    }  # fmt: skip
    return shapes.get(field.type, {"type": "string", "pattern": r"^[A-Za-z0-9_.@-]{1,64}$"})


def _number(field: Field) -> Schema:
    """Numbers come as text or as numbers and go as text: what is exact stays exact."""
    places = rf"(\.\d{{1,{field.places}}})?" if field.places else ""
    schema: Schema = {"type": ["string", "number"], "pattern": rf"^-?\d{{1,13}}{places}$"}
    if field.min is not None:
        schema["minimum"] = _plain(field.min)
    if field.max is not None:
        schema["maximum"] = _plain(field.max)
    return schema


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _table(field: Field) -> Schema:
    row: Schema = {
        "type": "object",
        "properties": {column.name: _property(column, True) for column in field.columns},
        "required": [column.name for column in field.columns if _needed(column)],
        "additionalProperties": False,
    }
    least = max(field.min_rows, 1 if field.required else 0)
    return {"type": "array", "items": row, "maxItems": field.max_rows, **({"minItems": least} if least else {})}
