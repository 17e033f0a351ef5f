"""Where names of events, gateways and flows stand: the first place beside them where they touch nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from huiqian.diagram.graph import Node, Words
from huiqian.diagram.sizes import label_size

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
        """The cheapest candidate that touches nothing solid, else the one that touches least, and whether it is clean."""
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
        self.solid.append(best[1].box)
        return best[1], best[0] < 1000


def around_node(node: Node, box: Box) -> Iterator[tuple[float, Label]]:
    """Places for the name of an event or a gateway, the usual one first."""
    w, h = label_size(node.name, 96)
    middle_x, middle_y = box.x + box.w / 2, box.y + box.h / 2
    right, bottom = box.x + box.w, box.y + box.h
    below = Label(Box(middle_x - w / 2, bottom + 3, w, h), "middle")
    above = Label(Box(middle_x - w / 2, box.y - h - 3, w, h), "middle")
    beside = Label(Box(right + GAP, middle_y - h / 2, w, h), "start")
    before = Label(Box(box.x - GAP - w, middle_y - h / 2, w, h), "end")
    corners = [
        (Label(Box(x, y, w, h), anchor), price)
        for x, anchor, far in ((middle_x + 12, "start", 0), (middle_x - 12 - w, "end", 3))
        for y, price in ((box.y + 9 - h, 2 + far), (bottom - 9, 3 + far))
    ]
    low = Label(Box(right + 2, bottom - h + 10, w, h), "start")
    if node.kind == "boundaryEvent":
        yield from ((0, low), (1, below), (2, Label(Box(box.x - 2 - w, bottom - h + 10, w, h), "end")))
    elif box.w > 40:
        yield 1.5, beside
        yield from ((price, corner) for corner, price in corners)
        yield from ((7, below), (8, above), (9, before))
    else:
        yield from ((0, below), (1, above), (4, beside), (5, before))
        yield from ((price + 4, corner) for corner, price in corners)
    for step in (14, 28, 42):
        yield 10 + step, Label(Box(below.box.x + step, below.box.y, w, h), "middle")
        yield 11 + step, Label(Box(below.box.x - step, below.box.y, w, h), "middle")


def along(words: Words, runs: Sequence[tuple[Point, Point]]) -> Iterator[tuple[float, Label]]:
    """Places for a flow's name beside its straight runs, near its beginning first."""
    w, h = label_size(words)
    for number, ((x1, y1), (x2, y2)) in enumerate(runs):
        far = 6 * number
        if x1 == x2:
            top, bottom = min(y1, y2), max(y1, y2)
            ways = [top + 4, (top + bottom - h) / 2, bottom - h - 10]
            for price, y in enumerate(ways if y1 < y2 else reversed(ways)):
                if bottom - top >= h / 2:
                    yield far + price, Label(Box(x1 + GAP + 1, y, w, h), "start")
                    yield far + price + 2, Label(Box(x1 - GAP - 1 - w, y, w, h), "end")
        else:
            left, right = min(x1, x2), max(x1, x2)
            ways = [left + 5, (left + right - w) / 2, right - w - 12]
            for price, x in enumerate(ways if x1 < x2 else reversed(ways)):
                if right - left >= w * 0.75:
                    yield far + price + 1, Label(Box(x, y1 - h - 3, w, h), "start")
                    yield far + price + 2, Label(Box(x, y1 + 4, w, h), "start")


def segments(points: Sequence[Point]) -> list[Box]:
    """A flow's line as thin rectangles."""
    return [
        Box(min(x1, x2) - 2, min(y1, y2) - 2, abs(x1 - x2) + 4, abs(y1 - y2) + 4)
        for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False)
    ]
