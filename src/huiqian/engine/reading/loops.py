"""Reads how an activity repeats: its loop characteristics (BPMN 2.0.2 §10.3.8)."""

from huiqian.engine.definition import Loop
from huiqian.engine.markup import Node
from huiqian.engine.reading.words import Reading


def read_loop(reading: Reading, node: Node) -> Loop | None:
    """The loop of an activity, if it has one."""
    standard, multi = node.first("standardLoopCharacteristics"), node.first("multiInstanceLoopCharacteristics")
    if standard is not None:
        return _standard_loop(reading, node, standard)
    return _multi_instance(reading, node, multi) if multi is not None else None


def _standard_loop(reading: Reading, node: Node, loop: Node) -> Loop:
    condition, maximum = loop.first("loopCondition"), loop.attributes.get("loopMaximum", "")
    if maximum and not (maximum.isascii() and maximum.isdigit() and 0 < int(maximum[:9]) <= 10_000):
        reading.find("loop-maximum", node, value=maximum)
        maximum = ""
    read = reading.expression(condition.text if condition is not None else None, node, condition)
    if read is None and not maximum and condition is None:
        reading.find("loop-condition", node)
    before = loop.attributes.get("testBefore") in ("true", "1")
    return Loop("standard", condition=read, maximum=int(maximum) if maximum else None, before=before)


def _multi_instance(reading: Reading, node: Node, loop: Node) -> Loop:
    reading.settings(loop)
    for child in loop.bpmn("complexBehaviorDefinition"):
        reading.find("child", node, tag=child.tag)
    if loop.attributes.get("behavior", "All") != "All":
        reading.find("multi-behavior", node, value=loop.attributes["behavior"])
    said = loop.hq()
    first, count = loop.first, loop.first("loopCardinality")
    source, target = first("loopDataInputRef"), first("loopDataOutputRef")
    member, yields, until = first("inputDataItem"), first("outputDataItem"), first("completionCondition")
    collection = said.get("collection") or (source.text if source is not None else None)
    if not (collection or (count is not None and count.text.strip())):
        reading.find("multi-count", node)
    output = said.get("output") or (yields.attributes.get("name") if yields is not None else None)
    return Loop(
        "sequential" if loop.attributes.get("isSequential") in ("true", "1") else "parallel",
        count=reading.expression(count.text if count is not None and not collection else None, node, count),
        collection=reading.expression(collection, node),
        item=said.get("item") or (member.attributes.get("name", "") if member is not None else "") or "item",
        output=reading.expression(output, node),
        result=said.get("result") or (target.text.strip() if target is not None else ""),
        until=reading.expression(until.text if until is not None else None, node, until),
    )
