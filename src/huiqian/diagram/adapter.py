"""The engine's compiled definition as a graph to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huiqian.diagram.graph import Flow, Graph, Lane, Node, Words

if TYPE_CHECKING:
    from huiqian.engine.definition import Definition, Element
    from huiqian.engine.definition import Flow as EngineFlow


def graph_of(definition: Definition) -> Graph:
    """What of a definition is drawn: names in both languages, lanes, nodes with their markers, flows."""
    lanes = tuple(Lane(lane.id, Words(lane.name, lane.settings.get("nameEn", ""))) for lane in definition.lanes)
    defaults = {element.default for element in definition.elements.values() if element.default}
    return Graph(
        name=Words(definition.name, definition.settings.get("nameEn", "")),
        lanes=lanes,
        nodes=tuple(_node(element) for element in definition.elements.values()),
        flows=tuple(_flow(flow, flow.id in defaults) for flow in definition.flows.values()),
    )


def _node(element: Element) -> Node:
    return Node(
        id=element.id,
        kind=element.kind,
        name=Words(element.name, element.settings.get("nameEn", "")),
        lane=element.lane or "",
        scope=element.scope or "",
        attached_to=element.attached_to or "",
        interrupting=element.interrupting,
        loop=element.loop.kind if element.loop else "",
        trigger=element.trigger.kind if element.trigger else "",
        by_event=element.by_event,
        writes=bool(element.settings.get("document")),
    )


def _flow(flow: EngineFlow, default: bool) -> Flow:
    return Flow(flow.id, flow.source, flow.target, Words(flow.name, flow.settings.get("nameEn", "")), default)
