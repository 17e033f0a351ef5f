"""What people do with marketing events: write their log, start events from a template, retire templates."""

from collections.abc import Mapping
from uuid import UUID, uuid5

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.commands import command
from huiqian.base.errors import Forbidden, Invalid, NotFound, Refusal, Text
from huiqian.documents.effects import attach
from huiqian.documents.models import File, Reader
from huiqian.marketing.access import check_may, event_template_for, lock_register
from huiqian.marketing.effects.entries import note
from huiqian.marketing.effects.happenings import enter_event
from huiqian.marketing.events import EventEntryAdded, EventsStarted, EventTemplateClosed, EventTemplateReopened
from huiqian.marketing.models import EventEntry, EventLog, EventTemplate
from huiqian.marketing.rules.happenings import MOST_ENTRIES, EntryCard, check_entry, read_cities
from huiqian.marketing.rules.rights import EVENT_TEMPLATES
from huiqian.process.access import case_for
from huiqian.process.models import Instance, Version
from huiqian.process.run import lock_case, retitle, save, write_facts
from huiqian.process.start import new_case, version_to_start

EVENTS = "SC-007"


class LogClosed(Refusal):
    """The event is over, or has not begun."""

    code = "log-closed"
    text = _("The event is over or has not begun: nothing can be added to its log. Tell whoever leads it.")


class Retired(Refusal):
    """No event starts from this template any more."""

    code = "retired"
    text = _("This template is retired. Choose another one, or have it opened again.")


@command
def add_event_entry(actor: Actor, number: str, card: EntryCard, key: UUID) -> EventEntry:
    """Write into the log of an event that is running; of several at once nobody's entry is lost.

    `key` is the form's own: sent twice, it is one entry. Whoever takes part in the case may write. Refusals: NotFound,
    Forbidden (who only looks on), LogClosed, Invalid by field (a photo that is none, or is not theirs).
    """
    found = case_for(actor, number)
    case = lock_case(actor, found.pk, clock.now())
    before = EventEntry.objects.filter(key=key, log_id=case.id, author_id=actor.person).first()
    if before is not None:
        return before
    log = EventLog.objects.filter(case_id=case.id).first()
    if log is None:
        raise NotFound
    if not may_write(actor, case.id):
        raise Forbidden(_("Only people who take part in the event write its log."))
    if not case.running or log.opened_at is None or log.closed_at is not None:
        raise LogClosed
    moment, errors = check_entry(card, case.now)
    photos = _photos(card, errors)
    last = EventEntry.objects.filter(log_id=case.id).aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_ENTRIES:
        errors.setdefault("text", []).append(_("This log is full."))
    if errors:
        raise Invalid(errors)
    try:
        attach(case.id, photos, actor.person)
    except Invalid as refused:
        raise Invalid({"photos": refused.errors["files"]}) from None
    entry = EventEntry.objects.create(
        log=log, number=last + 1, key=key, happened_at=moment, place=card.place, text=card.text, photos=photos,
        author_id=actor.person, author_name=actor.name, written_at=case.now,
    )  # fmt: skip
    case.facts.append(
        EventEntryAdded(
            entry=entry.number, happened_at=moment, place=entry.place, text=entry.text,
            photos=[str(photo) for photo in photos],
        )
    )  # fmt: skip
    write_facts(case)
    return entry


def may_write(actor: Actor, case: int) -> bool:
    """Whether somebody takes part in a case, not only looks on. 1 query."""
    roles = (Reader.Role.STARTER, Reader.Role.PARTICIPANT)
    return actor.id is not None and Reader.objects.filter(dossier_id=case, person_id=actor.id, role__in=roles).exists()


def _photos(card: EntryCard, errors: dict[str, list[Text]]) -> list[UUID]:
    """The photos named, each once; what is no picture is told."""
    try:
        ids = list(dict.fromkeys(UUID(one) for one in card.photos))
    except ValueError:
        errors["photos"] = [_("Upload the files first and name them by their ids.")]
        return []
    others = File.objects.filter(pk__in=ids).exclude(type__startswith="image/").order_by("name")
    for name in others.values_list("name", flat=True):
        errors.setdefault("photos", []).append(_("“%(name)s” is not a photo.") % {"name": name[:60]})
    return ids


@command
def start_events(actor: Actor, code: str, cities: str, key: UUID) -> Mapping[str, str]:
    """Roll a template out: start an event in each city, prefilled; all of them or none. City → the case's number.

    `key` is the form's own: sent twice, every city has one event. Refusals: NotFound, Forbidden (who may not start
    events), Retired, Invalid at "cities".
    """
    template = event_template_for(actor, code)
    version = version_to_start(actor, EVENTS)
    named, wrong = read_cities(cities)
    if wrong:
        raise Invalid({"cities": wrong})
    lock_register("event templates")
    origins = {city: uuid5(key, f"{code} {city}") for city in named}
    known = dict(Instance.objects.filter(origin__in=origins.values()).values_list("origin", "number"))
    if not known and not EventTemplate.objects.filter(pk=template.pk, closed_at__isnull=True).exists():
        raise Retired
    fresh = {
        city: _start(actor, version, template, city, origin) for city, origin in origins.items() if origin not in known
    }
    if fresh:
        note(actor, "event templates", EventsStarted(code=code, cases=fresh))
    return {city: fresh.get(city) or known[origin] for city, origin in origins.items()}


def _start(actor: Actor, version: Version, template: EventTemplate, city: str, origin: UUID) -> str:
    said = template.values
    data = {
        "template": template.code, "city": city, "topic": said.get("topic") or template.name,
        "event_kind": said.get("event_kind"), "purpose": said.get("template_purpose"),
    }  # fmt: skip
    case = new_case(actor, version, clock.now(), origin, data={name: value for name, value in data.items() if value})
    enter_event(case, city, template)
    retitle(case)
    save(case)
    return case.number


@command
def close_event_template(actor: Actor, code: str) -> None:
    """Retire a template: no event starts from it any more; what has started goes on. NotFound, Forbidden."""
    template = _for_change(actor, code)
    if template.active:
        template.closed_at = clock.now()
        template.save(update_fields=["closed_at"])
        note(actor, "event templates", EventTemplateClosed(code=code, name=template.name))


@command
def reopen_event_template(actor: Actor, code: str) -> None:
    """Let events start from a template again. NotFound, Forbidden."""
    template = _for_change(actor, code)
    if not template.active:
        template.closed_at = None
        template.save(update_fields=["closed_at"])
        note(actor, "event templates", EventTemplateReopened(code=code, name=template.name))


def _for_change(actor: Actor, code: str) -> EventTemplate:
    check_may(actor, EVENT_TEMPLATES)
    lock_register("event templates")
    return event_template_for(actor, code)
