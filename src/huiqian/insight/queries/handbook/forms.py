"""The forms of a process as lists of their fields."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from huiqian.forms.rules import Field, Form
from huiqian.insight.queries.handbook.shape import FieldLine, FormPart, Named
from huiqian.process.content import Content
from huiqian.process.queries import people_steps

KINDS = {
    "text": pgettext_lazy("kind of field", "text"),
    "long_text": pgettext_lazy("kind of field", "long text"),
    "number": pgettext_lazy("kind of field", "number"),
    "integer": pgettext_lazy("kind of field", "whole number"),
    "money": pgettext_lazy("kind of field", "amount"),
    "date": pgettext_lazy("kind of field", "day"),
    "date_range": pgettext_lazy("kind of field", "from–to"),
    "choice": pgettext_lazy("kind of field", "one of"),
    "choices": pgettext_lazy("kind of field", "several of"),
    "boolean": pgettext_lazy("kind of field", "yes or no"),
    "files": pgettext_lazy("kind of field", "files"),
    "table": pgettext_lazy("kind of field", "table"),
    "person": pgettext_lazy("kind of field", "person"),
    "department": pgettext_lazy("kind of field", "department"),
    "position": pgettext_lazy("kind of field", "position"),
    "customer": pgettext_lazy("kind of field", "customer"),
    "product": pgettext_lazy("kind of field", "product"),
    "stock_item": pgettext_lazy("kind of field", "stock item"),
    "event_template": pgettext_lazy("kind of field", "event template"),
    "research_report": pgettext_lazy("kind of field", "research report"),
}
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
    kind = str(KINDS.get(field.type, field.type))
    kind = _("%(kind)s (%(unit)s)") % {"kind": kind, "unit": field.unit} if field.unit else kind
    return FieldLine(str(field.label), kind, _required(field), _note(field), column)


def _required(field: Field) -> str:
    if field.compute:
        return _("worked out")
    if field.required:
        return _("where asked") if field.show_if else _("yes")
    return _("where necessary") if field.required_if else ""


def _note(field: Field) -> str:
    named = [str(choice.label) for choice in field.choices[:NAMED]] + (["…"] if len(field.choices) > NAMED else [])
    return " ".join(filter(None, (" / ".join(named), str(field.help))))
