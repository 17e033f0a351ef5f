"""Gateways and events: diamonds and circles with their signs."""

from huiqian.diagram.drawing.marks import Mark
from huiqian.diagram.drawing.palette import STATES
from huiqian.diagram.drawing.svg import tag
from huiqian.diagram.drawing.symbols import event_glyph, gateway_glyph
from huiqian.diagram.graph import Node
from huiqian.diagram.labels import Box


def draw_gateway(node: Node, box: Box, mark: Mark) -> str:
    """A diamond."""
    colours = STATES[mark.state]
    x, y, half = box.x + box.w / 2, box.y + box.h / 2, box.w / 2
    shape = tag(
        "path", d=f"M{x:g} {y - half:g}L{x + half:g} {y:g}L{x:g} {y + half:g}L{x - half:g} {y:g}Z",
        fill=colours.fill, stroke=colours.shape, stroke_width=1.8, stroke_linejoin="round",
        stroke_dasharray="4 3" if colours.dashed else None,
    )  # fmt: skip
    return shape + gateway_glyph(node.kind, x, y, colours.shape if mark.state != "future" else colours.strong)


def draw_event(node: Node, box: Box, mark: Mark) -> str:
    """A circle: thin for starts, double for what happens in between, thick for ends (BPMN 2.0.2 §10.5)."""
    colours = STATES[mark.state]
    x, y, radius = box.x + box.w / 2, box.y + box.h / 2, box.w / 2
    end = node.kind == "endEvent"
    dashes = "3.5 2.5" if not node.interrupting or colours.dashed else None
    ring = tag(
        "circle", cx=x, cy=y, r=radius - (1.5 if end else 1), fill=colours.fill, stroke=colours.shape,
        stroke_width=3.4 if end else 1.8, stroke_dasharray=dashes,
    )  # fmt: skip
    if node.kind not in ("startEvent", "endEvent"):
        ring += tag(
            "circle",
            cx=x,
            cy=y,
            r=radius - 4,
            fill="none",
            stroke=colours.shape,
            stroke_width=1.3,
            stroke_dasharray=dashes,
        )
    throws = end or node.kind == "intermediateThrowEvent"
    glyph = event_glyph(node.trigger, x, y, colours.strong if mark.state == "future" else colours.shape, filled=throws)
    if node.kind == "boundaryEvent" and glyph:
        glyph = tag("g", glyph, transform=f"translate({x * 0.22:g} {y * 0.22:g}) scale(.78)")
    return ring + glyph
