"""What in a layout lies on what it should not: nodes on nodes, lines on nodes, names on anything, lines along lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from huiqian.diagram.labels import Box, Point, outline
from huiqian.diagram.layout import Layout, Placed, Routed

# Lines this near to each other and parallel count as lying on each other.
NEAR = 4.0


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two things on each other: node-node, edge-node, label-node, label-edge, label-label, edge-edge in `kind`.

    Or one thing outside of the drawing: outside.
    """

    kind: str
    one: str
    other: str


def overlaps(layout: Layout) -> tuple[Overlap, ...]:
    """All overlaps of a layout. A subprocess and what it holds, and a boundary event and its host, belong together."""
    return (*_nodes(layout), *_edges(layout), *_labels(layout), *_together(layout), *_outside(layout))


def _nodes(layout: Layout) -> Iterator[Overlap]:
    for one, other in combinations(layout.nodes, 2):
        if not _belongs(layout, one, other) and one.box.touches(other.box):
            yield Overlap("node-node", one.node.id, other.node.id)


def _belongs(layout: Layout, one: Placed, other: Placed) -> bool:
    if other.node.id in (one.node.attached_to, *_around(layout, one)):
        return True
    return one.node.id in (other.node.attached_to, *_around(layout, other))


def _around(layout: Layout, placed: Placed) -> list[str]:
    scopes = {other.node.id: other.node.scope for other in layout.nodes}
    chain, scope = [], placed.node.scope
    while scope:
        chain.append(scope)
        scope = scopes.get(scope, "")
    return chain


def _edges(layout: Layout) -> Iterator[Overlap]:
    hosts = {placed.node.id: placed.node.attached_to for placed in layout.nodes}
    around = {placed.node.id: _around(layout, placed) for placed in layout.nodes}
    for edge in layout.edges:
        pieces = _pieces(edge.points)
        beside = {hosts[edge.source], *around[edge.source]}
        for placed in layout.nodes:
            inner = placed.box.grown(-1)
            if placed.node.id not in beside and any(inner.touches(piece) for piece in pieces):
                yield Overlap("edge-node", edge.id, placed.node.id)


def _labels(layout: Layout) -> Iterator[Overlap]:
    named = [(p.node.id, p.label.box) for p in layout.nodes if p.label]
    named += [(e.id, e.label.box) for e in layout.edges if e.label]
    around = {placed.node.id: _around(layout, placed) for placed in layout.nodes}
    scope = {e.id: around[e.source] for e in layout.edges} | around
    for (one, box), (other, another) in combinations(named, 2):
        if box.touches(another):
            yield Overlap("label-label", one, other)
    for name, box in named:
        for placed in layout.nodes:
            if placed.node.id not in scope[name] and any(
                box.touches(part) for part in outline(placed.node, placed.box)
            ):
                yield Overlap("label-node", name, placed.node.id)
        for edge in layout.edges:
            if any(box.touches(piece) for piece in _pieces(edge.points)):
                yield Overlap("label-edge", name, edge.id)


def _together(layout: Layout) -> Iterator[Overlap]:
    """Lines of flows that share neither source nor target must not run along each other."""
    for one, other in combinations(layout.edges, 2):
        if one.source == other.source or one.target == other.target:
            continue
        if any(_along(a, b) for a in _pieces(one.points) for b in _pieces(other.points)):
            yield Overlap("edge-edge", one.id, other.id)


def _along(one: Box, other: Box) -> bool:
    if one.w <= 0.5 and other.w <= 0.5:
        return abs(one.x - other.x) < NEAR and min(one.y + one.h, other.y + other.h) - max(one.y, other.y) > NEAR
    if one.h <= 0.5 and other.h <= 0.5:
        return abs(one.y - other.y) < NEAR and min(one.x + one.w, other.x + other.w) - max(one.x, other.x) > NEAR
    return False


def _outside(layout: Layout) -> Iterator[Overlap]:
    things = [(p.node.id, p.box) for p in layout.nodes] + [(p.node.id, p.label.box) for p in layout.nodes if p.label]
    things += [(e.id, piece) for e in layout.edges for piece in _pieces(e.points)]
    things += [(e.id, e.label.box) for e in layout.edges if e.label]
    for name, box in things:
        if box.x < layout.head or box.y < 0 or box.x + box.w > layout.width or box.y + box.h > layout.height:
            yield Overlap("outside", name, "")


def _pieces(points: Sequence[Point]) -> list[Box]:
    return [
        Box(min(x1, x2), min(y1, y2), abs(x1 - x2) + 0.01, abs(y1 - y2) + 0.01)
        for (x1, y1), (x2, y2) in pairwise(points)
    ]


def count_crossings(edges: Sequence[Routed]) -> int:
    """How often flows cross each other: a measure of how restful a drawing is."""
    return sum(
        _cross(a, b)
        for one, other in combinations(edges, 2)
        for a in _pieces(one.points)
        for b in _pieces(other.points)
    )


def _cross(one: Box, other: Box) -> bool:
    upright, flat = (one, other) if one.w < one.h else (other, one)
    return (
        upright.w < 0.5 < flat.w
        and flat.h < 0.5
        and flat.x + 1 < upright.x < flat.x + flat.w - 1
        and upright.y + 1 < flat.y < upright.y + upright.h - 1
    )
