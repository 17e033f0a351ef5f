"""Forms on pages: what was typed, and what is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest

from huiqian.base import clock
from huiqian.base.errors import Text
from huiqian.claims.queries import findings
from huiqian.documents.queries import file_faces
from huiqian.forms import rules
from huiqian.forms.queries import directory
from huiqian.forms.rules import FieldFace, Form, FormView, raw_answers
from huiqian.web.requests import actor_of

# Longer tables that are only read show so many rows on a page; a printed document has them all.
MOST_ROWS = 100


def raw_of(request: HttpRequest, form: Form, rights: Mapping[str, str] | None = None) -> dict[str, object]:
    """What was typed into a form, unchecked."""
    return raw_answers(form, dict(request.POST.lists()), rights)


def present(
    request: HttpRequest,
    form: Form,
    values: Mapping[str, object],
    *,
    rights: Mapping[str, str] | None = None,
    known: Mapping[str, object] | None = None,
    variables: Mapping[str, object] | None = None,
    errors: Mapping[str, Sequence[Text]] | None = None,
) -> FormView:
    """A form as its templates show it, to fill in and to read."""
    shown = rules.present(
        form,
        values,
        today=clock.today(),
        rights=rights,
        errors=errors,
        known=known,
        variables=known if variables is None else variables,
        directory=directory(),
        files=file_faces(actor_of(request), _file_ids(form, values)),
        most_rows=MOST_ROWS,
    )
    return _with_warnings(shown, form, values)


def _with_warnings(shown: FormView, form: Form, values: Mapping[str, object]) -> FormView:
    """The words of the claims list next to the text they stand in; the field for the reason only where it is wanted."""
    reasons = {field.claims for field in form if field.claims}
    if not reasons or not any(face.editable for face in shown if form.by_name[face.name].claims):
        return shown
    found = findings(form, values)
    wanted = {form.by_name[name].claims for name in found}

    def face(one: FieldFace) -> FieldFace:
        if one.name in reasons and one.editable:
            return replace(one, asked=one.name in wanted or bool(one.value) or bool(one.errors))
        return replace(one, claims=found.get(one.name, ())) if one.editable else one

    sections = [replace(section, fields=[face(one) for one in section.fields]) for section in shown.sections]
    return replace(shown, sections=sections)


def still_wrong(
    request: HttpRequest,
    form: Form,
    raw: Mapping[str, object],
    *,
    rights: Mapping[str, str] | None = None,
    known: Mapping[str, object] | None = None,
    variables: Mapping[str, object] | None = None,
) -> Mapping[str, Sequence[Text]]:
    """What a refused form said was wrong and still is, by path: while somebody mends it, the rest stays marked."""
    told = set(request.POST.getlist("told"))
    if not told:
        return {}
    checked = rules.check_answers(
        form, raw, today=clock.today(), rights=rights, known=known, variables=variables, directory=directory()
    )
    return {path: sentences for path, sentences in checked.errors.items() if path in told}


def reading(
    request: HttpRequest, form: Form, values: Mapping[str, object], variables: Mapping[str, object] | None = None
) -> FormView:
    """A form to read only."""
    return rules.reading(
        form,
        values,
        today=clock.today(),
        variables=values if variables is None else variables,
        directory=directory(),
        files=file_faces(actor_of(request), _file_ids(form, values)),
        most_rows=MOST_ROWS,
    )


def _file_ids(form: Form, values: Mapping[str, object]) -> list[str]:
    ids: list[str] = []
    for field in form:
        value = values.get(field.name)
        if field.type == "files" and isinstance(value, list):
            ids += [str(one) for one in value if _is_id(str(one))]
    return ids


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
