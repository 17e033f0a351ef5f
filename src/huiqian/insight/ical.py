"""The marketing calendar as iCalendar (RFC 5545), for the calendar programs of one person."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from huiqian.insight.queries.calendar import CalendarEntry

# How long calendar programs wait before they ask again; some read only the second way of saying so.
FRESH, FRESH_TOO = timedelta(hours=4), "PT4H"


def ical_of(
    entries: Iterable[CalendarEntry], kinds: dict[str, str], address: Callable[[CalendarEntry], str], now: datetime
) -> bytes:
    """All entries as days, each with the address of what it is about. The same entry has the same UID for ever."""
    calendar = Calendar()
    calendar.add("prodid", "-//Huiqian//Marketing calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Marketing calendar"))
    calendar.add("refresh-interval", FRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", FRESH_TOO)
    for entry in entries:
        calendar.add_component(_event(entry, kinds, address(entry), now))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, kinds: dict[str, str], address: str, now: datetime) -> Event:
    line, event = entry.line, Event()
    event.add("uid", f"{_key(entry)}@huiqian")
    event.add("dtstamp", now)
    event.add("dtstart", line.first)
    # The day after the last one: an end is exclusive.
    event.add("dtend", line.last + timedelta(days=1))
    said = f"{line.text} · {line.title}" if line.text else line.title
    event.add("summary", f"{line.time} {said}" if line.time else said)
    event.add("categories", [kinds.get(line.kind, line.kind)])
    event.add("url", address)
    facts = [kinds.get(line.kind, line.kind), line.case_number or entry.price_list, *line.people, address]
    event.add("description", "\n".join(fact for fact in facts if fact))
    # A day in the calendar keeps nobody from a meeting.
    event.add("transp", "TRANSPARENT")
    if line.place:
        event.add("location", line.place)
    return event


def _key(entry: CalendarEntry) -> str:
    line = entry.line
    about = line.case_number or entry.price_list or f"{line.process_code}-{line.first:%Y%m%d}"
    return f"{about}-{line.kind}-{line.row}"
