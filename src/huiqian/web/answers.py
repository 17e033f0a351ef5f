"""Forms on pages: what was typed, and what is shown."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import HttpRequest

from huiqian.base import clock
from huiqian.base.errors import Text
from huiqian.documents.queries import file_faces
from huiqian.forms import rules
from huiqian.forms.queries import directory
from huiqian.forms.rules import Form, FormView, raw_answers
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
    return rules.present(
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
