"""What several processes say together: a circle of calls would open cases without end (BPMN 2.0.2 §10.3.6)."""

from collections.abc import Iterable, Mapping

from huiqian.engine.definition import Definition
from huiqian.engine.findings import Finding


def check_calls(definitions: Iterable[Definition]) -> tuple[Finding, ...]:
    """A finding for each call activity that leads back to its own process, by way of others too.

    A process is known by its code (hq:code) and by its id. Ask with every process in effect and the one to deploy.
    """
    known: dict[str, Definition] = {}
    for definition in definitions:
        known[definition.process_id] = definition
        known[definition.settings.get("code", definition.process_id)] = definition
    calls = {name: [e.called for e in found.elements.values() if e.called in known] for name, found in known.items()}
    return tuple(
        Finding("call-circle", "error", element.id, element.name, {"circle": " → ".join([found.name or name, *circle])})
        for name, found in known.items()
        if name == found.settings.get("code", found.process_id)
        for element in found.elements.values()
        if element.called in known and (circle := _way_back(calls, known, element.called, found))
    )


def _way_back(
    calls: Mapping[str, list[str]], known: Mapping[str, Definition], start: str, goal: Definition
) -> list[str]:
    """The calls from `start` to the goal, or nothing."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop(0)
        if known[way[-1]] is goal:
            return way
        for name in calls[way[-1]]:
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []
