"""A layout as BPMN Diagram Interchange (BPMN 2.0.2 §12), so that the file opens in any modeler as it is drawn here."""

from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from huiqian.diagram.graph import BOXES
from huiqian.diagram.labels import Box
from huiqian.diagram.layout import Layout, Placed, Routed

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
NAMESPACES = f'xmlns:bpmndi="{DI}" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
# A modeler writes the pool's name into a strip of this width left of the lanes.
POOL_HEAD = 30.0


@dataclass(slots=True)
class Found:
    """What the file says that the drawing part refers to, and where that part stands or belongs, in bytes."""

    collaboration: str = ""
    participant: str = ""
    process: str = ""
    drawings: list[tuple[int, int]] = field(default_factory=list)
    end: int = 0


def write_interchange(xml: str, layout: Layout) -> str:
    """The same file with its drawing part replaced by one made from the layout; nothing else of it changes.

    Raises ValueError for text that is not XML, or holds a DTD.
    """
    data = xml.encode()
    found = _look(data)
    pieces, at = [], 0
    for start, end in found.drawings:
        pieces.append(data[at:start].rstrip(b" \t"))
        at = end + len(data[end:]) - len(data[end:].lstrip(b" \t\r\n"))
    pieces.append(data[at : found.end].rstrip())
    drawing = _drawing(found, layout)
    return (b"".join(pieces).rstrip() + b"\n" + drawing.encode() + data[found.end :]).decode()


def _look(data: bytes) -> Found:
    found, depth, start = Found(), 0, 0
    parser = expat.ParserCreate(namespace_separator=" ")

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, start
        depth += 1
        if name == f"{DI} BPMNDiagram" and depth == 2:
            start = parser.CurrentByteIndex
        for key in ("collaboration", "participant", "process"):
            if name == f"{BPMN} {key}" and not getattr(found, key):
                setattr(found, key, attributes.get("id", ""))

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        at = parser.CurrentByteIndex
        if name == f"{DI} BPMNDiagram" and depth == 1:
            found.drawings.append((start, data.index(b">", at) + 1))
        if depth == 0:
            found.end = at

    def refused(*_declared: object) -> None:
        raise ValueError("the file holds a DTD")

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.StartDoctypeDeclHandler = refused
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ValueError(f"not XML: {error}") from error
    return found


def _drawing(found: Found, layout: Layout) -> str:
    plane = found.collaboration or found.process
    inside = [_pool(found, layout)] if found.participant else []
    inside += [_lane(layout, band.id, band.y, band.h) for band in layout.bands if band.id]
    inside += [_shape(layout, placed) for placed in layout.nodes]
    inside += [_edge(edge) for edge in layout.edges]
    return (
        f'  <bpmndi:BPMNDiagram {NAMESPACES} id="diagram">\n'
        f'    <bpmndi:BPMNPlane id="plane" bpmnElement={quoteattr(plane)}>\n'
        + "".join(f"      {line}\n" for part in inside for line in part)
        + "    </bpmndi:BPMNPlane>\n  </bpmndi:BPMNDiagram>\n"
    )


def _pool(found: Found, layout: Layout) -> list[str]:
    box = Box(0, 0, layout.width, layout.height)
    return [_open(found.participant, ' isHorizontal="true"'), f"  {_bounds(box)}", "</bpmndi:BPMNShape>"]


def _lane(layout: Layout, lane: str, y: float, h: float) -> list[str]:
    box = Box(POOL_HEAD, y, layout.width - POOL_HEAD, h)
    return [_open(lane, ' isHorizontal="true"'), f"  {_bounds(box)}", "</bpmndi:BPMNShape>"]


def _shape(layout: Layout, placed: Placed) -> list[str]:
    node = placed.node
    more = ""
    if node.kind in BOXES:
        more = f' isExpanded="{"true" if _holds(layout, node.id) else "false"}"'
    if node.kind == "exclusiveGateway":
        more = ' isMarkerVisible="true"'
    label = [f"  {line}" for line in _label(placed.label.box)] if placed.label else []
    return [_open(node.id, more), f"  {_bounds(placed.box)}", *label, "</bpmndi:BPMNShape>"]


def _holds(layout: Layout, box: str) -> bool:
    return any(placed.node.scope == box for placed in layout.nodes)


def _edge(edge: Routed) -> list[str]:
    points = [f'  <di:waypoint x="{x:g}" y="{y:g}" />' for x, y in edge.points]
    label = [f"  {line}" for line in _label(edge.label.box)] if edge.label else []
    opened = f"<bpmndi:BPMNEdge id={quoteattr(edge.id + '_edge')} bpmnElement={quoteattr(edge.id)}>"
    return [opened, *points, *label, "</bpmndi:BPMNEdge>"]


def _open(element: str, more: str) -> str:
    return f"<bpmndi:BPMNShape id={quoteattr(element + '_shape')} bpmnElement={quoteattr(element)}{more}>"


def _label(box: Box) -> list[str]:
    return ["<bpmndi:BPMNLabel>", f"  {_bounds(box)}", "</bpmndi:BPMNLabel>"]


def _bounds(box: Box) -> str:
    return f'<dc:Bounds x="{box.x:g}" y="{box.y:g}" width="{box.w:g}" height="{box.h:g}" />'
