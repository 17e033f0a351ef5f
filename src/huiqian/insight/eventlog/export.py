"""Event logs as downloads, for those who may see the figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.errors import Invalid
from huiqian.insight.access import check_may_see_figures
from huiqian.insight.eventlog.ocel import ocel
from huiqian.insight.eventlog.reading import Who, case_logs, select
from huiqian.insight.eventlog.xes import xes
from huiqian.process.models import Definition

OCEL, XES = "ocel", "xes"
TYPES = {OCEL: "application/json", XES: "application/xml"}
USUAL = timedelta(days=180)
ENDINGS = {OCEL: "ocel.json", XES: "xes"}


@dataclass(frozen=True, slots=True)
class EventLog:
    """A log on its way: its name, its type, and its content in pieces."""

    name: str
    type: str
    chunks: Iterator[bytes]


def usual_period() -> tuple[date, date]:
    """The half year up to today: what is told where nobody says otherwise."""
    return clock.today() - USUAL, clock.today()


def event_log(actor: Actor, kind: str, process: str, since: date, until: date, *, names: bool) -> EventLog:
    """What happened in all cases that began from one day to another, as OCEL 2.0 ("ocel") or XES ("xes").

    Of one process, or ("", OCEL only) of all. Without `names` people have pseudonyms. Forbidden but for those who may
    see the figures; Invalid where the period or the choice makes no sense. It holds no titles, answers or opinions.
    """
    check_may_see_figures(actor)
    if kind not in TYPES:
        raise Invalid({"format": [_("Choose OCEL or XES.")]})
    if since > until:
        raise Invalid({"until": [_("The last day lies before the first one.")]})
    if kind == XES and not process:
        raise Invalid({"process": [_("XES tells one process: choose it.")]})
    if process and not Definition.objects.filter(code=process).exists():
        raise Invalid({"process": [_("There is no process with this code.")]})
    name = f"{process or 'all'} {since:%Y%m%d}-{until:%Y%m%d}.{ENDINGS[kind]}"
    selection, who = select(process, since, until), Who(names)
    logs = case_logs(selection)
    chunks = ocel(logs, who, frozenset(selection.cases)) if kind == OCEL else xes(logs, who, name)
    return EventLog(name, TYPES[kind], _in_language(chunks, get_language() or "zh-hans"))


def _in_language(chunks: Iterator[bytes], language: str) -> Iterator[bytes]:
    """The pieces, made in the language of whoever asked: they are made after the request is over."""
    while True:
        with override(language):
            piece = next(chunks, None)
        if piece is None:
            return
        if piece:
            yield piece
