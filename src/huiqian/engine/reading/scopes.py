"""Reads the elements and flows of a process and of its subprocesses, and the lanes they are drawn in."""

from collections.abc import Mapping

from huiqian.engine.definition import Element, Flow, Lane
from huiqian.engine.markup import BPMN, HQ, XSI, Node
from huiqian.engine.reading.attributes import check_attributes
from huiqian.engine.reading.loops import read_loop
from huiqian.engine.reading.triggers import DEFINITIONS, read_trigger
from huiqian.engine.reading.words import Reading, Rows
from huiqian.feel import Expression

# What a drawing carries that no token ever meets (BPMN 2.0.2 §8.4.1, §10.4.1): read by people, not by the engine.
DRAWN = frozenset(
    ("documentation", "extensionElements", "incoming", "outgoing", "textAnnotation", "group", "association", "laneSet",
     "dataObject", "dataObjectReference", "dataStoreReference", "category", "sequenceFlow", "auditing", "monitoring")
)  # fmt: skip
NEST = 30
Lanes = Mapping[str, tuple[str | None, str | None]]


def read_process(reading: Reading, process: Node) -> None:
    """Everything of a process: lanes first, since they say who does what."""
    in_lane: dict[str, tuple[str | None, str | None]] = {}
    check_attributes(reading, process)
    for lane_set in process.bpmn("laneSet"):
        check_attributes(reading, lane_set)
        _read_lanes(reading, lane_set, in_lane)
    _read_scope(reading, process, None, in_lane, (None, None), 0)
    for lane in reading.lanes:
        for element in lane.elements:
            if element not in reading.elements:
                reading.find("lane-reference", None, lane=lane.name or lane.id, target=element)


def _read_lanes(reading: Reading, lane_set: Node, in_lane: dict[str, tuple[str | None, str | None]]) -> None:
    for node in lane_set.bpmn("lane"):
        check_attributes(reading, node)
        settings = reading.settings(node)
        members = tuple(ref.text.strip() for ref in node.bpmn("flowNodeRef"))
        position = settings.get("position", "").strip() or None
        identity = node.attributes.get("id", "")
        for member in members:
            in_lane[member] = (identity, position)
        reading.lanes.append(Lane(identity, node.attributes.get("name", ""), position, members, settings))
        for child in node.bpmn("childLaneSet"):
            _read_lanes(reading, child, in_lane)


def _read_scope(
    reading: Reading,
    parent: Node,
    scope: str | None,
    in_lane: Lanes,
    lane: tuple[str | None, str | None],
    depth: int,
) -> None:
    if depth > NEST:
        reading.find("nesting", parent, limit=str(NEST))
        return
    for node in parent.children:
        if node.space != BPMN:
            reading.find("foreign", parent, "warning", tag=node.tag, space=node.space)
        elif node.tag == "sequenceFlow":
            _read_flow(reading, node)
        elif node.tag in reading.known:
            element = _read_element(reading, node, scope, in_lane.get(node.attributes.get("id", ""), lane))
            if node.tag == "subProcess":
                _read_scope(reading, node, element.id, in_lane, (element.lane, element.position), depth + 1)
        elif node.tag not in DRAWN and not _belongs(parent, node):
            reading.find("element", node, tag=node.tag, instead=f"instead-{node.tag}")


def _read_flow(reading: Reading, node: Node) -> None:
    check_attributes(reading, node)
    told = node.attributes
    condition = node.first("conditionExpression")
    text = condition.text.strip() if condition is not None else None
    flow = Flow(
        told.get("id", ""), told.get("name", ""), told.get("sourceRef", ""), told.get("targetRef", ""),
        text or None, reading.expression(text, node, condition), reading.settings(node),
    )  # fmt: skip
    reading.flows[flow.id] = flow


def _read_element(reading: Reading, node: Node, scope: str | None, lane: tuple[str | None, str | None]) -> Element:
    check_attributes(reading, node)
    told = node.attributes
    for child in node.children:
        if child.space == BPMN and node.tag != "subProcess" and child.tag not in DRAWN and not _belongs(node, child):
            reading.find("child", node, tag=child.tag)
    for name in told:
        if name.startswith("{") and not name.startswith(("{" + HQ, "{" + XSI)):
            reading.find("foreign", node, "warning", tag=name.partition("}")[2], space=name[1:].partition("}")[0])
    if told.get("isForCompensation") in ("true", "1"):
        reading.find("compensation", node)
    rows = reading.rows(node)
    element = Element(
        id=told.get("id", ""), name=told.get("name", ""), kind=node.tag, lane=lane[0], position=lane[1],
        scope=scope, settings=reading.settings(node), rows=rows, default=told.get("default") or None,
        trigger=read_trigger(reading, node), loop=read_loop(reading, node), attached_to=told.get("attachedToRef"),
        interrupting=told.get("cancelActivity", told.get("isInterrupting", "true")) not in ("false", "0"),
        by_event=told.get("triggeredByEvent") in ("true", "1"),
        called=told.get("calledElement", "") or node.hq().get("process", ""),
        inputs=_expressions(reading, node, rows, "input"), outputs=_expressions(reading, node, rows, "output"),
    )  # fmt: skip
    reading.elements[element.id] = element
    return element


def _expressions(reading: Reading, node: Node, rows: Rows, tag: str) -> tuple[tuple[str, Expression], ...]:
    read = ((row.get("name", ""), reading.expression(row.get("value"), node)) for kind, row in rows if kind == tag)
    return tuple((name, expression) for name, expression in read if expression is not None)


def _belongs(parent: Node, child: Node) -> bool:
    """Whether a child says something about its parent that the reader takes up elsewhere."""
    if child.tag.endswith(DEFINITIONS) or child.tag == "eventDefinitionRef":
        return parent.tag.endswith("Event")
    if child.tag in ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics"):
        return parent.tag.endswith("Task") or parent.tag in ("subProcess", "callActivity")
    return child.tag in ("ioSpecification",) and parent.tag == "process"
