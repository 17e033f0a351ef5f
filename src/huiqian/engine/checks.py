"""What stands in the way of running a diagram, seen from the graph alone."""

from huiqian.engine.behaviour import Behaviour
from huiqian.engine.definition import Definition, Element
from huiqian.engine.elements import TABLE
from huiqian.engine.graph import steps
from huiqian.engine.reading import Reading


def check_graph(definition: Definition, reading: Reading) -> None:
    """Ask every element what is wrong with it, then the graph as a whole."""
    for element in definition.elements.values():
        _check_element(definition, element, TABLE.elements[element.kind], reading)
    _check_starts(definition, reading)
    if not any(finding.severity == "error" for finding in reading.findings):
        for scope in definition.inside:
            _check_reachable(definition, scope, reading)


def _check_element(definition: Definition, element: Element, behaviour: Behaviour, reading: Reading) -> None:
    problems = list(behaviour.check(definition, element))
    trigger = element.trigger
    if trigger is not None and trigger.kind in TABLE.triggers:
        if behaviour.triggers and trigger.kind not in behaviour.triggers:
            problems.append(("trigger-here", {"kind": trigger.kind, "tag": element.kind}))
        else:
            problems += TABLE.triggers[trigger.kind].check(definition, element)
    elif trigger is None and not behaviour.bare:
        problems.append(("trigger-missing", {}))
    if element.incoming and not behaviour.ends[0]:
        problems.append(("flow-in", {}))
    if element.outgoing and not behaviour.ends[1]:
        problems.append(("flow-out", {}))
    if element.default is not None and element.default not in element.outgoing:
        problems.append(("default-flow", {"flow": element.default}))
    for code, params in problems:
        severity, _, name = code.rpartition(":")
        reading.find(name, element, severity or "error", **params)


def _check_starts(definition: Definition, reading: Reading) -> None:
    starts = definition.starts()
    if not starts:
        reading.find("process-start", None)
    if sum(1 for start in starts if start.trigger is None) > 1:
        reading.find("process-starts", None)


def _check_reachable(definition: Definition, scope: str | None, reading: Reading) -> None:
    graph = steps(definition, scope)
    todo = [e.id for e in definition.starts(scope)]
    todo += [e.id for e in definition.inside[scope] if e.by_event]
    found = set(todo)
    while todo:
        fresh = [place for place in graph[todo.pop()] if place not in found]
        found.update(fresh)
        todo.extend(fresh)
    for element in definition.inside[scope]:
        if element.id not in found:
            reading.find("unreachable", element)
