"""What is decided between the steps: gateways and boundary events in words, from the diagram's own names."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from huiqian.engine import Element
from huiqian.insight.queries.handbook.shape import Branching, Way
from huiqian.org.rules import Roster
from huiqian.process.content import Content

KINDS = {"exclusiveGateway": "one", "eventBasedGateway": "one", "parallelGateway": "all"}
PEOPLE = ("userTask", "manualTask")


class Branchings:
    """Tells the branchings of a process, each at the step that leads to it, and none twice."""

    def __init__(self, content: Content, snapshot: Roster) -> None:
        self.content, self.snapshot = content, snapshot
        self.told: set[str] = set()

    def behind(self, step: Element) -> tuple[Branching, ...]:
        """The branchings that this step leads to, those that follow at once on one another included."""
        found = list(self._events(step))
        for flow in step.outgoing:
            found += self._from(self._element(flow))
        return tuple(found)

    def beside(self, step: Element) -> tuple[Element, ...]:
        """The people's steps that are asked at the same time as this one: it and they follow on one fork."""
        elements, flows = self.content.definition.elements, self.content.definition.flows
        for flow in step.incoming:
            fork = elements[flows[flow].source]
            if fork.kind in ("parallelGateway", "inclusiveGateway") and len(fork.outgoing) > 1:
                others = (self._element(one) for one in fork.outgoing)
                return tuple(one for one in others if one.kind in PEOPLE and one.id != step.id)
        return ()

    def _events(self, step: Element) -> Iterator[Branching]:
        """What may happen while the step is being done."""
        for name in step.boundaries:
            event = self.content.definition.elements[name]
            to = tuple(target for flow in event.outgoing for target in self._targets(self._element(flow)))
            if to:
                yield Branching("event", self.content.step_name(name), (Way("", to),))

    def _from(self, element: Element) -> list[Branching]:
        element = self._through(element)
        if not element.kind.endswith("Gateway") or element.id in self.told:
            return []
        self.told.add(element.id)
        ways = tuple(Way(self._when(flow, element), self._targets(self._element(flow))) for flow in element.outgoing)
        found = [Branching(KINDS.get(element.kind, "some"), self.content.step_name(element.id), ways)]
        for flow in element.outgoing:
            found += self._from(self._element(flow))
        return found

    def _through(self, element: Element) -> Element:
        """Past the gateways that only bring ways together."""
        seen: set[str] = set()
        while element.kind.endswith("Gateway") and len(element.outgoing) == 1 and element.id not in seen:
            seen.add(element.id)
            element = self._element(element.outgoing[0])
        return element

    def _when(self, name: str, gateway: Element) -> str:
        flow = self.content.definition.flows[name]
        said = self.content.flow_name(name)
        if said or gateway.kind == "parallelGateway":
            return said
        return flow.condition or _("otherwise")

    def _targets(self, element: Element) -> tuple[str, ...]:
        element = self._through(element)
        if element.kind == "parallelGateway":
            return tuple(name for flow in element.outgoing for name in self._targets(self._element(flow)))
        return (self.words(element),)

    def words(self, element: Element) -> str:
        """What something is called where words lead to it: a step with whose it is, an end, a question."""
        name = self.content.step_name(element.id)
        if element.kind in PEOPLE and element.position:
            return _("%(step)s (%(position)s)") % {
                "step": name, "position": self.snapshot.position_name(element.position),
            }  # fmt: skip
        if element.kind == "endEvent":
            return _("end: %(name)s") % {"name": name} if name else _("end")
        return name or _("the next step")

    def _element(self, flow: str) -> Element:
        definition = self.content.definition
        return definition.elements[definition.flows[flow].target]
