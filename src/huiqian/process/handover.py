"""Handing on (G1): an approved document starts the next process, or waits for that process's next case.

The receiving process says what it takes (`receives` in its process.json): each of its fields is given by an expression
over the source case's answers, `document` (the number handed over) and `case` (the source's number).
"""

from collections import ChainMap
from collections.abc import Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Incident, Text
from huiqian.base.languages import language
from huiqian.documents.models import Document
from huiqian.feel import ExpressionError, compile_expression
from huiqian.forms.rules import plain
from huiqian.process.calls import pass_on
from huiqian.process.content import Content, content_of
from huiqian.process.events import CaseHandedOn
from huiqian.process.members import SEPARATOR
from huiqian.process.models import Handover, Version
from huiqian.process.run import Case, retitle, save
from huiqian.process.start import asked_first, link_cases, new_case


def start_process(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Service step: start a case of another process now, with a document of this case in it.

    Inputs: `process`, `document` (a key of this case; optional), `starter` (a login; else the holder of the first
    step's position). An Incident where no version of that process is in effect.
    """
    version = _in_effect(str(inputs["process"]))
    target = content_of(version.pk)
    document = _document(case, inputs)
    values = received(case, target, document)
    starter = _starter(case, target, inputs.get("starter"))
    started = new_case(case.actor, version, case.now, data=values, starter=starter, received=_enclosures(document))
    link_cases(case.id, started.id, case.now)
    pass_on(case, started)
    retitle(started)
    save(started)
    case.facts.append(
        CaseHandedOn(to=started.number, process=target.code, document=document.number if document else "")
    )
    return {}


def hand_on(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Service step: leave a document for the next case of another process, which takes it up when it starts."""
    code = str(inputs["process"])
    document = _document(case, inputs)
    if document is None:
        raise Incident("no-document", _("There is no document to hand on."))
    values = received(case, content_of(_in_effect(code).pk), document)
    Handover.objects.get_or_create(
        source_id=case.id, document_id=document.pk, process=code, defaults={"values": values, "offered_at": case.now}
    )
    case.facts.append(CaseHandedOn(to="", process=code, document=document.number))
    return {}


def received(case: Case, target: Content, document: Document | None) -> dict[str, Any]:
    """What the receiving process takes over from a case, by its own fields' names."""
    about: dict[str, object] = {"document": document.number if document else None, "case": case.number}
    variables: Mapping[str, object] = ChainMap(about, case.variables())  # type: ignore[arg-type]
    found: dict[str, Any] = {}
    for name, expression in target.receives.get(case.content.code, {}).items():
        try:
            value = compile_expression(expression).evaluate(variables, now=case.now)
        except ExpressionError as error:
            raise Incident("cannot-hand-on", _told(error)) from None
        if value is not None:
            found[name] = plain(value)
    return found


def _told(error: ExpressionError) -> Text:
    """Its sentence in the language of whoever reads it."""
    return lazy(lambda: error.text(language()), str)()


def _in_effect(code: str) -> Version:
    found = Version.objects.filter(definition__code=code, status=Version.Status.IN_EFFECT).first()
    if found is None:
        raise Incident("no-process", _("No version of process %(process)s is in effect."), process=code)
    return found


def _document(case: Case, inputs: Mapping[str, Any]) -> Document | None:
    key = inputs.get("document")
    if not key:
        return None
    own = f"{key}{SEPARATOR}{case.scope.key}" if case.scope.key and case.content.documents[str(key)].each else str(key)
    found = Document.objects.filter(dossier_id=case.id, key=own).first()
    if found is None:
        raise Incident("no-document", _("There is no document to hand on."))
    return found


def _enclosures(document: Document | None) -> list[int]:
    return [document.pk] if document else []


def _starter(case: Case, target: Content, login: object) -> int:
    if login:
        named = next((p.id for p in case.roster.people.values() if p.login == login and p.active), None)
        if named is not None:
            return named
    chosen = asked_first(case.roster, target, case.now.astimezone(COMPANY_ZONE).date())
    return chosen if chosen is not None else case.starter_id
