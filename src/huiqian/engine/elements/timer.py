"""Timer: a date, a duration or a repetition, in clock time (BPMN 2.0.2 §10.5.5)."""

from collections.abc import Iterator
from datetime import timedelta

from huiqian.engine.behaviour import Occurrence, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.effects import SetTimer
from huiqian.engine.run import Run, Trouble
from huiqian.engine.state import TIMER, Token
from huiqian.engine.timing import Cycle, Duration, moment_of, read_cycle


def listen(run: Run, element: Element, parent: int) -> None:
    """Ask to be woken."""
    assert element.trigger is not None
    said: object = element.trigger.when
    if element.trigger.timing is not None:
        said = run.value(element.trigger.timing, parent)
    try:
        cycle = read_cycle(said, run.now) if isinstance(said, str) else None
        due = cycle.first(run.now) if cycle is not None else moment_of(said, run.now)
    except (OverflowError, ValueError):
        due = cycle = None
    if due is None or (cycle is not None and cycle.times == 0):
        raise Trouble("timer-value", value=str(said)[:100])
    token = run.put(element.id, parent, TIMER, _left(cycle, element))
    run.effects.append(SetTimer(str(token.id), element.id, due))


def _left(cycle: Cycle | None, element: Element) -> object:
    """What is still to come after the first time: only what does not interrupt repeats."""
    if cycle is None or element.interrupting:
        return None
    return [cycle.times - 1 if cycle.times is not None else None, cycle.every.months, cycle.every.rest.total_seconds()]


def again(run: Run, token: Token) -> bool:
    """Set a repeating timer anew after it fired; False where it has no time left."""
    if token.data is None or token.data[0] == 0:
        return False
    times, months, seconds = token.data
    fresh = run.turn(token, TIMER, [times - 1 if times is not None else None, months, seconds])
    due = Duration(months, timedelta(seconds=seconds)).after(run.now)
    run.effects.append(SetTimer(str(fresh.id), fresh.element, due))
    return True


def check(definition: Definition, element: Element) -> Iterator[Problem]:
    """A repetition makes sense where the event does not interrupt, or at a process's start."""
    assert element.trigger is not None
    repeats = element.kind == "startEvent" and element.scope is None
    if element.trigger.form == "timeCycle" and not repeats and element.kind == "intermediateCatchEvent":
        yield "timer-cycle-here", {}


OCCURRENCE = Occurrence("timer", listen=listen, check=check)
