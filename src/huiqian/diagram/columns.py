"""Where nodes stand: columns by the longest way from the start, rows inside the lanes.

A step that only hands on to another position is put straight above or below it, so that a process of many lanes stays
narrow; parallel branches of one lane stand in rows of their own.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from huiqian.diagram.graph import GATEWAYS, Flow, Node

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the grid: the column, the lane's number, the row inside the lane."""

    column: int
    lane: int
    row: int


@dataclass(slots=True)
class Seating:
    """Who sits where while nodes are being placed."""

    cells: dict[str, Cell] = field(default_factory=dict)
    taken: defaultdict[tuple[int, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    # Rows that a straight flow runs through, and cells that a vertical flow runs through.
    crossed: defaultdict[tuple[int, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    closed: set[tuple[int, int]] = field(default_factory=set)

    def free(self, column: int, lane: int, row: int) -> bool:
        """Whether a node may sit there."""
        place = (column, lane)
        return place not in self.closed and row not in self.taken[place] and row not in self.crossed[place]

    def open_between(self, source: Cell, column: int, row: int) -> bool:
        """Whether a straight flow from a cell to a column of its lane meets nobody."""
        return all(row not in self.taken[(between, source.lane)] for between in range(source.column + 1, column))

    def sit(self, node: str, cell: Cell) -> None:
        """Seat a node."""
        self.cells[node] = cell
        self.taken[(cell.column, cell.lane)].add(cell.row)


def links_of(nodes: Sequence[Node], flows: Iterable[Flow], boundaries: Mapping[str, str]) -> list[Link]:
    """The flows as pairs of seated nodes: a boundary event stands for its host. Loops onto oneself are left out."""
    known = {node.id for node in nodes}
    pairs = ((boundaries.get(flow.source, flow.source), flow.target) for flow in flows)
    return [pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1] and known.issuperset(pair)]


def back_links(nodes: Sequence[Node], links: Sequence[Link]) -> set[Link]:
    """The links that close a loop, found depth first from the starts in the file's order."""
    following: defaultdict[str, list[str]] = defaultdict(list)
    for source, target in links:
        following[source].append(target)
    entered = {target for _source, target in links}
    back: set[Link] = set()
    done: set[str] = set()
    for root in sorted((node.id for node in nodes), key=lambda node: node in entered):
        if root not in done:
            _descend(root, following, back, done)
    return back


def _descend(root: str, following: Mapping[str, list[str]], back: set[Link], done: set[str]) -> None:
    open_nodes = {root: iter(following.get(root, ()))}
    while open_nodes:
        node = next(reversed(open_nodes))
        target = next(open_nodes[node], None)
        if target is None:
            done.add(node)
            del open_nodes[node]
        elif target in open_nodes:
            back.add((node, target))
        elif target not in done:
            open_nodes[target] = iter(following.get(target, ()))


def seat(
    nodes: Sequence[Node], flows: Sequence[Flow], lanes: Mapping[str, int], boundaries: Mapping[str, str]
) -> dict[str, Cell]:
    """Give every node (boundary events apart) its cell; `lanes` are the lanes' numbers by node, `boundaries` hosts."""
    links = links_of(nodes, flows, boundaries)
    back = back_links(nodes, links)
    before: dict[str, list[str]] = {node.id: [] for node in nodes}
    after: dict[str, list[str]] = {node.id: [] for node in nodes}
    for source, target in links:
        if (source, target) not in back:
            before[target].append(source)
            after[source].append(target)
    kinds = {node.id: node.kind for node in nodes}
    direct = {(flow.source, flow.target) for flow in flows}
    busy_below = set(boundaries.values())
    seating = Seating()
    alone = [node.id for node in nodes if not before[node.id] and not after[node.id] and len(nodes) > 1]
    for node in _in_order([n.id for n in nodes if n.id not in alone], before, after):
        previous = before[node]
        stacked = (
            len(previous) == 1
            and (previous[0], node) in direct
            and (previous[0] if lanes[node] > lanes[previous[0]] else node) not in busy_below
            and _may_stack(kinds, after, previous[0])
            and _stack(seating, previous[0], node, lanes[node])
        )
        if not stacked:
            _append(seating, node, previous, lanes[node])
    last = 1 + max((cell.column for cell in seating.cells.values()), default=-1)
    for node in alone:
        _append(seating, node, [], lanes[node], last)
    return seating.cells


def _in_order(nodes: Sequence[str], before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> list[str]:
    """Every node after all that lead to it; among those ready, the one nearest to the start, then the file's order."""
    place = {node: number for number, node in enumerate(nodes)}
    waits = {node: len(before[node]) for node in nodes}
    depth = dict.fromkeys(nodes, 0)
    ready = [(0, place[node], node) for node in nodes if not waits[node]]
    heapq.heapify(ready)
    order: list[str] = []
    while ready:
        far, _place, node = heapq.heappop(ready)
        order.append(node)
        for target in after[node]:
            waits[target] -= 1
            depth[target] = max(depth[target], far + 1)
            if not waits[target]:
                heapq.heappush(ready, (depth[target], place[target], target))
    return order


def _may_stack(kinds: Mapping[str, str], after: Mapping[str, list[str]], source: str) -> bool:
    """A step with one way on, or a gateway that chooses; the branches of a parallel gateway stand side by side."""
    if kinds[source] in GATEWAYS:
        return kinds[source] != "parallelGateway" and len(after[source]) > 1
    return len(after[source]) == 1


def _stack(seating: Seating, source: str, node: str, lane: int) -> bool:
    """Seat a node in its forerunner's column, straight above or below it, if nothing is in between."""
    cell = seating.cells[source]
    if lane == cell.lane or seating.taken[(cell.column, cell.lane)] != {cell.row}:
        return False
    low, high = sorted((lane, cell.lane))
    passed = [(cell.column, between) for between in range(low + 1, high)]
    target = (cell.column, lane)
    if (
        target in seating.closed
        or seating.taken[target]
        or any(p in seating.closed or seating.taken[p] for p in passed)
    ):
        return False
    row = next(row for row in range(len(seating.crossed[target]) + 1) if row not in seating.crossed[target])
    seating.sit(node, Cell(cell.column, lane, row))
    seating.closed.update([*passed, target, (cell.column, cell.lane)])
    return True


def _append(seating: Seating, node: str, previous: Sequence[str], lane: int, column: int = 0) -> None:
    """Seat a node in the first column after all that lead to it, in the row of one of them where the way is open."""
    cells = [seating.cells[source] for source in previous]
    column = max([column, *(cell.column + 1 for cell in cells)])
    while (column, lane) in seating.closed:
        column += 1
    beside = [cell for cell in cells if cell.lane == lane]
    wanted = [cell.row for cell in beside if seating.open_between(cell, column, cell.row)]
    near = wanted[0] if wanted else beside[0].row if beside else 0
    rows = [*wanted, *sorted(range(near + len(seating.cells) + 1), key=lambda row: (abs(row - near), -row))]
    row = next(row for row in rows if seating.free(column, lane, row))
    seating.sit(node, Cell(column, lane, row))
    for cell in beside:
        if cell.row == row and seating.open_between(cell, column, row):
            for between in range(cell.column + 1, column):
                seating.crossed[(between, lane)].add(row)
