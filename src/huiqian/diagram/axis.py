"""The lines that flows may run along: first only their order, then, when all routes are known, their coordinates.

An axis is a row of parts from left to right (or top to bottom): slots, where nodes stand, with a line through the
middle and where needed some beside it, and channels between them, with tracks for flows. Tracks that no flow uses take
no room.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from huiqian.diagram.sizes import CLEAR, TRACK


@dataclass(slots=True)
class Slot:
    """Room for nodes: so much before and after the middle line, and the lines' distances from the middle."""

    before: float
    after: float
    offsets: tuple[int, ...] = (0,)


@dataclass(slots=True)
class Channel:
    """Room between slots: its least breadth, its tracks, and room kept free for labels before and after them."""

    least: float
    tracks: int
    before: float = 0
    after: float = 0


@dataclass(slots=True)
class Axis:
    """Slots and channels in order, and the lines in them, numbered through."""

    parts: Sequence[Slot | Channel]
    lines: list[tuple[int, int]] = field(default_factory=list)
    first: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Number the lines."""
        for number, part in enumerate(self.parts):
            self.first.append(len(self.lines))
            count = len(part.offsets) if isinstance(part, Slot) else part.tracks
            self.lines.extend((number, place) for place in range(count))

    def line(self, part: int, offset: int = 0) -> int:
        """The number of a slot's line at a distance from the middle."""
        slot = self.parts[part]
        assert isinstance(slot, Slot)
        return self.first[part] + slot.offsets.index(offset)

    def nominal(self) -> list[float]:
        """Coordinates for measuring ways while they are looked for: every track is there, none takes room."""
        at = 0.0
        found: list[float] = []
        for part in self.parts:
            if isinstance(part, Slot):
                found.extend(at + part.before + offset for offset in part.offsets)
                at += part.before + part.after
            else:
                found.extend(at + part.least * (place + 1) / (part.tracks + 1) for place in range(part.tracks))
                at += part.least
        return found

    def final(self, used: Collection[int]) -> tuple[list[float], list[float]]:
        """The lines' coordinates and the parts' borders, with room for just the tracks that are used."""
        at, borders = 0.0, [0.0]
        found: list[float] = []
        for number, part in enumerate(self.parts):
            if isinstance(part, Slot):
                found.extend(at + part.before + offset for offset in part.offsets)
                at += part.before + part.after
            else:
                at += self._spread(number, part, at, used, found)
            borders.append(at)
        return found, borders

    def _spread(self, number: int, part: Channel, at: float, used: Collection[int], found: list[float]) -> float:
        first = self.first[number]
        busy = [line for line in range(first, first + part.tracks) if line in used]
        inner = max(part.least, 2 * CLEAR + (len(busy) - 1) * TRACK) if busy else part.least
        start = at + part.before + (inner - (len(busy) - 1) * TRACK) / 2
        tracks = range(first, first + part.tracks)
        found.extend(start + TRACK * sum(other < line for other in busy) for line in tracks)
        return inner + part.before + part.after
