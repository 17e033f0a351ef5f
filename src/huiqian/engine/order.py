"""The order of a scope's places once its loops are cut: what lies behind what, and what runs beside it.

Places are elements and flows. A flow back (one that closes a loop) is left out, so "behind" means later in the same
round. Two places run beside each other where the last place both must pass is one that goes on by several ways at
once, and neither lies behind the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, permutations

from huiqian.engine.definition import Definition
from huiqian.engine.graph import steps

START = ""


class Order:
    """The order of one scope, worked out once per definition."""

    def __init__(self, definition: Definition, scope: str | None) -> None:
        self.definition = definition
        graph = dict(steps(definition, scope))
        arrived = {other for following in graph.values() for other in following}
        roots = [place for place in graph if place not in arrived]
        graph[START] = tuple(roots) or tuple(list(graph)[:1])
        self.rank, self.graph = _without_loops(graph)
        self.back = frozenset(place for place in graph if place in definition.flows and not self.graph[place])
        self.above = _dominators(self.rank, self.graph)
        self._behind: dict[str, frozenset[str]] = {}

    def behind(self, place: str) -> frozenset[str]:
        """The place itself and all that comes after it in the same round."""
        if place not in self._behind:
            found, todo = {place}, [place]
            while todo:
                fresh = [other for other in self.graph.get(todo.pop(), ()) if other not in found]
                found.update(fresh)
                todo.extend(fresh)
            self._behind[place] = frozenset(found)
        return self._behind[place]

    def fork(self, one: str, other: str) -> str | None:
        """The place from which both run side by side; None where they do not."""
        if one not in self.rank or other not in self.rank or other in self.behind(one) or one in self.behind(other):
            return None
        first, second = self._way_down(one), self._way_down(other)
        depth = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), None)
        if depth is None:
            return None
        split, ways = first[depth - 1], (first[depth], second[depth])
        return split if self._goes_both_ways(split, ways) else None

    def groups(self, places: Iterable[str]) -> dict[str, str]:
        """The outermost fork from which each place runs beside another of them, for those that do."""
        ways = {place: list(pairwise(self._way_down(place))) for place in places if place in self.rank}
        below: dict[str, dict[str, None]] = {}
        for way in ways.values():
            for above, place in way:
                below.setdefault(above, {})[place] = None
        beside = {
            (above, one)
            for above, children in below.items()
            for one, other in permutations(children, 2)
            if self.fork(one, other) is not None
        }
        found = (
            (place, next((above for above, child in way if (above, child) in beside), None))
            for place, way in ways.items()
        )
        return {place: above for place, above in found if above is not None}

    def _way_down(self, place: str) -> list[str]:
        way = [place]
        while way[-1] != START:
            way.append(self.above[way[-1]])
        return way[::-1]

    def _goes_both_ways(self, split: str, ways: tuple[str, str]) -> bool:
        element = self.definition.elements.get(split)
        if element is None or element.kind in ("exclusiveGateway", "eventBasedGateway"):
            return False
        events = [self.definition.elements[way] for way in ways if way in self.definition.elements]
        return not any(e.kind == "boundaryEvent" and e.interrupting for e in events)


def order(definition: Definition, scope: str | None) -> Order:
    """The order of a scope."""
    return definition.once(("order", scope), lambda: Order(definition, scope))


def ways_back(definition: Definition) -> frozenset[str]:
    """The flows that close a loop: who takes one begins a new round of what lies behind its target."""
    found = (flow for scope in definition.inside for flow in order(definition, scope).back)
    return definition.once("ways back", lambda: frozenset(found))


def lies_behind(definition: Definition, name: str, within: Sequence[str] = ()) -> frozenset[str]:
    """Everything that a case at `name` is still to pass: in its scope and, where `within` names the scopes around it
    that are entered anew, behind those too; subprocesses with all that is inside.
    """
    return definition.once(("lies behind", name, *within), lambda: _lies_behind(definition, name, within))


def _lies_behind(definition: Definition, name: str, within: Sequence[str]) -> frozenset[str]:
    gone: set[str] = set()
    for place in (*within, name):
        places = order(definition, definition.elements[place].scope).behind(place)
        gone |= places if place == name else places - {place}
    inside = (
        element.id for element in definition.elements.values() if gone.intersection(definition.around(element.id))
    )
    elements = gone.union(inside)
    return frozenset(elements.union(flow.id for flow in definition.flows.values() if flow.source in elements))


def _without_loops(graph: Mapping[str, tuple[str, ...]]) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    """Ranks in reverse postorder, and the graph without the edges that lead back to a place still on the way."""
    kept: dict[str, list[str]] = {place: [] for place in graph}
    state: dict[str, int] = {START: 1}
    left: list[str] = []
    way = [(START, iter(graph[START]))]
    while way:
        place, following = way[-1]
        other = next(following, None)
        if other is None:
            way.pop()
            state[place] = 2
            left.append(place)
        elif state.get(other) != 1:
            kept[place].append(other)
            if other not in state:
                state[other] = 1
                way.append((other, iter(graph.get(other, ()))))
    return {place: i for i, place in enumerate(reversed(left))}, {p: tuple(f) for p, f in kept.items()}


def _dominators(rank: Mapping[str, int], graph: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The last place that every way to a place leads through (in a graph without loops, one pass does)."""
    above: dict[str, str] = {START: START}
    for place in rank:
        for other in graph[place]:
            above[other] = place if other not in above else _meet(above, rank, above[other], place)
    return above


def _meet(above: Mapping[str, str], rank: Mapping[str, int], one: str, other: str) -> str:
    while one != other:
        if rank[one] > rank[other]:
            one = above[one]
        else:
            other = above[other]
    return one
