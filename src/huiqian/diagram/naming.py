"""Names beside what they name, with room made for those that find none."""

import itertools
from collections.abc import Mapping, Sequence

from huiqian.diagram.graph import EVENTS, GATEWAYS, Flow, Node
from huiqian.diagram.labels import Box, Label, Point, Surroundings, along, around_node, name_width, outline, segments
from huiqian.diagram.layout import Placed, Routed
from huiqian.diagram.sheet import Need, Sheet
from huiqian.diagram.sizes import label_size

Named = tuple[list[Placed], list[Routed], list[Need]]


def name_all(sheet: Sheet, nodes: Sequence[Node], flows: Sequence[Flow], attempt: int) -> Named:
    """Nodes and flows with coordinates and labels, and the room that labels lack: with each attempt elsewhere."""
    boxes = _boxes(sheet, nodes)
    points = {number: _corners(sheet, way) for number, way in sheet.ways.items()}
    around = Surroundings(Box(2, 1, sheet.width - 4, sheet.height - 1))
    kinds = {node.id: node for node in [*nodes, *(event for events in sheet.hosted.values() for event in events)]}
    for name, box in boxes.items():
        around.solid += [part.grown(2) for part in outline(kinds[name], box)]
        if box.w > 44:
            around.solid.append(Box(box.x + box.w - 12, box.y - 10, 22, 22))
            around.soft += [Box(box.x + 6, box.y - 10, 90, 10), Box(box.x + 6, box.y + box.h, 90, 10)]
    for corners in points.values():
        around.solid += segments(corners)
    around.soft += [Box(0, y + h - 1, sheet.width, 2) for y, h in sheet.bands()[:-1]]
    needs: list[Need] = []
    events = [event for hosted in sheet.hosted.values() for event in hosted]
    placed = _name_nodes(sheet, [*nodes, *events], boxes, around, needs, attempt) if attempt % 2 else None
    routed = [_name_flow(sheet, number, flow, points, around, needs, attempt) for number, flow in enumerate(flows)]
    if placed is None:
        placed = _name_nodes(sheet, [*nodes, *events], boxes, around, needs, attempt)
    return placed, routed, needs


def _name_nodes(
    sheet: Sheet, nodes: Sequence[Node], boxes: Mapping[str, Box], around: Surroundings, needs: list[Need], attempt: int
) -> list[Placed]:
    placed = []
    for node in nodes:
        box, label = boxes[node.id], None
        if node.name and (node.kind in GATEWAYS or node.kind in EVENTS):
            picked = around.pick(around_node(node, box))
            label = picked[0] if picked else None
            if picked and not picked[1]:
                needs += _room_for_node(sheet, node, attempt)
        placed.append(Placed(node, box, label))
    return placed


def _boxes(sheet: Sheet, nodes: Sequence[Node]) -> dict[str, Box]:
    boxes = {node.id: sheet.box(node.id) for node in nodes}
    for host, events in sheet.hosted.items():
        boxes |= {event.id: sheet.event_box(host, place) for place, event in enumerate(events)}
    return boxes


def _name_flow(
    sheet: Sheet, number: int, flow: Flow, points: Mapping[int, list[Point]], around: Surroundings,
    needs: list[Need], attempt: int,
) -> Routed:  # fmt: skip
    label: Label | None = None
    if flow.name:
        picked = around.pick(
            along(flow.name, _own_runs(sheet, number), trunk=_from_trunk(sheet, number), stroke=flow.default)
        )
        label = picked[0] if picked else None
        if picked is None or not picked[1]:
            needs += _room_for_flow(sheet, number, flow, attempt)
    return Routed(flow.id, flow.source, flow.target, flow.name, tuple(points[number]), label, flow.default)


def _corners(sheet: Sheet, way: Sequence[int]) -> list[Point]:
    """The corners of a way, from border to border of the nodes it joins."""
    raw = list(dict.fromkeys(_at(sheet, point) for point in way))
    kept = [raw[0]]
    for before, here, after in zip(raw, raw[1:], raw[2:], strict=False):
        if (before[0] == here[0]) != (here[0] == after[0]) and here != kept[-1]:
            kept.append(here)
    kept.append(raw[-1])
    kept[0] = _leave(sheet, way[0], kept[0], kept[1])
    kept[-1] = _leave(sheet, way[-1], kept[-1], kept[-2])
    return kept


def _at(sheet: Sheet, point: int) -> Point:
    column, row = sheet.router.place(point)
    return sheet.xs[column], sheet.ys[row]


def _leave(sheet: Sheet, point: int, end: Point, towards: Point) -> Point:
    """Where a line to a point inside a node meets its border."""
    node = sheet.router.inside[point]
    box = sheet.box(node)
    below = box.y + box.h
    for place, _event in enumerate(sheet.hosted.get(node, ())):
        event = sheet.event_box(node, place)
        if abs(event.x + event.w / 2 - end[0]) < 1:
            below = event.y + event.h
    if towards[0] == end[0]:
        return (end[0], box.y if towards[1] < end[1] else below)
    return (box.x if towards[0] < end[0] else box.x + box.w, end[1])


def _from_trunk(sheet: Sheet, number: int) -> bool:
    """Whether a flow shares its beginning with others."""
    first, second = sheet.ways[number][:2]
    return len(sheet.router.units[(first, second) if first < second else (second, first)]) > 1


def _own_runs(sheet: Sheet, number: int) -> list[tuple[Point, Point]]:
    """The straight runs that a flow shares with no other, outside of nodes, in its direction."""
    way, units = sheet.ways[number], sheet.router.units
    runs: list[list[int]] = []
    for before, after in itertools.pairwise(way):
        unit = (before, after) if before < after else (after, before)
        if len(units[unit]) > 1:
            runs.append([])
        elif runs and runs[-1] and after - before == runs[-1][-1] - runs[-1][-2]:
            runs[-1].append(after)
        else:
            runs.append([before, after])
    found = []
    for run in runs:
        if len(run) > 1:
            one, other = _at(sheet, run[0]), _at(sheet, run[-1])
            one = _leave(sheet, run[0], one, other) if run[0] in sheet.router.inside else one
            other = _leave(sheet, run[-1], other, one) if run[-1] in sheet.router.inside else other
            found.append((one, other))
    return found


def _room_for_flow(sheet: Sheet, number: int, flow: Flow, attempt: int) -> list[Need]:
    """Widen the channel into which a flow leaves its node, or by turns the one out of which it enters the next."""
    way = sheet.ways[number]
    w, h = label_size(flow.name)
    step, at, far = (way[1] - way[0], way[0], 1) if attempt % 2 == 0 else (way[-1] - way[-2], way[-1], -1)
    column, row = sheet.router.place(at)
    across, down = sheet.x_axis.lines[column][0], sheet.y_axis.lines[row][0]
    ahead = far if step > 0 else -far
    side = "before" if ahead > 0 else "after"
    if abs(step) == 1:
        return [Need("x", across + ahead, **{side: w / 2 + 8})]
    return [Need("y", down + ahead, **{side: h + 6.0}), Need("x", across + 1, before=w / 2)]


def _room_for_node(sheet: Sheet, node: Node, attempt: int) -> list[Need]:
    """Widen what is beside a node: right, above, left, below, and again."""
    host = node.attached_to or node.id
    w, h = label_size(node.name, name_width(node))
    cell = sheet.cells[host]
    column, row = sheet.column_part(host), sheet.row_part[(cell.lane, cell.row)]
    sides = (
        Need("x", column + 1, before=w * 0.7),
        Need("y", row - 1, after=h + 4.0),
        Need("x", column - 1, after=w * 0.7),
        Need("y", row + 1, before=h + 4.0),
    )
    if node.kind not in GATEWAYS:
        sides = (Need("x", column + 1, before=w * 0.3), sides[3], Need("x", column - 1, after=w * 0.3), sides[1])
    return [sides[attempt % 4]]
