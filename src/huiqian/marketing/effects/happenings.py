"""Marketing events (SC-007): their log, the report they rest on, the template they follow and the one they leave."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base import wires
from huiqian.base.errors import Incident, Invalid
from huiqian.documents.effects import add_readers, enclose, link, supersede
from huiqian.documents.models import Document
from huiqian.engine import RemoveMember
from huiqian.marketing.access import lock_register
from huiqian.marketing.effects.entries import next_code, note
from huiqian.marketing.events import EventLogClosed, EventLogOpened, EventTemplateSaved
from huiqian.marketing.models import EventEntry, EventLog, EventTemplate
from huiqian.marketing.rules.happenings import printed_entry
from huiqian.org.commands.people import sort_key
from huiqian.process.members import Readable, open_members
from huiqian.process.run import Case
from huiqian.process.start import link_cases


def begin_event(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Service step: enter the event with its city; the template it follows lies in its dossier from now on.

    Inputs: `city`, `template` (a code of the register; optional). An Incident where there is no such template.
    """
    code = str(inputs.get("template") or "")
    template = EventTemplate.objects.filter(code=code).first() if code else None
    if code and template is None:
        raise Incident("no-template", format_lazy(_("There is no event template {code}."), code=code[:32]))
    enter_event(case, str(inputs.get("city") or ""), template)
    return {}


def enter_event(case: Case, city: str, template: EventTemplate | None) -> None:
    """Keep where an event takes place and which template it follows; the two are linked, the template is enclosed."""
    EventLog.objects.update_or_create(case_id=case.id, defaults={"city": city[:50], "template": template})
    if template is not None:
        link_cases(template.document.dossier_id, case.id, case.now)
        enclose(case.id, [template.document_id], case.now)


def enclose_report(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Service step: the market research report that the event rests on lies in its dossier, and leads to its plan.

    Inputs: `number`. The case keeps the report's title as `report_title`. An Incident where the archive has no such
    report.
    """
    number = str(inputs.get("number") or "")
    report = Document.objects.filter(number=number, process_code="SC-002", key="report", archived_at__isnull=False)
    found = report.first()
    if found is None:
        raise Incident("no-report", format_lazy(_("The archive has no research report {number}."), number=number[:64]))
    enclose(case.id, [found.pk], case.now)
    if case.data.get("research_way") != "call":
        link_cases(found.dossier_id, case.id, case.now)
    plan = Document.objects.filter(dossier_id=case.id, key="plan").first()
    if plan is not None:
        link(found.pk, plan.pk, "handed_on", case.now)
    return {"report_title": found.title}


def open_event_log(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Service step: the event's log may be written from now on; `people` (logins) read the case from now on, too.

    Done again, it lets further people in. The case keeps who takes part now as `event_people`, and those who did not
    before as `newcomers`. Of `step` (optional) the parts of whoever takes part no longer close: they hear of
    it, and read the case no longer where nothing else lets them.
    """
    known = [str(login) for login in case.data.get("event_people") or ()]
    people = {person.login: person for person in case.roster.people.values() if person.active}
    named = [login for login in dict.fromkeys(map(str, inputs.get("people") or ())) if login in people]
    newcomers = [login for login in named if login not in known]
    left = [login for login in known if login not in named]
    waits = open_members(case.state, str(inputs.get("step") or ""), left)
    case.following += [RemoveMember(wait) for wait in waits]
    wires.hand("take_off")(case, [people[login].id for login in left if login in people], waits)
    add_readers(case.id, [people[login].id for login in newcomers], case.now)
    EventLog.objects.get_or_create(case_id=case.id)
    EventLog.objects.filter(case_id=case.id, opened_at__isnull=True).update(opened_at=case.now)
    EventLog.objects.filter(case_id=case.id).update(closed_at=None)
    case.facts.append(EventLogOpened(people=newcomers, left=left))
    return {"newcomers": newcomers, "event_people": named}


def close_event_log(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Service step: the event is over, nothing is added to its log any more."""
    EventLog.objects.filter(case_id=case.id).update(closed_at=case.now)
    case.facts.append(EventLogClosed(entries=EventEntry.objects.filter(log_id=case.id).count()))
    return {}


def event_log(case: Readable) -> list[Mapping[str, object]]:
    """Variable `event_log`: the log as a document prints it, {at, place, author, text, photos}. 1 query."""
    return [printed_entry(entry) for entry in EventEntry.objects.filter(log_id=case.id)]


def event_photos(case: Readable) -> list[str]:
    """Variable `event_photos`: the photos of the log in its order, each once. 1 query."""
    photos = EventEntry.objects.filter(log_id=case.id).values_list("photos", flat=True)
    return list(dict.fromkeys(str(one) for of_entry in photos for one in of_entry))


def template_content(case: Readable) -> Mapping[str, object] | None:
    """Variable `template_content`: the answers of the template that the event follows; None without one. 1 query."""
    code = case.data.get("template")
    found = EventTemplate.objects.filter(code=str(code)).first() if code else None
    return None if found is None else found.values


def require_event_template(case: Case, element: str, answers: Mapping[str, Any]) -> None:
    """Whether a template may be entered under the name given; Invalid, at "template_name", where another one has it."""
    taken = _other_of_this_name(answers)
    if taken:
        sentence = _("{code} has this name already. Choose another name, or renew that template.")
        raise Invalid({"template_name": [format_lazy(sentence, code=taken)]})


def _other_of_this_name(answers: Mapping[str, Any]) -> str:
    named = EventTemplate.objects.filter(name=str(answers.get("template_name") or ""))
    return named.exclude(code=str(answers.get("template_replaces") or "")).values_list("code", flat=True).first() or ""


def register_event_template(case: Case, inputs: Mapping[str, Any]) -> Mapping[str, object]:
    """Service step: the case's archived template goes into the register, or renews the one it replaces.

    Inputs: `document` (its key). The case keeps the code as `registered_template`. An Incident where another template
    got the name meanwhile.
    """
    lock_register("event templates")
    document = Document.objects.get(dossier_id=case.id, key=str(inputs["document"]))
    values = dict(document.versions.latest("number").values)
    if _other_of_this_name(values):
        raise Incident("name-taken", _("Another template has this name now."))
    values["report_number"] = case.data.get("report_number")
    code = str(values.get("template_replaces") or "")
    entry = EventTemplate.objects.filter(code=code).first() if code else None
    replaced = entry.document if entry else None
    if entry is None:
        entry = EventTemplate(code=next_code(EventTemplate, "ET"), created_at=case.now)
    entry.name, entry.event_kind = str(values["template_name"]), str(values.get("event_kind") or "")
    entry.sort_key, entry.values = sort_key(entry.name), values
    entry.document, entry.case_number, entry.renewed_at = document, case.number, case.now
    entry.save()
    if replaced is not None and replaced.pk != document.pk:
        supersede(replaced.pk)
        link(replaced.pk, document.pk, "handed_on", case.now)
    fact = EventTemplateSaved(
        code=entry.code, name=entry.name, document=document.number, case=case.number,
        replaces=replaced.number if replaced else "",
    )  # fmt: skip
    note(case.actor, "event templates", fact)
    return {"registered_template": entry.code}
