"""Wires: how a lower room asks for something that a higher room does, without knowing it."""

from collections.abc import Callable
from typing import Any

_hands: dict[str, Callable[..., Any]] = {}


class NotWired(LookupError):
    """Nobody has a hand up for this wire: a mistake in config/wiring.py."""


def connect(wire: str, hand: Callable[..., Any]) -> None:
    """Say who does what `wire` asks for; every wire has exactly one hand."""
    if wire in _hands and _hands[wire] is not hand:
        raise ValueError(f"wire {wire!r} has a hand already: {_hands[wire].__module__}.{_hands[wire].__name__}")
    _hands[wire] = hand


def hand(wire: str) -> Callable[..., Any]:
    """The function connected to `wire`."""
    try:
        return _hands[wire]
    except KeyError:
        raise NotWired(f"no hand for wire {wire!r}; connect it in huiqian/config/wiring.py") from None


def find(wire: str) -> Callable[..., Any] | None:
    """The function connected to `wire`, if any: for what rooms above may offer but need not."""
    return _hands.get(wire)


def wires() -> dict[str, Callable[..., Any]]:
    """All wires and their hands, for the house's own tests."""
    return dict(_hands)
