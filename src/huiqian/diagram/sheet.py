"""One scope on its way to a layout: the two axes, who stands where on them, the ways found, and the coordinates."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from huiqian.diagram.axis import Axis, Channel, Slot
from huiqian.diagram.columns import Cell
from huiqian.diagram.graph import Node
from huiqian.diagram.labels import Box
from huiqian.diagram.routing import Router, Wish
from huiqian.diagram.sizes import (
    BOUNDARY,
    CARD,
    COLUMN_GAP,
    LANE,
    LANE_PAD,
    MARGIN,
    ROW_GAP,
    SYSTEM_CARD,
    step_of,
)

# Beside the middle of a card, flows may also enter and leave this far to the left and right.
SIDE_PORT = 42
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Need:
    """Room that a name lacks: so much before or after a part of an axis."""

    axis: str
    part: int
    before: float = 0
    after: float = 0


@dataclass(slots=True)
class Sheet:
    """Axes, seats, ways and coordinates of one scope."""

    sizes: Mapping[str, Size]
    cells: Mapping[str, Cell]
    hosted: Mapping[str, Sequence[Node]]
    x_axis: Axis
    y_axis: Axis
    row_part: Mapping[tuple[int, int], int]
    lane_parts: Sequence[tuple[int, int]]
    router: Router
    bare: bool
    wishes: list[Wish] = field(default_factory=list)
    ways: dict[int, list[int]] = field(default_factory=dict)
    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)
    x_borders: list[float] = field(default_factory=list)
    y_borders: list[float] = field(default_factory=list)

    @staticmethod
    def of(
        nodes: Sequence[Node], hosted: Mapping[str, Sequence[Node]], sizes: Mapping[str, Size],
        cells: Mapping[str, Cell], lanes: int, across: int, down: int, *, bare: bool,
    ) -> "Sheet":  # fmt: skip
        """The grid for seated nodes with so many tracks between columns and between rows."""
        x_axis = _x_axis(hosted, sizes, cells, across)
        y_axis, row_part, lane_parts = _y_axis(hosted, sizes, cells, lanes, down, bare=bare)
        xs, ys = x_axis.nominal(), y_axis.nominal()
        inside: dict[int, str] = {}
        sheet = Sheet(
            sizes, cells, hosted, x_axis, y_axis, row_part, lane_parts, Router(xs, ys, inside), bare
        )  # fmt: skip
        for node in nodes:
            row, middle = sheet.row_line(node.id), xs[sheet.column_line(node.id)]
            half = sizes[node.id][0] / 2 + 6
            part = sheet.column_part(node.id)
            slot = x_axis.parts[part]
            assert isinstance(slot, Slot)
            for offset in slot.offsets:
                line = x_axis.line(part, offset)
                if abs(xs[line] - middle) < half:
                    inside[sheet.router.point(line, row)] = node.id
        return sheet

    def column_part(self, node: str) -> int:
        """The part of the horizontal axis where a node stands."""
        return 2 * self.cells[node].column + 1

    def column_line(self, node: str, offset: int = 0) -> int:
        """The vertical line through a node, or one beside its middle."""
        return self.x_axis.line(self.column_part(node), offset)

    def row_line(self, node: str) -> int:
        """The horizontal line through a node."""
        cell = self.cells[node]
        return self.y_axis.line(self.row_part[(cell.lane, cell.row)])

    def run(self, wishes: Iterable[Wish]) -> None:
        """Route all flows, then once more those that bend, now that all are known."""
        self.wishes = list(wishes)
        for wish in self.wishes:
            self.ways[wish.number] = self.router.route(wish)
        self.router.clashes = 0
        for wish in self.wishes:
            way = self.ways[wish.number]
            if way[1] - way[0] != way[-1] - way[-2] or abs(way[-1] - way[0]) != abs(way[1] - way[0]) * (len(way) - 1):
                self.router.release(wish, way)
                self.ways[wish.number] = self.router.route(wish)

    def settle(self) -> None:
        """Work out the coordinates: tracks in use get room, lanes their least height."""
        columns, rows = self._used()
        for first, last in self.lane_parts:
            self._stretch(first, last, rows)
        self.xs, self.x_borders = self.x_axis.final(columns)
        self.ys, self.y_borders = self.y_axis.final(rows)

    def _used(self) -> tuple[set[int], set[int]]:
        columns: set[int] = set()
        rows: set[int] = set()
        for way in self.ways.values():
            for before, after in itertools.pairwise(way):
                column, row = self.router.place(before)
                if after - before in (1, -1):
                    rows.add(row)
                else:
                    columns.add(column)
        return columns, rows

    def _stretch(self, first: int, last: int, rows: set[int]) -> None:
        if self.bare:
            return
        _ys, borders = self.y_axis.final(rows)
        lacking = LANE - (borders[last + 1] - borders[first])
        if lacking > 0:
            top, bottom = self.y_axis.parts[first], self.y_axis.parts[last]
            assert isinstance(top, Channel)
            assert isinstance(bottom, Channel)
            top.before += lacking / 2
            bottom.after += lacking / 2

    def widen(self, needs: Iterable[Need]) -> bool:
        """Give names the room they lack; whether any lacked some."""
        most: defaultdict[tuple[str, int], list[float]] = defaultdict(lambda: [0.0, 0.0])
        for need in needs:
            wanted = most[(need.axis, need.part)]
            wanted[0], wanted[1] = max(wanted[0], need.before), max(wanted[1], need.after)
        for (axis, number), (before, after) in most.items():
            part = (self.x_axis if axis == "x" else self.y_axis).parts[number]
            assert isinstance(part, Channel)
            part.before += before
            part.after += after
        return bool(most)

    @property
    def width(self) -> float:
        """The whole width."""
        return self.x_borders[-1]

    @property
    def height(self) -> float:
        """The whole height."""
        return self.y_borders[-1]

    def bands(self) -> list[tuple[float, float]]:
        """Top and height of every lane."""
        return [
            (self.y_borders[first], self.y_borders[last + 1] - self.y_borders[first]) for first, last in self.lane_parts
        ]

    def box(self, node: str) -> Box:
        """Where a seated node stands."""
        w, h = self.sizes[node]
        return Box(self.xs[self.column_line(node)] - w / 2, self.ys[self.row_line(node)] - h / 2, w, h)

    def event_box(self, host: str, place: int) -> Box:
        """Where a boundary event sits on its host's lower border."""
        box = self.box(host)
        offset = boundary_offset(self.sizes[host][0], place, len(self.hosted[host]))
        middle = self.xs[self.column_line(host)] + offset
        return Box(middle - BOUNDARY / 2, box.y + box.h - BOUNDARY / 2, BOUNDARY, BOUNDARY)


def boundary_offset(width: float, place: int, events: int) -> int:
    """How far right of its host's middle the boundary event sits: from the right end on, on lines 14 px apart."""
    return round((width / 2 - 28) / 14) * 14 - step_of(events) * place


def boundary_offsets(width: float, events: int) -> list[int]:
    """Where all boundary events of a host sit, from the right end on."""
    return [boundary_offset(width, place, events) for place in range(events)]


def ports(width: float) -> tuple[int, ...]:
    """Where flows may enter and leave a node from above and below."""
    return (0, SIDE_PORT, -SIDE_PORT) if CARD[0] >= width >= SYSTEM_CARD[0] else (0,)


def _x_axis(
    hosted: Mapping[str, Sequence[Node]], sizes: Mapping[str, Size], cells: Mapping[str, Cell], tracks: int
) -> Axis:
    count = 1 + max((cell.column for cell in cells.values()), default=0)
    halves = [18.0] * count
    offsets: list[set[int]] = [{0} for _column in range(count)]
    for node, cell in cells.items():
        width = sizes[node][0]
        halves[cell.column] = max(halves[cell.column], width / 2)
        offsets[cell.column].update(ports(width))
        offsets[cell.column].update(boundary_offsets(width, len(hosted.get(node, ()))))
    parts: list[Slot | Channel] = [Channel(MARGIN, 1)]
    for half, beside in zip(halves, offsets, strict=True):
        parts += [Slot(half, half, tuple(sorted(beside))), Channel(COLUMN_GAP, tracks)]
    parts[-1] = Channel(MARGIN, 1)
    return Axis(parts)


def _y_axis(
    hosted: Mapping[str, Sequence[Node]], sizes: Mapping[str, Size], cells: Mapping[str, Cell], lanes: int, tracks: int,
    *, bare: bool,
) -> tuple[Axis, dict[tuple[int, int], int], list[tuple[int, int]]]:  # fmt: skip
    tops: defaultdict[tuple[int, int], float] = defaultdict(lambda: 18.0 if bare else CARD[1] / 2)
    lows: defaultdict[tuple[int, int], float] = defaultdict(lambda: 18.0 if bare else CARD[1] / 2)
    for node, cell in cells.items():
        place, half = (cell.lane, cell.row), sizes[node][1] / 2
        tops[place] = max(tops[place], half)
        lows[place] = max(lows[place], half + (BOUNDARY / 2 if node in hosted else 0))
    parts: list[Slot | Channel] = []
    row_part: dict[tuple[int, int], int] = {}
    lane_parts: list[tuple[int, int]] = []
    for lane in range(lanes):
        first = len(parts)
        rows = 1 + max((cell.row for cell in cells.values() if cell.lane == lane), default=0)
        parts.append(Channel(LANE_PAD, tracks))
        for row in range(rows):
            row_part[(lane, row)] = len(parts)
            parts += [Slot(tops[(lane, row)], lows[(lane, row)]), Channel(ROW_GAP, tracks + 1)]
        parts[-1] = Channel(LANE_PAD, tracks)
        lane_parts.append((first, len(parts) - 1))
    return Axis(parts), row_part, lane_parts
