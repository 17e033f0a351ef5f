"""Reads what an event answers to: its event definition (BPMN 2.0.2 §10.5.5)."""

from collections.abc import Callable, Mapping

from huiqian.engine.definition import Trigger
from huiqian.engine.markup import BPMN, Node
from huiqian.engine.reading.words import Reading
from huiqian.engine.timing import read_cycle, read_date, read_duration

DEFINITIONS = "EventDefinition"
_TIMES: Mapping[str, Callable[[str], object]] = {
    "timeDuration": read_duration, "timeDate": read_date, "timeCycle": read_cycle,
}  # fmt: skip


def read_trigger(reading: Reading, node: Node) -> Trigger | None:
    """What an event answers to; for a send or receive task, its message."""
    if node.tag in ("sendTask", "receiveTask"):
        said = node.hq()
        name = _reference(reading, node, "messageRef") or said.get("message", "")
        return Trigger("message", name, reading.expression(said.get("key"), node)) if name else None
    found = [c for c in node.children if c.space == BPMN and c.tag.endswith(DEFINITIONS)]
    if node.bpmn("eventDefinitionRef"):
        reading.find("trigger-reference", node)
    if len(found) > 1:
        reading.find("triggers", node)
    if not found:
        return None
    kind = found[0].tag.removesuffix(DEFINITIONS)
    if kind not in reading.triggers:
        reading.find("trigger", node, tag=found[0].tag, instead=f"instead-{found[0].tag}")
        return Trigger(kind)
    return _read_definition(reading, kind, node, found[0])


def _read_definition(reading: Reading, kind: str, node: Node, definition: Node) -> Trigger:
    if kind == "timer":
        return _read_timer(reading, node, definition)
    if kind == "link":
        return Trigger(kind, definition.attributes.get("name", node.attributes.get("name", "")))
    name = _reference(reading, definition, f"{kind}Ref", node) if kind != "terminate" else ""
    reading.settings(definition)
    key = reading.expression(definition.hq().get("key", node.hq().get("key")), node)
    return Trigger(kind, name, key)


def _read_timer(reading: Reading, node: Node, definition: Node) -> Trigger:
    forms = definition.bpmn("timeDuration", "timeDate", "timeCycle")
    if len(forms) != 1 or not forms[0].text.strip():
        reading.find("timer-empty", node)
        return Trigger("timer")
    form, text = forms[0], forms[0].text.strip()
    if _TIMES[form.tag](text) is not None:
        return Trigger("timer", form=form.tag, when=text)
    if form.tag == "timeCycle" and (text.startswith(("R", "0 ")) or (" " in text and "*" in text)):
        reading.find("timer-cycle", node, text=text)
        return Trigger("timer")
    return Trigger("timer", form=form.tag, when=text, timing=reading.expression(text, node, form))


def _reference(reading: Reading, holder: Node, attribute: str, node: Node | None = None) -> str:
    """The name (an error's or escalation's code) of what an attribute refers to."""
    identity = holder.attributes.get(attribute, "").rpartition(":")[2]
    if not identity:
        return ""
    target = reading.named.get(identity)
    if target is None or target.tag != attribute.removesuffix("Ref"):
        reading.find("reference", node or holder, attribute=attribute, target=identity)
        return ""
    code = target.attributes.get("errorCode") or target.attributes.get("escalationCode")
    return code or target.attributes.get("name", "") or identity
