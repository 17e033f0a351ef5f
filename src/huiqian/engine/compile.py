"""From BPMN 2.0 XML to a definition, or to everything that stands in its way, all at once."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from huiqian.engine.checks import check_graph
from huiqian.engine.definition import Definition, Element
from huiqian.engine.elements import TABLE
from huiqian.engine.findings import Finding, Refused
from huiqian.engine.markup import BPMN, Node, Unreadable, read_xml
from huiqian.engine.reading import Reading, read_process
from huiqian.engine.reading.words import FEEL_NAMES

REFERRED = frozenset(("message", "signal", "error", "escalation"))


def compile_definition(xml: bytes) -> Definition:
    """The process of a BPMN 2.0 file; Refused with all findings where it has errors. Warnings do not stop it."""
    definition, findings = _read(xml)
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors or definition is None:
        raise Refused(errors)
    return definition


def check(xml: bytes) -> tuple[Finding, ...]:
    """Everything that is wrong or worth knowing about a BPMN file, errors first."""
    return tuple(sorted(_read(xml)[1], key=lambda finding: finding.severity))


def _read(xml: bytes) -> tuple[Definition | None, list[Finding]]:
    reading = Reading(known=frozenset(TABLE.elements), triggers=frozenset(TABLE.triggers))
    try:
        root = read_xml(xml)
    except Unreadable as error:
        reading.find(error.code, None, line=str(error.line), detail=error.detail)
        return None, reading.findings
    process = _process_of(root, reading)
    if process is None:
        return None, reading.findings
    _index(root, reading)
    language = root.attributes.get("expressionLanguage", "")
    read_process(reading, process)
    if language not in FEEL_NAMES and any(flow.condition for flow in reading.flows.values()):
        reading.find("language", process, "warning", language=language)
    _link(reading)
    definition = _define(process, reading, hashlib.sha256(xml).hexdigest())
    check_graph(definition, reading)
    return definition, reading.findings


def _process_of(root: Node, reading: Reading) -> Node | None:
    if root.space != BPMN or root.tag != "definitions":
        reading.find("not-bpmn", None, tag=root.tag)
        return None
    drawn = [(p, {c.tag for c in p.children if c.space == BPMN}) for p in root.bpmn("process")]
    processes = [process for process, tags in drawn if not tags.isdisjoint(TABLE.elements)]
    if len(processes) != 1:
        reading.find("processes" if processes else "no-process", None, count=str(len(processes)))
        return None
    return processes[0]


def _index(root: Node, reading: Reading) -> None:
    """Note every id of the file; two of the same are a finding."""
    todo = [root]
    while todo:
        node = todo.pop()
        todo.extend(reversed(node.children))
        identity = node.attributes.get("id")
        if identity is None:
            if node.space == BPMN and (node.tag in TABLE.elements or node.tag in ("sequenceFlow", "lane", "process")):
                reading.find("no-id", node, tag=node.tag)
        elif node.space == BPMN and identity in reading.named:
            reading.find("duplicate-id", node, id=identity)
        elif node.space == BPMN:
            reading.named[identity] = node


def _link(reading: Reading) -> None:
    """Tell each element its flows and its boundary events; a flow that leads nowhere is a finding."""
    incoming: defaultdict[str, list[str]] = defaultdict(list)
    outgoing: defaultdict[str, list[str]] = defaultdict(list)
    boundaries: defaultdict[str, list[str]] = defaultdict(list)
    for flow in list(reading.flows.values()):
        ends = reading.elements.get(flow.source), reading.elements.get(flow.target)
        if ends[0] is None or ends[1] is None:
            reading.find("dangling", None, flow=flow.id, source=flow.source, target=flow.target)
            del reading.flows[flow.id]
        elif ends[0].scope != ends[1].scope:
            reading.find("flow-across", ends[0], flow=flow.id, target=flow.target)
            del reading.flows[flow.id]
        else:
            outgoing[flow.source].append(flow.id)
            incoming[flow.target].append(flow.id)
    for element in reading.elements.values():
        if element.attached_to is not None:
            boundaries[element.attached_to].append(element.id)
    for identity, element in reading.elements.items():
        reading.elements[identity] = replace(
            element, incoming=tuple(incoming[identity]), outgoing=tuple(outgoing[identity]),
            boundaries=tuple(boundaries[identity]),
        )  # fmt: skip


def _define(process: Node, reading: Reading, digest: str) -> Definition:
    inside: defaultdict[str | None, list[Element]] = defaultdict(list)
    for element in reading.elements.values():
        inside[element.scope].append(element)
    scopes: Mapping[str | None, tuple[Element, ...]] = {scope: tuple(members) for scope, members in inside.items()}
    return Definition(
        process_id=process.attributes.get("id", ""),
        name=process.attributes.get("name", ""),
        digest=digest,
        lanes=tuple(reading.lanes),
        elements=MappingProxyType(reading.elements),
        flows=MappingProxyType(reading.flows),
        settings=reading.settings(process),
        inside=MappingProxyType(dict(scopes)),
    )
