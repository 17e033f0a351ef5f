"""What one drawing is made with: language, clock and zone, the state of every node and flow."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from huiqian.diagram.drawing.marks import Mark, ReturnEdge
from huiqian.diagram.graph import BOXES, EVENTS, GATEWAYS, Node
from huiqian.diagram.layout import Layout, Placed, Routed

FUTURE = Mark("future")


@dataclass(frozen=True, slots=True)
class Scene:
    """A layout with what a case adds to it."""

    layout: Layout
    marks: Mapping[str, Mark]
    taken: Collection[str]
    skipped: Collection[str]
    returns: Sequence[ReturnEdge]
    language: str
    zone: tzinfo
    now: datetime | None
    flows: Mapping[str, str] = field(default_factory=dict)

    def stranger_in_box(self, node: Node) -> str:
        """Whose step it is, where a step inside a subprocess belongs to another lane than the box is drawn in."""
        around = next((placed.node for placed in self.layout.nodes if placed.node.id == node.scope), None)
        if around is None or around.lane == node.lane:
            return ""
        return next((band.name.of(self.language) for band in self.layout.bands if band.id == node.lane), "")

    def flow_state(self, edge: Routed) -> str:
        """Taken, skipped or future; the only flow into a step that sent the case back was taken."""
        if edge.id in self.flows:
            return self.flows[edge.id]
        if edge.id in self.taken:
            return "taken"
        ends = (self.marks.get(edge.source, FUTURE).state, self.marks.get(edge.target, FUTURE).state)
        if ends[1] == "returned" and sum(other.target == edge.target for other in self.layout.edges) == 1:
            return "taken"
        return "skipped" if edge.id in self.skipped or "skipped" in ends else "future"

    def mark_of(self, placed: Placed) -> Mark:
        """A node's mark; gateways and events without one show what the flows beside them say."""
        mark = self.marks.get(placed.node.id)
        if mark is not None:
            return mark
        if placed.node.kind not in EVENTS and placed.node.kind not in GATEWAYS and placed.node.kind not in BOXES:
            return FUTURE
        out = [self.flow_state(e) for e in self.layout.edges if e.source == placed.node.id]
        into = [self.flow_state(e) for e in self.layout.edges if e.target == placed.node.id]
        if "taken" in out or (not out and "taken" in into):
            return Mark("done")
        return Mark("skipped") if into and set(into) == {"skipped"} else FUTURE
