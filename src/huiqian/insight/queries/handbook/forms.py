"""The forms of a process as lists of their fields."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiqian.forms.rules import Field, Form
from huiqian.insight.queries.handbook.shape import FieldLine, FormPart, Named
from huiqian.process.content import Content
from huiqian.process.queries import people_steps

# So many choices are named; where there are more, the list is cut.
NAMED = 12


def form_parts(content: Content) -> tuple[FormPart, ...]:
    """Every form that a step of the process fills in, in the order of the steps."""
    filled: dict[str, list[Named]] = {}
    for element in people_steps(content):
        if key := element.settings.get("form", ""):
            filled.setdefault(key, []).append(Named(element.id, content.step_name(element.id)))
    return tuple(_part(content.forms[key], steps) for key, steps in filled.items() if key in content.forms)


def _part(form: Form, steps: list[Named]) -> FormPart:
    sections = tuple(
        (str(section.title), tuple(line for field in section.fields for line in _lines(field)))
        for section in form.sections
    )
    return FormPart(form.key, str(form.name), tuple(steps), sections)


def _lines(field: Field) -> Iterator[FieldLine]:
    yield _line(field)
    for column in field.columns:
        yield _line(column, column=True)


def _line(field: Field, *, column: bool = False) -> FieldLine:
    kind = _("%(kind)s (%(unit)s)") % {"kind": _kind(field), "unit": field.unit} if field.unit else _kind(field)
    return FieldLine(str(field.label), kind, _required(field), _note(field), column)


def _kind(field: Field) -> str:
    return {
        "text": pgettext("kind of field", "text"),
        "long_text": pgettext("kind of field", "long text"),
        "number": pgettext("kind of field", "number"),
        "integer": pgettext("kind of field", "whole number"),
        "money": pgettext("kind of field", "amount"),
        "date": pgettext("kind of field", "day"),
        "date_range": pgettext("kind of field", "from–to"),
        "choice": pgettext("kind of field", "one of"),
        "choices": pgettext("kind of field", "several of"),
        "boolean": pgettext("kind of field", "yes or no"),
        "files": pgettext("kind of field", "files"),
        "table": pgettext("kind of field", "table"),
        "person": pgettext("kind of field", "person"),
        "department": pgettext("kind of field", "department"),
        "position": pgettext("kind of field", "position"),
        "customer": pgettext("kind of field", "customer"),
        "product": pgettext("kind of field", "product"),
        "stock_item": pgettext("kind of field", "stock item"),
        "event_template": pgettext("kind of field", "event template"),
        "research_report": pgettext("kind of field", "research report"),
    }.get(field.type, field.type)


def _required(field: Field) -> str:
    if field.compute:
        return _("worked out")
    if field.required:
        return _("where asked") if field.show_if else _("yes")
    return _("where necessary") if field.required_if else ""


def _note(field: Field) -> str:
    named = [str(choice.label) for choice in field.choices[:NAMED]] + (["…"] if len(field.choices) > NAMED else [])
    return " ".join(filter(None, (" / ".join(named), str(field.help))))
