"""What stands in the way of running a diagram, seen from the graph alone."""

from collections.abc import Iterator
from itertools import combinations, islice

from huiqian.engine.behaviour import Behaviour, Problem
from huiqian.engine.definition import Definition, Element
from huiqian.engine.elements import TABLE
from huiqian.engine.graph import reaching, steps
from huiqian.engine.order import Order, order
from huiqian.engine.reading import Reading

MOST_ELEMENTS = 2_000  # and twice as many flows
MOST_PAIRS = 5_000  # ways into one join that are held against each other: all of a hundred


def check_graph(definition: Definition, reading: Reading) -> None:
    """Ask every element what is wrong with it, then the graph as a whole."""
    size = max(len(definition.elements), len(definition.flows) // 2)
    if size > MOST_ELEMENTS:
        reading.find("elements-many", None, limit=str(MOST_ELEMENTS), count=str(size))
        return
    for element in definition.elements.values():
        for code, params in _problems(definition, element, TABLE.elements[element.kind]):
            severity, _, name = code.rpartition(":")
            reading.find(name, element, severity or "error", **params)
    starts = definition.starts()
    if not starts:
        reading.find("process-start", None)
    if sum(1 for start in starts if start.trigger is None) > 1:
        reading.find("process-starts", None)
    if not any(finding.severity == "error" for finding in reading.findings):
        for scope in definition.inside:
            _check_scope(definition, scope, reading)


def _problems(definition: Definition, element: Element, behaviour: Behaviour) -> Iterator[Problem]:
    yield from behaviour.check(definition, element)
    yield from _event_problems(definition, element, behaviour)
    if element.incoming and not behaviour.ends[0]:
        yield "flow-in", {}
    if element.outgoing and not behaviour.ends[1]:
        yield "flow-out", {}
    chooses = element.is_activity or element.kind in ("exclusiveGateway", "inclusiveGateway")
    if element.default is not None and not (chooses and element.default in element.outgoing):
        yield "default-flow", {"flow": element.default}
    if not chooses:  # BPMN 2.0.2 §8.4.13: only activities and deciding gateways have conditions on their ways out
        for flow in (definition.flows[name] for name in element.outgoing):
            if flow.condition is not None:
                yield "flow-condition-idle", {"flow": flow.name or flow.id}
    if element.kind in ("userTask", "manualTask"):
        yield from _people_problems(definition, element)


def _event_problems(definition: Definition, element: Element, behaviour: Behaviour) -> Iterator[Problem]:
    trigger = element.trigger
    if trigger is None:
        if not behaviour.bare:
            yield "trigger-missing", {}
    elif trigger.kind in TABLE.triggers:
        if behaviour.triggers and trigger.kind not in behaviour.triggers:
            yield "trigger-here", {"kind": trigger.kind, "tag": element.kind}
        else:
            yield from TABLE.triggers[trigger.kind].check(definition, element)


def _people_problems(definition: Definition, element: Element) -> Iterator[Problem]:
    if not element.position and not element.settings.get("assignee"):
        yield "warning:no-position", {}
    for name in dict.fromkeys(element.settings.get("returnTo", "").split()):
        target = definition.elements.get(name)
        if name != "any" and (target is None or not target.is_activity):
            yield "hq-target", {"attribute": "returnTo", "target": name}


def _check_scope(definition: Definition, scope: str | None, reading: Reading) -> None:
    found = _reachable(definition, scope)
    for element in definition.inside[scope]:
        if element.id not in found:
            reading.find("unreachable", element)
        elif element.kind == "parallelGateway" and (fork := _never_joins(definition, element)) is not None:
            reading.find("join-never", element, fork=fork)
    if circle := _endless(definition, scope):
        reading.find("loop-endless", definition.elements[circle[0]], circle=" → ".join(circle))


def _reachable(definition: Definition, scope: str | None) -> set[str]:
    graph = steps(definition, scope)
    todo = [e.id for e in definition.starts(scope)]
    todo += [e.id for e in definition.inside[scope] if e.by_event]
    found = set(todo)
    while todo:
        fresh = [place for place in graph[todo.pop()] if place not in found]
        found.update(fresh)
        todo.extend(fresh)
    return found


def _never_joins(definition: Definition, join: Element) -> str | None:
    """Two ways into a parallel join that can never both bring a token, as they part where only one is taken."""
    ranks = order(definition, join.scope)
    ways_in = [flow for flow in join.incoming if flow in ranks.rank]  # the others are unreachable, a finding of its own
    for one, other in islice(combinations(ways_in, 2), MOST_PAIRS):
        place, ways = _parting(ranks, one, other)
        if ways <= _ways_at_once(definition, place):
            continue
        behind = (fork for fork in _forks(definition, join.scope) if ranks.rank.get(fork, -1) >= ranks.rank[place])
        if not any(_parts(definition, fork, one, other, join) for fork in behind):
            return ", ".join(definition.flows[name].name or name for name in (one, other))
    return None


def _forks(definition: Definition, scope: str | None) -> tuple[str, ...]:
    """The elements of a scope from which tokens go on by several ways at the same time."""
    members = definition.inside[scope]
    found = (e.id for e in members if len(_ways_at_once(definition, e.id)) > 1)
    return definition.once(("forks", scope), lambda: tuple(found))


def _parting(ranks: Order, one: str, other: str) -> tuple[str, set[str]]:
    """The last place that all ways to both lead through, and the two places that come next below it."""
    ways: dict[bool, str] = {True: "", False: ""}
    while one != other:
        if ranks.rank[one] > ranks.rank[other]:
            ways[True], one = one, ranks.above[one]
        else:
            ways[False], other = other, ranks.above[other]
    return one, set(ways.values())


def _parts(definition: Definition, fork: str, one: str, other: str, join: Element) -> bool:
    """Whether a fork leads by different ways to each of two ways into a join, not through the join itself."""
    ways = _ways_at_once(definition, fork) if fork != join.id else frozenset()
    first, second = reaching(definition, join.id, one), reaching(definition, join.id, other)
    return bool(ways & first and ways & second) and len(ways & (first | second)) > 1


def _ways_at_once(definition: Definition, place: str) -> frozenset[str]:
    """The ways on from an element that tokens take at the same time; none from a place that is no element."""
    element = definition.elements.get(place)
    if element is None or element.kind in ("exclusiveGateway", "eventBasedGateway"):
        return frozenset()
    beside = [name for name in element.boundaries if not definition.elements[name].interrupting]
    return definition.once(("ways", place), lambda: frozenset((*element.outgoing, *beside)))


def _endless(definition: Definition, scope: str | None) -> list[str]:
    """A circle of elements none of which waits or decides: a token in it would go round for ever."""
    passing = {e.id: e for e in definition.inside[scope] if _passes(e)}
    following = {
        name: [t for flow in element.outgoing if (t := definition.flows[flow].target) in passing]
        for name, element in passing.items()
    }
    before: dict[str, list[str]] = {name: [] for name in following}
    for name, targets in following.items():
        for target in targets:
            before[target].append(name)
    ahead = {name: len(targets) for name, targets in following.items()}
    leaves = [name for name, count in ahead.items() if not count]
    while leaves:  # what leads only out of the circles goes, until the circles alone are left
        leaf = leaves.pop()
        del following[leaf]
        for name in before[leaf]:
            ahead[name] -= 1
            if not ahead[name]:
                leaves.append(name)
    way = [next(iter(following))] if following else []
    while way and way[-1] not in way[:-1]:
        way.append(next(t for t in following[way[-1]] if t in following))
    return way[way.index(way[-1]) :] if way else []


def _passes(element: Element) -> bool:
    """Whether a token never stays here and always goes the same way on."""
    if element.loop is not None or element.boundaries:
        return False
    if element.kind in ("exclusiveGateway", "inclusiveGateway"):
        return len(element.outgoing) == 1
    if element.kind == "parallelGateway":
        return len(element.incoming) == 1
    return element.kind in ("sendTask", "intermediateThrowEvent")
