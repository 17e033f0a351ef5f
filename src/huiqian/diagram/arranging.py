"""From a graph to a layout: seat the nodes, route the flows, set the coordinates, place the names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from huiqian.diagram.columns import Cell, back_links, links_of, seat
from huiqian.diagram.graph import BOXES, Flow, Graph, Lane, Node, Words
from huiqian.diagram.labels import Box
from huiqian.diagram.layout import Band, Layout, Placed, Routed
from huiqian.diagram.naming import name_all
from huiqian.diagram.sheet import Sheet
from huiqian.diagram.sizes import BOX_PAD, BOX_TITLE, CARD, HEAD, MARGIN, size_of, step_of
from huiqian.diagram.text import width_of
from huiqian.diagram.wishes import wishes_of

# Tracks per channel between columns and between rows: few are quick; where flows clash, more are tried.
TRACKS = ((2, 1), (4, 2), (7, 4), (12, 8))
# How often channels may be widened for names.
WIDENINGS = 8


@dataclass(frozen=True, slots=True)
class Block:
    """One scope laid out: what it holds, from its own left upper corner."""

    width: float
    height: float
    bands: tuple[Band, ...]
    nodes: tuple[Placed, ...]
    edges: tuple[Routed, ...]


def lay_out(graph: Graph) -> Layout:
    """Place every node, flow and name of a process. The same graph gives the same layout."""
    block = _arrange(graph, "", graph.lanes)
    head = HEAD if graph.lanes else 0
    return Layout(
        name=graph.name,
        width=_round(block.width + head),
        height=_round(block.height),
        head=head,
        bands=tuple(Band(b.id, b.name, _round(b.y), _round(b.h)) for b in block.bands) if graph.lanes else (),
        nodes=tuple(_rounded_node(node.moved(head, 0)) for node in block.nodes),
        edges=tuple(_rounded_edge(edge.moved(head, 0)) for edge in block.edges),
    )


def _arrange(graph: Graph, scope: str, lanes: Sequence[Lane]) -> Block:
    inner = [node for node in graph.nodes if node.scope == scope]
    seated = [node for node in inner if not node.attached_to]
    hosted: dict[str, list[Node]] = {}
    for node in inner:
        if node.attached_to:
            hosted.setdefault(node.attached_to, []).append(node)
    blocks = {
        node.id: _arrange(graph, node.id, ()) for node in seated if any(other.scope == node.id for other in graph.nodes)
    }
    sizes = {node.id: _size(node, blocks.get(node.id), len(hosted.get(node.id, ()))) for node in seated}
    known = {node.id for node in inner}
    flows = [flow for flow in graph.flows if flow.source in known and flow.target in known]
    boundaries = {node.id: node.attached_to for node in inner if node.attached_to}
    numbers = _lane_numbers(seated, flows, boundaries, lanes)
    cells = seat(seated, flows, numbers, boundaries)
    sheet = _route(seated, flows, hosted, sizes, cells, max(1, len(lanes)), bare=bool(scope))
    for attempt in range(WIDENINGS):
        sheet.settle()
        placed, routed, wanting = name_all(sheet, seated, flows, attempt)
        if not sheet.widen(wanting):
            break
    return _block(sheet, placed, routed, blocks, lanes, bare=bool(scope))


def _route(
    nodes: Sequence[Node], flows: Sequence[Flow], hosted: Mapping[str, Sequence[Node]],
    sizes: Mapping[str, tuple[float, float]], cells: Mapping[str, Cell], lanes: int, *, bare: bool,
) -> Sheet:  # fmt: skip
    boundaries = {event.id: host for host, events in hosted.items() for event in events}
    back = back_links(nodes, links_of(nodes, flows, boundaries))
    best: Sheet | None = None
    for across, down in TRACKS:
        sheet = Sheet.of(nodes, hosted, sizes, cells, lanes, across, down, bare=bare)
        sheet.run(wishes_of(sheet, nodes, flows, back))
        if best is not None and sheet.router.clashes >= best.router.clashes:
            break
        best = sheet
        if not sheet.router.clashes:
            break
    assert best is not None
    return best


def _size(node: Node, block: Block | None, events: int) -> tuple[float, float]:
    w, h = map(float, size_of(node))
    if block is not None:
        title = width_of(max(node.name.zh, node.name.en, key=len), 13) + 48 if node.name else 0
        w = max(CARD[0], block.width, min(title, 320))
        h = block.height + BOX_TITLE
    elif node.kind in BOXES:
        w, h = CARD
    if events > 2:
        w = max(w, 84 + step_of(events) * (events - 1))
    return (w, h)


def _lane_numbers(
    nodes: Sequence[Node], flows: Iterable[Flow], boundaries: Mapping[str, str], lanes: Sequence[Lane]
) -> dict[str, int]:
    """The lane of every node; one outside every lane stands with its neighbour."""
    place = {lane.id: number for number, lane in enumerate(lanes)}
    numbers = {node.id: place[node.lane] for node in nodes if node.lane in place}
    pairs = [(boundaries.get(flow.source, flow.source), flow.target) for flow in flows]
    for _again in nodes:
        missing = len(numbers)
        for source, target in pairs:
            if source in numbers:
                numbers.setdefault(target, numbers[source])
            elif target in numbers:
                numbers.setdefault(source, numbers[target])
        if len(numbers) == missing:
            break
    return {node.id: numbers.get(node.id, 0) for node in nodes}


def _block(
    sheet: Sheet, placed: Sequence[Placed], routed: Sequence[Routed], blocks: Mapping[str, Block],
    lanes: Sequence[Lane], *, bare: bool,
) -> Block:  # fmt: skip
    nodes: list[Placed] = []
    edges = list(routed)
    for one in placed:
        nodes.append(one)
        block = blocks.get(one.node.id)
        if block is not None:
            dx = one.box.x + (one.box.w - block.width) / 2
            dy = one.box.y + BOX_TITLE
            nodes.extend(node.moved(dx, dy) for node in block.nodes)
            edges.extend(edge.moved(dx, dy) for edge in block.edges)
    named = [*lanes] or [Lane("", Words())]
    bands = tuple(Band(lane.id, lane.name, y, h) for lane, (y, h) in zip(named, sheet.bands(), strict=True))
    height = sheet.height if not bare else sheet.height + BOX_PAD - MARGIN / 2
    return Block(sheet.width, height, bands, tuple(nodes), tuple(edges))


def _round(value: float) -> float:
    return round(value * 2) / 2


def _rounded_box(box: Box) -> Box:
    return Box(_round(box.x), _round(box.y), _round(box.w), _round(box.h))


def _rounded_node(placed: Placed) -> Placed:
    label = placed.label and replace(placed.label, box=_rounded_box(placed.label.box))
    return replace(placed, box=_rounded_box(placed.box), label=label)


def _rounded_edge(edge: Routed) -> Routed:
    label = edge.label and replace(edge.label, box=_rounded_box(edge.label.box))
    return replace(edge, points=tuple((_round(x), _round(y)) for x, y in edge.points), label=label)
