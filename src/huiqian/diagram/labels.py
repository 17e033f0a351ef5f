"""Where names of events, gateways and flows stand: the first place beside them where they touch nothing."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from huiqian.diagram.graph import Node, Words
from huiqian.diagram.sizes import BOUNDARY_LABEL, NODE_LABEL, label_size

Point = tuple[float, float]
GAP = 5.0


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in px."""

    x: float
    y: float
    w: float
    h: float

    def touches(self, other: "Box") -> bool:
        """Whether two rectangles share area; a common border is none."""
        return (
            self.x < other.x + other.w
            and other.x < self.x + self.w
            and self.y < other.y + other.h
            and other.y < self.y + self.h
        )

    def grown(self, by: float) -> "Box":
        """The rectangle with a margin around it."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name stands; `anchor` says to which side of the box its lines keep: start, middle or end."""

    box: Box
    anchor: str


@dataclass(slots=True)
class Surroundings:
    """What labels keep away from: `solid` never to be touched, `soft` where pills may hang and lanes part."""

    frame: Box
    solid: list[Box] = field(default_factory=list)
    soft: list[Box] = field(default_factory=list)

    def pick(self, candidates: Iterable[tuple[float, Label]]) -> tuple[Label, bool] | None:
        """The cheapest candidate, first of all one that touches nothing solid, and whether it is clean."""
        best: tuple[float, Label] | None = None
        for price, label in candidates:
            if best is not None and price >= best[0]:
                continue
            box = label.box
            inside = box.x >= self.frame.x and box.x + box.w <= self.frame.x + self.frame.w and box.y >= 0
            inside = inside and box.y + box.h <= self.frame.h
            touched = sum(box.touches(other) for other in self.solid) + (not inside)
            total = price + 1000 * touched + 8 * sum(box.touches(other) for other in self.soft)
            if best is None or total < best[0]:
                best = (total, label)
        if best is None:
            return None
        self.solid.append(best[1].box.grown(1.5))
        return best[1], best[0] < 1000


def name_width(node: Node) -> int:
    """How wide the lines of a node's name may be."""
    return BOUNDARY_LABEL if node.kind == "boundaryEvent" else NODE_LABEL


def around_node(node: Node, box: Box) -> Iterator[tuple[float, Label]]:
    """Places for the name of an event or a gateway, the usual one first."""
    w, h = label_size(node.name, name_width(node))
    middle_x, middle_y = box.x + box.w / 2, box.y + box.h / 2
    right, bottom = box.x + box.w, box.y + box.h
    gateway = box.w > 40
    if node.kind == "boundaryEvent":
        low = bottom - min(h, 15) + 10
        yield 0, Label(Box(right + 2, low, w, h), "start")
        yield 2, Label(Box(box.x - 2 - w, low, w, h), "end")
    yield 1.5 if gateway else 4, Label(Box(right + GAP, middle_y - h / 2, w, h), "start")
    yield 9 if gateway else 5, Label(Box(box.x - GAP - w, middle_y - h / 2, w, h), "end")
    for x, anchor, far in ((middle_x + 12, "start", 0.0), (middle_x - 12 - w, "end", 3.0)):
        for up in (9, 4, 0):
            yield (2 if gateway else 6) + far + up / 9, Label(Box(x, box.y + up - h, w, h), anchor)
            yield (3 if gateway else 7) + far + up / 9, Label(Box(x, bottom - up, w, h), anchor)
    for y, price in ((bottom + 2, 7.0 if gateway else 0.0), (box.y - h - 2, 8.0 if gateway else 1.0)):
        for step in (0, 10, -10, 20, -20, 32, -32, 44, -44):
            yield price + abs(step) / 3, Label(Box(middle_x - w / 2 + step, y, w, h), "middle")


def along(
    words: Words, runs: Sequence[tuple[Point, Point]], *, trunk: bool, stroke: bool
) -> Iterator[tuple[float, Label]]:
    """Places for a flow's name beside its straight runs, near its beginning first.

    A default flow has a `stroke` across its beginning, which the name leaves free. Where the flow comes off a `trunk`
    that it shares with others, its level runs are better: beside the upright ones the name would stand next to the
    other flows' branches.
    """
    w, h = label_size(words)
    upright = 14.0 if trunk else 0.0
    for number, ((x1, y1), (x2, y2)) in enumerate(runs):
        far = 6.0 * number
        if x1 == x2:
            for price, y in _places(y1, y2, h, 4):
                yield upright + far + price, Label(Box(x1 + GAP + 1, y, w, h), "start")
                yield upright + far + price + 2, Label(Box(x1 - GAP - 1 - w, y, w, h), "end")
        else:
            for price, x in _places(x1, x2, w, 15 if stroke and not number else 6):
                yield far + price + 1, Label(Box(x, y1 - h - 3, w, h), "start")
                yield far + price + 2, Label(Box(x, y1 + 4, w, h), "start")


def _places(begin: float, end: float, long: float, rest: float) -> Iterator[tuple[float, float]]:
    """Where a name of this length may start beside a run, from its beginning on: price and coordinate."""
    room = abs(end - begin) - long - 2 * rest
    low = min(begin, end) + rest
    if room < 0:
        if room > -long * 0.6:
            yield 3, low + room / 2
        return
    for step in range(0, int(min(room, 400)) + 1, 10):
        yield step / 20, low + step if begin < end else low + room - step


def outline(node: Node, box: Box) -> list[Box]:
    """A node's area as rectangles: a diamond is narrower above and below than in the middle."""
    if box.w != 44 or not node.kind.endswith("Gateway"):
        return [box]
    x, y = box.x + box.w / 2, box.y + box.h / 2
    return [
        Box(x - half, y - high, 2 * half, 2 * high) for half, high in ((22, 4), (17, 9), (12, 13), (7, 18), (3, 22))
    ]


def segments(points: Sequence[Point]) -> list[Box]:
    """A flow's line as thin rectangles."""
    return [
        Box(min(x1, x2) - 2, min(y1, y2) - 2, abs(x1 - x2) + 4, abs(y1 - y2) + 4)
        for (x1, y1), (x2, y2) in itertools.pairwise(points)
    ]
