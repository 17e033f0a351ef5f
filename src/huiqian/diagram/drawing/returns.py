"""Lines for cases that went back: routed over the finished layout, for no flow of the process stands for them."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from huiqian.diagram.drawing.marks import ReturnEdge
from huiqian.diagram.labels import Box, Point
from huiqian.diagram.layout import Layout
from huiqian.diagram.routing import DOWN, LEFT, RIGHT, UP, Router, Wish

MARGIN = 16.0
# Where a return may leave and enter a card: beside the middle, where the flows are.
BESIDE = (42.0, -42.0, 28.0, -28.0)


def return_lines(layout: Layout, returns: Sequence[ReturnEdge]) -> list[tuple[ReturnEdge, tuple[Point, ...]]]:
    """The corners of every return's line; one between steps that the layout does not have is left out."""
    known = {placed.node.id for placed in layout.nodes}
    drawn = tuple(r for r in returns if r.source in known and r.target in known and r.source != r.target)
    return list(zip(drawn, _lines(layout, tuple((r.source, r.target) for r in drawn)), strict=True)) if drawn else []


def forget() -> None:
    """Let go of the lines worked out so far."""
    _routed.cache_clear()


class _Key:
    """A layout as a cache key: by identity, for its hash would cost more than the drawing."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def __hash__(self) -> int:
        return id(self.layout)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.layout is self.layout


def _lines(layout: Layout, pairs: tuple[tuple[str, str], ...]) -> list[tuple[Point, ...]]:
    return _routed(_Key(layout), pairs)


@lru_cache(maxsize=128)
def _routed(key: _Key, pairs: tuple[tuple[str, str], ...]) -> list[tuple[Point, ...]]:
    return _Field(key.layout, {end for pair in pairs for end in pair}).lines(pairs)


class _Field:
    """A finished layout as a grid to route on."""

    def __init__(self, layout: Layout, ends: Collection[str]) -> None:
        self.layout = layout
        self.boxes = {placed.node.id: placed.box for placed in layout.nodes}
        self.open = _around(layout, ends)
        self.xs, self.ys = self._lines_of_axes(ends)
        self.inside: dict[int, str] = {}
        self.router = Router(self.xs, self.ys, self.inside)
        self.x_at = {x: number for number, x in enumerate(self.xs)}
        self.y_at = {y: number for number, y in enumerate(self.ys)}
        self._block()
        self._lay_flows()

    def lines(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[Point, ...]]:
        """A line for each pair of nodes."""
        found = []
        for number, (source, target) in enumerate(pairs):
            way = self.router.route(self._wish(number, source, target))
            points = [(self.xs[p % len(self.xs)], self.ys[p // len(self.xs)]) for p in way]
            found.append(tuple(_corners(points, self.boxes[source], self.boxes[target])))
        return found

    def _lines_of_axes(self, ends: Collection[str]) -> tuple[list[float], list[float]]:
        """Lines beside every node, through the nodes that are joined, and along the flows."""
        xs: set[float] = set()
        ys: set[float] = set()
        for node, box in self.boxes.items():
            xs.update((box.x - MARGIN, box.x + box.w + MARGIN))
            ys.update((box.y - MARGIN, box.y + box.h + MARGIN))
            if node in ends:
                middle_x = box.x + box.w / 2
                xs.update(middle_x + far for far in (0.0, *(BESIDE if box.w > 100 else ())))
                ys.add(box.y + box.h / 2)
        for edge in self.layout.edges:
            xs.update(x for x, _y in edge.points)
            ys.update(y for _x, y in edge.points)
        left, right, height = self.layout.head + 6, self.layout.width - 6, self.layout.height
        return sorted(x for x in xs if left <= x <= right), sorted(y for y in ys if 6 <= y <= height - 6)

    def _block(self) -> None:
        for node, box in self.boxes.items():
            if node in self.open:
                continue
            columns = [n for n, x in enumerate(self.xs) if box.x - 5 < x < box.x + box.w + 5]
            rows = [n for n, y in enumerate(self.ys) if box.y - 5 < y < box.y + box.h + 5]
            self.inside.update({self.router.point(column, row): node for column in columns for row in rows})
        labels = [placed.label for placed in self.layout.nodes] + [edge.label for edge in self.layout.edges]
        for label in labels:
            if label is not None:
                self._shun(label.box)

    def _shun(self, box: Box) -> None:
        """Names are not run over: their points are walls."""
        for column, x in enumerate(self.xs):
            if box.x - 3 < x < box.x + box.w + 3:
                for row, y in enumerate(self.ys):
                    if box.y - 3 < y < box.y + box.h + 3:
                        self.inside.setdefault(self.router.point(column, row), " ")

    def _lay_flows(self) -> None:
        for number, edge in enumerate(self.layout.edges):
            way: list[int] = []
            for (x1, y1), (x2, y2) in zip(edge.points, edge.points[1:], strict=False):
                if x1 in self.x_at and x2 in self.x_at and y1 in self.y_at and y2 in self.y_at:
                    way += self._between(self.x_at[x1], self.y_at[y1], self.x_at[x2], self.y_at[y2])
            ends = Wish(-1 - number, f" {edge.id}", f" {edge.id}", (), {}, 0)
            self.router.lay(ends, list(dict.fromkeys(way)))

    def _between(self, c1: int, r1: int, c2: int, r2: int) -> list[int]:
        if r1 == r2:
            return [self.router.point(c, r1) for c in range(c1, c2 + (1 if c2 >= c1 else -1), 1 if c2 >= c1 else -1)]
        return [self.router.point(c1, r) for r in range(r1, r2 + (1 if r2 >= r1 else -1), 1 if r2 >= r1 else -1)]

    def _wish(self, number: int, source: str, target: str) -> Wish:
        exits = tuple(self._ports(source))
        entries = {(point, (direction + 2) % 4): cost for point, direction, cost in self._ports(target)}
        box = self.boxes[target]
        middle = self.router.point(self._x(box.x + box.w / 2), self._y(box.y + box.h / 2))
        return Wish(number, source, target, exits, entries, middle)

    def _ports(self, node: str) -> list[tuple[int, int, float]]:
        """Border points, the direction outwards, the cost: beside the middle above and below, the sides where free."""
        box = self.boxes[node]
        middle_x, middle_y = box.x + box.w / 2, box.y + box.h / 2
        offsets = [(far, 4.0 + number) for number, far in enumerate(BESIDE)] if box.w > 100 else []
        ports = []
        for far, cost in (*offsets, (0.0, 12.0)):
            column = self._x(middle_x + far)
            ports += [(self.router.point(column, self._edge_row(box, column, UP)), UP, cost)]
            ports += [(self.router.point(column, self._edge_row(box, column, DOWN)), DOWN, cost)]
        row = self._y(middle_y)
        inner = [n for n, x in enumerate(self.xs) if box.x - 5 < x < box.x + box.w + 5]
        return [
            *ports,
            (self.router.point(inner[-1], row), RIGHT, 10.0),
            (self.router.point(inner[0], row), LEFT, 10.0),
        ]

    def _edge_row(self, box: Box, column: int, direction: int) -> int:
        inner = [n for n, y in enumerate(self.ys) if box.y - 5 < y < box.y + box.h + 5]
        return inner[0] if direction == UP else inner[-1]

    def _x(self, x: float) -> int:
        return min(range(len(self.xs)), key=lambda number: abs(self.xs[number] - x))

    def _y(self, y: float) -> int:
        return min(range(len(self.ys)), key=lambda number: abs(self.ys[number] - y))


def _around(layout: Layout, ends: Collection[str]) -> set[str]:
    """The subprocesses around nodes: lines may run through these."""
    scopes = {placed.node.id: placed.node.scope for placed in layout.nodes}
    found: set[str] = set()
    for end in ends:
        scope = scopes[end]
        while scope:
            found.add(scope)
            scope = scopes.get(scope, "")
    return found


def _corners(points: Sequence[Point], source: Box, target: Box) -> list[Point]:
    kept = [points[0]]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        if (before[0] == here[0]) != (here[0] == after[0]):
            kept.append(here)
    kept.append(points[-1])
    kept[0] = _border(source, kept[0], kept[1])
    kept[-1] = _border(target, kept[-1], kept[-2])
    return kept


def _border(box: Box, end: Point, towards: Point) -> Point:
    if end[0] == towards[0]:
        return end[0], box.y if towards[1] < box.y + box.h / 2 else box.y + box.h
    return box.x if towards[0] < box.x + box.w / 2 else box.x + box.w, end[1]
