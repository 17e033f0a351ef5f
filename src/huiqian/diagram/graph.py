"""What a drawing is made from: lanes, nodes and flows of one process, without how it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

PEOPLE = frozenset({"userTask", "manualTask"})
SYSTEM = frozenset({"serviceTask", "businessRuleTask", "sendTask", "receiveTask", "scriptTask", "task"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"})
BOXES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})


@dataclass(frozen=True, slots=True)
class Words:
    """A name in both languages; the Chinese one stands in where there is no English one."""

    zh: str = ""
    en: str = ""

    def of(self, language: str) -> str:
        """The name for a reader of "zh" or "en"."""
        return (self.en or self.zh) if language == "en" else (self.zh or self.en)

    def __bool__(self) -> bool:
        """Whether there is a name at all."""
        return bool(self.zh or self.en)


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: a position, drawn as a band from left to right."""

    id: str
    name: Words


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node. `kind` is BPMN's own tag; `lane` is empty outside every lane, `scope` outside every subprocess.

    `loop` is "", "standard", "parallel" or "sequential"; `trigger` an event's kind ("timer", "message", …); `writes`
    says that the step writes a document, whose versions the drawing counts.
    """

    id: str
    kind: str
    name: Words = Words()
    lane: str = ""
    scope: str = ""
    attached_to: str = ""
    interrupting: bool = True
    loop: str = ""
    trigger: str = ""
    by_event: bool = False
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; `default` where it is the one a gateway takes when no condition holds."""

    id: str
    source: str
    target: str
    name: Words = Words()
    default: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """A process to lay out."""

    name: Words
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    by_id: Mapping[str, Node] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the nodes by id."""
        object.__setattr__(self, "by_id", {node.id: node for node in self.nodes})
