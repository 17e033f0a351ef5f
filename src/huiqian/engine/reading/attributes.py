"""What BPMN's own attributes may say: one that would change how a token moves, and is not done, is a finding.

Misspelt ones too: `cancelActvity="false"` would else interrupt what it should only remind of.
"""

from collections.abc import Mapping

from huiqian.engine.markup import Node
from huiqian.engine.reading.words import Reading
from huiqian.engine.vocabulary import nearest

_NAMED = frozenset(("id", "name"))
_ACTIVITY = _NAMED | {"isForCompensation", "startQuantity", "completionQuantity", "default"}
_TASK = _ACTIVITY | {"implementation"}
_GATEWAY = _NAMED | {"gatewayDirection"}
_CATCH = _NAMED | {"parallelMultiple"}

# BPMN 2.0.2's tables of attributes, for what the engine knows (§8.3, §8.4, §10.2 to §10.6).
KNOWN: Mapping[str, frozenset[str]] = {
    "process": _NAMED | {"processType", "isClosed", "isExecutable", "definitionalCollaborationRef"},
    "laneSet": _NAMED, "lane": _NAMED | {"partitionElementRef"},
    "sequenceFlow": _NAMED | {"sourceRef", "targetRef", "isImmediate"},
    "userTask": _TASK, "manualTask": _ACTIVITY, "serviceTask": _TASK | {"operationRef"}, "businessRuleTask": _TASK,
    "sendTask": _TASK | {"operationRef", "messageRef"},
    "receiveTask": _TASK | {"operationRef", "messageRef", "instantiate"},
    "subProcess": _ACTIVITY | {"triggeredByEvent"}, "callActivity": _ACTIVITY | {"calledElement"},
    "exclusiveGateway": _GATEWAY | {"default"}, "inclusiveGateway": _GATEWAY | {"default"},
    "parallelGateway": _GATEWAY | {"default"}, "eventBasedGateway": _GATEWAY | {"instantiate", "eventGatewayType"},
    "startEvent": _CATCH | {"isInterrupting"}, "boundaryEvent": _CATCH | {"attachedToRef", "cancelActivity"},
    "intermediateCatchEvent": _CATCH, "intermediateThrowEvent": _NAMED, "endEvent": _NAMED,
    "timerEventDefinition": _NAMED, "terminateEventDefinition": _NAMED, "linkEventDefinition": _NAMED,
    "messageEventDefinition": _NAMED | {"messageRef"}, "signalEventDefinition": _NAMED | {"signalRef"},
    "errorEventDefinition": _NAMED | {"errorRef"}, "escalationEventDefinition": _NAMED | {"escalationRef"},
    "standardLoopCharacteristics": _NAMED | {"testBefore", "loopMaximum"},
    "multiInstanceLoopCharacteristics":
        _NAMED | {"isSequential", "behavior", "oneBehaviorEventRef", "noneBehaviorEventRef"},
}  # fmt: skip

# The one value that the engine does; every other is refused.
ONLY: Mapping[str, frozenset[str]] = {
    "startQuantity": frozenset(("1",)),
    "completionQuantity": frozenset(("1",)),
    "instantiate": frozenset(("false", "0")),
    "parallelMultiple": frozenset(("false", "0")),
    "eventGatewayType": frozenset(("Exclusive",)),
}
TRUTHS = frozenset(
    ("isForCompensation", "triggeredByEvent", "cancelActivity", "isInterrupting", "isSequential", "testBefore")
)

# What stands inside loops and event definitions, and is read there.
INSIDE: Mapping[str, frozenset[str]] = {
    "standardLoopCharacteristics": frozenset(("loopCondition",)),
    "multiInstanceLoopCharacteristics": frozenset(
        ("loopCardinality", "loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem",
         "completionCondition", "complexBehaviorDefinition")
    ),
    "timerEventDefinition": frozenset(("timeDuration", "timeDate", "timeCycle")),
    "linkEventDefinition": frozenset(("source", "target")),
    "messageEventDefinition": frozenset(("operationRef",)),
    "sequenceFlow": frozenset(("conditionExpression",)),
}  # fmt: skip
_ALWAYS = frozenset(("documentation", "extensionElements"))


def check_attributes(reading: Reading, node: Node) -> None:
    """Note what BPMN attributes of a node, and of the loop or event definition in it, say that is not done."""
    _check(reading, node, node)
    for child in node.children:
        if child.tag in KNOWN and child.tag.endswith(("EventDefinition", "LoopCharacteristics")):
            _check(reading, child, node)
            _check_inside(reading, child, node)
    if node.tag == "sequenceFlow":
        _check_inside(reading, node, node)


def _check(reading: Reading, node: Node, place: Node) -> None:
    known = KNOWN[node.tag]
    for name, value in node.attributes.items():
        if name.startswith("{"):
            continue
        if name not in known:
            reading.find("attribute", place, attribute=name, tag=node.tag, nearest=nearest(name, known))
        elif name in ONLY and value not in ONLY[name]:
            reading.find("attribute-value", place, attribute=name, value=value, instead=f"instead-{name}")
        elif name in TRUTHS and value not in ("true", "false", "1", "0"):
            reading.find("attribute-truth", place, attribute=name, value=value)


def _check_inside(reading: Reading, node: Node, place: Node) -> None:
    allowed = INSIDE.get(node.tag, frozenset()) | _ALWAYS
    for child in node.bpmn(*{c.tag for c in node.children}):
        if child.tag not in allowed:
            reading.find("child", place, tag=child.tag)
