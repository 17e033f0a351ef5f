"""Marketing events as pages and forms ask about them: their log, the templates, the reports they may cite."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from huiqian.base.actors import Actor
from huiqian.documents.models import Document
from huiqian.documents.queries import FileView, file_faces
from huiqian.forms.rules import Register
from huiqian.marketing.access import visible_event_templates
from huiqian.marketing.models import EventEntry, EventLog, EventTemplate
from huiqian.marketing.queries.entries import register_of, stated
from huiqian.process.access import visible_cases


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry of an event's log as its page shows it."""

    number: int
    happened_at: datetime
    written_at: datetime
    place: str
    text: str
    author: str
    photos: tuple[FileView, ...]


@dataclass(frozen=True, slots=True)
class LogView:
    """An event's log: whether it may be written to, and its entries, the latest first; `more` are left out."""

    open: bool
    entries: tuple[EntryLine, ...]
    more: int


def event_log_of(actor: Actor, case: int, most: int = 100) -> LogView | None:
    """The log of a case that this person reads; None where it has not begun. At most 4 queries."""
    log = EventLog.objects.filter(case_id=case, opened_at__isnull=False).first()
    if log is None:
        return None
    entries = list(EventEntry.objects.filter(log_id=case).order_by("-happened_at", "-number")[: most + 1])
    more = EventEntry.objects.filter(log_id=case).count() - most if len(entries) > most else 0
    faces = file_faces(actor, [photo for entry in entries[:most] for photo in entry.photos])
    return LogView(log.closed_at is None, tuple(_line(entry, faces) for entry in entries[:most]), more)


def _line(entry: EventEntry, faces: Mapping[str, FileView]) -> EntryLine:
    photos = tuple(faces[str(photo)] for photo in entry.photos if str(photo) in faces)
    return EntryLine(
        entry.number, entry.happened_at, entry.written_at, entry.place, entry.text, entry.author_name, photos
    )


def event_templates(actor: Actor, *, search: str = "", kind: str = "", state: str = "open") -> QuerySet[EventTemplate]:
    """Event templates in the order of the alphabet, each with how many events followed it (`used`). 1 query."""
    found = stated(visible_event_templates(actor), state).annotate(used=Count("events")).order_by("sort_key", "code")
    for word in search.split():
        found = found.filter(
            Q(name__icontains=word) | Q(sort_key__icontains=word) | Q(code__icontains=word)
            | Q(case_number__icontains=word)
        )  # fmt: skip
    return found.filter(event_kind=kind) if kind else found


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event that follows a template; its number is empty where the reader may not see the case."""

    city: str
    number: str
    status: str
    started_at: datetime


def events_of(actor: Actor, template: int) -> tuple[EventLine, ...]:
    """The events that follow a template, the latest first. 2 queries."""
    logs = list(EventLog.objects.filter(template_id=template).select_related("case").order_by("-case_id")[:200])
    seen = set(visible_cases(actor).filter(pk__in=[log.case_id for log in logs]).values_list("pk", flat=True))
    return tuple(
        EventLine(log.city, log.case.number if log.case_id in seen else "", log.case.status, log.case.started_at)
        for log in logs
    )


def event_template_register() -> Register:
    """All event templates by their code. 1 query."""
    return register_of(EventTemplate)


def report_register() -> Register:
    """The approved market research reports of the archive by their number, the latest first. 1 query."""
    reports = Document.objects.filter(process_code="SC-002", key="report", archived_at__isnull=False)
    rows = list(reports.order_by("-archived_at").values_list("number", "title", "status"))
    return Register(
        open={number: title for number, title, status in rows if status == Document.Status.IN_FORCE},
        closed={number: title for number, title, status in rows if status != Document.Status.IN_FORCE},
    )
