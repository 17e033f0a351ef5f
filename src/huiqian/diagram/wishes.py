"""What each flow asks of the router: where it may leave and enter, and what each way in or out is worth."""

from collections.abc import Collection, Iterator, Sequence

from huiqian.diagram.columns import Link
from huiqian.diagram.graph import EVENTS, GATEWAYS, Flow, Node
from huiqian.diagram.routing import DOWN, LEFT, RIGHT, UP, Wish
from huiqian.diagram.sheet import Sheet, boundary_offset, ports

# Steps are entered from the left and left to the right, unless another way is much shorter.
MIDDLE_COST, SIDE_COST, WRONG_COST = 14.0, 46.0, 60.0


def wishes_of(sheet: Sheet, nodes: Sequence[Node], flows: Sequence[Flow], back: Collection[Link]) -> list[Wish]:
    """All flows in the order in which they are routed: the short ones first, loops back last."""
    kinds = {node.id: node.kind for node in nodes}
    hosts = {event.id: host for host, events in sheet.hosted.items() for event in events}

    def length(flow: Flow) -> tuple[bool, float]:
        one, other = sheet.cells[hosts.get(flow.source, flow.source)], sheet.cells[flow.target]
        far = abs(one.column - other.column) + abs(one.lane - other.lane) * 0.7 + abs(one.row - other.row) * 0.5
        return (flow.source, flow.target) in back or flow.source == flow.target, far

    order = sorted(enumerate(flows), key=lambda item: (length(item[1]), item[0]))
    return [_wish(sheet, number, flow, kinds, hosts) for number, flow in order]


def _wish(sheet: Sheet, number: int, flow: Flow, kinds: dict[str, str], hosts: dict[str, str]) -> Wish:
    host = hosts.get(flow.source)
    goal = sheet.router.point(sheet.column_line(flow.target), sheet.row_line(flow.target))
    exits = _boundary_exit(sheet, flow.source, host) if host else list(_exits(sheet, flow.source, kinds[flow.source]))
    entries = dict(_entries(sheet, flow.target, kinds[flow.target]))
    if flow.source == flow.target:
        exits = [way for way in exits if way[1] == RIGHT]
        entries = {way: 0.0 for way in entries if way[1] == DOWN}
    chooses = kinds.get(flow.source) in GATEWAYS and kinds[flow.source] != "parallelGateway"
    together = "parallelGateway" in (kinds.get(flow.source), kinds[flow.target])
    return Wish(number, flow.source, flow.target, tuple(exits), entries, goal, chooses, together)


def _boundary_exit(sheet: Sheet, event: str, host: str) -> list[tuple[int, int, float]]:
    place = [one.id for one in sheet.hosted[host]].index(event)
    line = sheet.column_line(host, boundary_offset(sheet.sizes[host][0], place, len(sheet.hosted[host])))
    return [(sheet.router.point(line, sheet.row_line(host)), DOWN, 0.0)]


def _verticals(sheet: Sheet, node: str) -> Iterator[tuple[int, int, int]]:
    """Points and directions (outwards) above and below a node, with the distance from its middle.

    The lower border belongs to the boundary events, where there are any.
    """
    for offset in ports(sheet.sizes[node][0]):
        point = sheet.router.point(sheet.column_line(node, offset), sheet.row_line(node))
        yield point, UP, offset
        if node not in sheet.hosted:
            yield point, DOWN, offset


def _exits(sheet: Sheet, node: str, kind: str) -> Iterator[tuple[int, int, float]]:
    middle = sheet.router.point(sheet.column_line(node), sheet.row_line(node))
    free = kind in GATEWAYS
    yield middle, RIGHT, 0.0
    yield middle, LEFT, WRONG_COST
    for point, direction, offset in _verticals(sheet, node):
        yield point, direction, SIDE_COST if offset else 0.0 if free else MIDDLE_COST


def _entries(sheet: Sheet, node: str, kind: str) -> Iterator[tuple[tuple[int, int], float]]:
    middle = sheet.router.point(sheet.column_line(node), sheet.row_line(node))
    free = kind in GATEWAYS or kind in EVENTS
    yield (middle, RIGHT), 0.0
    yield (middle, LEFT), WRONG_COST
    for point, direction, offset in _verticals(sheet, node):
        yield (point, DOWN if direction == UP else UP), SIDE_COST if offset else 0.0 if free else MIDDLE_COST
