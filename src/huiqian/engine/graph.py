"""What the graph alone says: what can be reached, what lies behind an element, what runs beside it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from huiqian.engine.definition import Definition, Element


def after(definition: Definition, element: Element) -> tuple[str, ...]:
    """The places a token at an element can come to next: its flows, its boundary events, its link's target."""
    places = [*element.outgoing, *element.boundaries]
    if element.kind == "intermediateThrowEvent" and element.trigger is not None and element.trigger.kind == "link":
        places += [
            other.id for other in definition.inside[element.scope]
            if other.kind == "intermediateCatchEvent" and other.trigger is not None
            and other.trigger.kind == "link" and other.trigger.name == element.trigger.name
        ]  # fmt: skip
    return tuple(places)


def steps(definition: Definition, scope: str | None) -> Mapping[str, tuple[str, ...]]:
    """The graph of a scope with its flows as places of their own: element → flows → elements."""

    def make() -> Mapping[str, tuple[str, ...]]:
        graph: dict[str, tuple[str, ...]] = {}
        for element in definition.inside.get(scope, ()):
            graph[element.id] = after(definition, element)
            graph.update((name, (definition.flows[name].target,)) for name in element.outgoing)
        return graph

    return definition.once(("steps", scope), make)


def steps_back(definition: Definition, scope: str | None) -> Mapping[str, Sequence[str]]:
    """The same graph, walked against the flows."""

    def make() -> Mapping[str, Sequence[str]]:
        before: defaultdict[str, list[str]] = defaultdict(list)
        for place, following in steps(definition, scope).items():
            for other in following:
                before[other].append(place)
        return dict(before)

    return definition.once(("steps back", scope), make)


def reaching(definition: Definition, gateway: str, flow: str) -> frozenset[str]:
    """The elements and flows from which a token can come by `flow` into `gateway` without passing it before."""

    def make() -> frozenset[str]:
        before = steps_back(definition, definition.elements[gateway].scope)
        found, todo = {flow}, [flow]
        while todo:
            for place in before.get(todo.pop(), ()):
                if place != gateway and place not in found:
                    found.add(place)
                    todo.append(place)
        return frozenset(found)

    return definition.once(("reaching", gateway, flow), make)
