"""Ticks: what time itself does, again and again; config/wiring.py registers them, a worker runs them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tick:
    """`run` is called every `seconds`, by one worker at a time; it must bear being called twice or late."""

    name: str
    seconds: float
    run: Callable[[], object]


_ticks: dict[str, Tick] = {}


def every(seconds: float, name: str, run: Callable[[], object]) -> None:
    """Register a tick under its stable name ("process.fire_due_timers")."""
    if name in _ticks and _ticks[name].run is not run:
        raise ValueError(f"tick {name!r} is registered already")
    _ticks[name] = Tick(name, seconds, run)


def ticks() -> tuple[Tick, ...]:
    """All ticks, the most frequent first."""
    return tuple(sorted(_ticks.values(), key=lambda tick: (tick.seconds, tick.name)))
