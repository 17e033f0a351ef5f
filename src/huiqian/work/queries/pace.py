"""When a case will be through: how long its steps usually take, along the longest way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiqian.engine import Definition, Foreseen, State
from huiqian.engine.state import INCIDENT
from huiqian.org.rules import Calendar
from huiqian.work.models import Pace

# How long something takes in working time; None where nobody can say (it waits for a date, or for another case).
Span = timedelta | None
NOTHING = timedelta(0)
# What the system does by itself; a subprocess takes what is in it.
AT_ONCE = frozenset(("businessRuleTask", "scriptTask", "serviceTask", "sendTask", "subProcess"))
PEOPLE_S = frozenset(("userTask", "manualTask"))


def pace_of(code: str) -> dict[str, timedelta]:
    """How long each step of a process usually takes in working time, by its id; only steps done often. 1 query."""
    rows = Pace.objects.filter(process=code).values_list("element", "minutes")
    return {element: timedelta(minutes=minutes) for element, minutes in rows}


@dataclass(frozen=True, slots=True)
class Ahead:
    """How much working time lies between now and the end of each step to come, and the end of all; None: unknown."""

    steps: Mapping[str, Span]
    through: Span


def ahead(
    foreseen: Iterable[Foreseen], definition: Definition, pace: Mapping[str, timedelta], left: Mapping[str, Span]
) -> Ahead:
    """Walk the steps to come. `left` says what is open now takes yet; what else is open is not known.

    A step without a pace takes the time it is given by its deadline; one without either is not known.
    """
    coming = {step.element: step for step in foreseen if not step.skipped}
    calendar = Calendar()
    known: dict[str, Span] = {}

    def end_of(name: str) -> Span:
        if name in known:
            return known[name]
        if name in left:
            return left[name]
        if name not in coming:
            return _takes(name, definition, {}, calendar) if definition.elements[name].kind in AT_ONCE else None
        step = coming[name]
        begins = _latest(NOTHING if not step.waits else None, map(end_of, step.after))
        takes = _takes(name, definition, pace, calendar)
        known[name] = None if begins is None or takes is None else begins + takes
        return known[name]

    steps = {name: end_of(name) for name in coming}
    return Ahead(steps, _latest(NOTHING, (*steps.values(), *left.values())))


def _latest(first: Span, others: Iterable[Span]) -> Span:
    """The longest; not known where one of them is not."""
    spans = [first, *others]
    return None if None in spans else max(span for span in spans if span is not None)


def _takes(name: str, definition: Definition, pace: Mapping[str, timedelta], calendar: Calendar) -> Span:
    element = definition.elements[name]
    if element.kind in AT_ONCE:
        return NOTHING
    if element.kind not in PEOPLE_S:
        return None
    deadline = element.settings.get("deadline", "")
    return pace.get(name, calendar.span(deadline) if deadline else None)


def left_of(
    state: State,
    definition: Definition,
    opened: Iterable[tuple[str, datetime]],
    now: datetime,
    calendar: Calendar,
    pace: Mapping[str, timedelta],
) -> dict[str, Span]:
    """What is left of everything open, at least none; `opened` are the steps people are asked at, since when.

    A timer at a step's side and what listens beside the case are not waited for.
    """
    found: dict[str, Span] = {}
    for wait in state.waits.values():
        kind = definition.elements[wait.element].kind
        if kind not in PEOPLE_S and kind not in ("boundaryEvent", "startEvent"):
            found[wait.element] = NOTHING if kind in AT_ONCE and wait.kind != INCIDENT else None
    for name, since in opened:
        takes = _takes(name, definition, pace, calendar)
        rest = None if takes is None else max(NOTHING, takes - calendar.worked(since, now))
        found[name] = _latest(rest, [found[name]] if name in found else [])
    return found
