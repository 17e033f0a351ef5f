"""Reads a BPMN tree into elements, lanes and flows, and gathers everything that is wrong on the way."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from huiqian.engine.definition import Element, Flow, Lane, Loop, Trigger
from huiqian.engine.findings import Finding
from huiqian.engine.markup import BPMN, HQ, XSI, Node
from huiqian.engine.timing import read_cycle, read_date, read_duration
from huiqian.engine.vocabulary import ATTRIBUTES, EVERYWHERE, NEEDED, ROWS, nearest, wrong_value
from huiqian.feel import Expression, ExpressionError, compile_expression

# What a drawing carries that no token ever meets (BPMN 2.0.2 §8.4.1, §10.4.1): read by people, not by the engine.
DRAWN = frozenset(
    ("documentation", "extensionElements", "incoming", "outgoing", "textAnnotation", "group", "association", "laneSet",
     "dataObject", "dataObjectReference", "dataStoreReference", "category", "sequenceFlow", "auditing", "monitoring")
)  # fmt: skip
FEEL_NAMES = frozenset(("", "feel", "FEEL", "https://www.omg.org/spec/DMN/20180521/FEEL/"))
DEFINITIONS = "EventDefinition"
NEST = 30
_TIMES: Mapping[str, Callable[[str], object]] = {
    "timeDuration": read_duration, "timeDate": read_date, "timeCycle": read_cycle,
}  # fmt: skip


@dataclass(slots=True)
class Reading:
    """A file while it is read: what it defines by id, and the findings so far."""

    known: frozenset[str]
    triggers: frozenset[str]
    findings: list[Finding] = field(default_factory=list)
    named: dict[str, Node] = field(default_factory=dict)
    elements: dict[str, Element] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    lanes: list[Lane] = field(default_factory=list)

    def find(self, code: str, node: Node | Element | None = None, severity: str = "error", **params: str) -> None:
        """Note a finding, with the id and name of where it is."""
        if isinstance(node, Node):
            place, name = node.attributes.get("id", ""), node.attributes.get("name", "")
            params.setdefault("line", str(node.line))
        else:
            place, name = (node.id, node.name) if node is not None else ("", "")
        shown = {key: value if len(value) <= 200 else value[:200] + "…" for key, value in params.items()}
        self.findings.append(Finding(code, severity, place[:200], name[:200], MappingProxyType(shown)))

    def expression(self, text: str | None, node: Node, place: Node | None = None) -> Expression | None:
        """A FEEL text, compiled; None where there is none, or where it does not compile, which is a finding."""
        if text is None or not text.strip():
            return None
        language = place.attributes.get("expressionLanguage", place.attributes.get("language", "")) if place else ""
        if language not in FEEL_NAMES:
            self.find("expression-language", node, language=language)
            return None
        try:
            return compile_expression(text.strip())
        except ExpressionError as error:
            self.find("expression", node, text=text.strip(), why=error.text("en"), why_zh=error.text("zh"))
            return None

    def settings(self, node: Node, tag: str | None = None) -> Mapping[str, str]:
        """The hq attributes of a node; what the vocabulary does not know is a finding."""
        tag = tag or node.tag
        allowed = ATTRIBUTES.get(tag, frozenset()) | EVERYWHERE
        said = node.hq()
        for name, value in said.items():
            self._check_word(node, tag, name, value, allowed)
        for name in NEEDED.get(tag, ()):
            if not said.get(name, "").strip():
                self.find("hq-missing", node, attribute=name, tag=tag)
        return MappingProxyType(said)

    def rows(self, node: Node) -> tuple[tuple[str, Mapping[str, str]], ...]:
        """The hq children of a node's extension elements, in order."""
        return tuple(self._rows(node))

    def _rows(self, node: Node) -> Iterator[tuple[str, Mapping[str, str]]]:
        allowed = ROWS.get(node.tag, {})
        for child in (c for extension in node.bpmn("extensionElements") for c in extension.children):
            if child.space != HQ:
                self.find("foreign", node, "warning", tag=child.tag, space=child.space)
            elif child.tag not in allowed:
                self.find("hq-row", node, tag=child.tag, nearest=nearest(child.tag, allowed))
            else:
                said = {name: value for name, value in child.attributes.items() if not name.startswith("{")}
                for name, value in said.items():
                    self._check_word(node, child.tag, name, value, allowed[child.tag])
                for name in NEEDED[child.tag]:
                    if not said.get(name, "").strip():
                        self.find("hq-missing", node, attribute=name, tag=child.tag)
                yield child.tag, MappingProxyType(said)

    def _check_word(self, node: Node, tag: str, name: str, value: str, allowed: frozenset[str]) -> None:
        if name not in allowed:
            self.find("hq-attribute", node, attribute=name, tag=tag, nearest=nearest(name, allowed))
        elif (may := wrong_value(name, value)) is not None:
            self.find("hq-value", node, attribute=name, value=value, may=may)

    def read_process(self, process: Node) -> None:
        """Everything of a process: lanes first, since they say who does what."""
        in_lane: dict[str, tuple[str, str | None]] = {}
        for lane_set in process.bpmn("laneSet"):
            self._read_lanes(lane_set, in_lane)
        self._read_scope(process, None, in_lane, (None, None), 0)
        for lane in self.lanes:
            for element in lane.elements:
                if element not in self.elements:
                    self.find("lane-reference", None, lane=lane.name or lane.id, target=element)

    def _read_lanes(self, lane_set: Node, in_lane: dict[str, tuple[str, str | None]]) -> None:
        for node in lane_set.bpmn("lane"):
            settings = self.settings(node)
            members = tuple(ref.text.strip() for ref in node.bpmn("flowNodeRef"))
            position = settings.get("position", "").strip() or None
            identity = node.attributes.get("id", "")
            for member in members:
                in_lane[member] = (identity, position)
            self.lanes.append(Lane(identity, node.attributes.get("name", ""), position, members, settings))
            for child in node.bpmn("childLaneSet"):
                self._read_lanes(child, in_lane)

    def _read_scope(
        self,
        parent: Node,
        scope: str | None,
        in_lane: Mapping[str, tuple[str, str | None]],
        lane: tuple[str | None, str | None],
        depth: int,
    ) -> None:
        if depth > NEST:
            self.find("nesting", parent, limit=str(NEST))
            return
        for node in parent.children:
            if node.space != BPMN:
                self.find("foreign", parent, "warning", tag=node.tag, space=node.space)
            elif node.tag == "sequenceFlow":
                self._read_flow(node)
            elif node.tag in self.known:
                element = self._read_element(node, scope, in_lane.get(node.attributes.get("id", ""), lane))
                if node.tag == "subProcess":
                    self._read_scope(node, element.id, in_lane, (element.lane, element.position), depth + 1)
            elif node.tag not in DRAWN and not _belongs(parent, node):
                self.find("element", node, tag=node.tag, **_instead(node.tag))

    def _read_flow(self, node: Node) -> None:
        told = node.attributes
        condition = node.first("conditionExpression")
        text = condition.text.strip() if condition is not None else None
        flow = Flow(
            told.get("id", ""), told.get("name", ""), told.get("sourceRef", ""), told.get("targetRef", ""),
            text or None, self.expression(text, node, condition), self.settings(node),
        )  # fmt: skip
        self.flows[flow.id] = flow

    def _read_element(self, node: Node, scope: str | None, lane: tuple[str | None, str | None]) -> Element:
        told = node.attributes
        for child in node.children:
            if (
                child.space == BPMN
                and node.tag != "subProcess"
                and child.tag not in DRAWN
                and not _belongs(node, child)
            ):
                self.find("child", node, tag=child.tag)
        for name in told:
            if name.startswith("{") and not name.startswith(("{" + HQ, "{" + XSI)):
                self.find("foreign", node, "warning", tag=name.partition("}")[2], space=name[1:].partition("}")[0])
        if told.get("isForCompensation") == "true":
            self.find("compensation", node)
        rows = self.rows(node)
        element = Element(
            id=told.get("id", ""), name=told.get("name", ""), kind=node.tag, lane=lane[0], position=lane[1],
            scope=scope, settings=self.settings(node), rows=rows, default=told.get("default") or None,
            trigger=self._trigger(node), loop=self._loop(node), attached_to=told.get("attachedToRef"),
            interrupting=told.get("cancelActivity", told.get("isInterrupting", "true")) not in ("false", "0"),
            by_event=told.get("triggeredByEvent") in ("true", "1"),
            called=told.get("calledElement", "") or node.hq().get("process", ""),
            inputs=self._expressions(node, rows, "input"), outputs=self._expressions(node, rows, "output"),
        )  # fmt: skip
        self.elements[element.id] = element
        return element

    def _expressions(
        self, node: Node, rows: tuple[tuple[str, Mapping[str, str]], ...], tag: str
    ) -> tuple[tuple[str, Expression], ...]:
        read = ((row.get("name", ""), self.expression(row.get("value"), node)) for kind, row in rows if kind == tag)
        return tuple((name, expression) for name, expression in read if expression is not None)

    def _trigger(self, node: Node) -> Trigger | None:
        """What an event answers to; for a send or receive task, its message."""
        if node.tag in ("sendTask", "receiveTask"):
            said = node.hq()
            name = self._reference(node, "messageRef") or said.get("message", "")
            return Trigger("message", name, self.expression(said.get("key"), node)) if name else None
        found = [c for c in node.children if c.space == BPMN and c.tag.endswith(DEFINITIONS)]
        if node.bpmn("eventDefinitionRef"):
            self.find("trigger-reference", node)
        if len(found) > 1:
            self.find("triggers", node)
        if not found:
            return None
        kind = found[0].tag.removesuffix(DEFINITIONS)
        if kind not in self.triggers:
            self.find("trigger", node, tag=found[0].tag, **_instead(found[0].tag))
            return Trigger(kind)
        return self._read_trigger(kind, node, found[0])

    def _read_trigger(self, kind: str, node: Node, definition: Node) -> Trigger:
        if kind == "timer":
            return self._read_timer(node, definition)
        if kind == "link":
            return Trigger(kind, definition.attributes.get("name", node.attributes.get("name", "")))
        name = self._reference(definition, f"{kind}Ref", node) if kind != "terminate" else ""
        self.settings(definition)
        key = self.expression(definition.hq().get("key", node.hq().get("key")), node)
        return Trigger(kind, name, key)

    def _read_timer(self, node: Node, definition: Node) -> Trigger:
        forms = definition.bpmn("timeDuration", "timeDate", "timeCycle")
        if len(forms) != 1 or not forms[0].text.strip():
            self.find("timer-empty", node)
            return Trigger("timer")
        form, text = forms[0], forms[0].text.strip()
        if _TIMES[form.tag](text) is not None:
            return Trigger("timer", form=form.tag, when=text)
        if form.tag == "timeCycle" and (text.startswith(("R", "0 ")) or (" " in text and "*" in text)):
            self.find("timer-cycle", node, text=text)
            return Trigger("timer")
        return Trigger("timer", form=form.tag, when=text, timing=self.expression(text, node, form))

    def _reference(self, holder: Node, attribute: str, node: Node | None = None) -> str:
        """The name (an error's or escalation's code) of what an attribute refers to."""
        identity = holder.attributes.get(attribute, "").rpartition(":")[2]
        if not identity:
            return ""
        target = self.named.get(identity)
        if target is None or target.tag != attribute.removesuffix("Ref"):
            self.find("reference", node or holder, attribute=attribute, target=identity)
            return ""
        code = target.attributes.get("errorCode") or target.attributes.get("escalationCode")
        return code or target.attributes.get("name", "") or identity

    def _loop(self, node: Node) -> Loop | None:
        standard, multi = node.first("standardLoopCharacteristics"), node.first("multiInstanceLoopCharacteristics")
        if standard is not None:
            return self._standard_loop(node, standard)
        return self._multi_instance(node, multi) if multi is not None else None

    def _standard_loop(self, node: Node, loop: Node) -> Loop:
        condition, maximum = loop.first("loopCondition"), loop.attributes.get("loopMaximum", "")
        if maximum and not (maximum.isdigit() and 0 < int(maximum[:9]) <= 10_000):
            self.find("loop-maximum", node, value=maximum)
            maximum = ""
        read = self.expression(condition.text if condition is not None else None, node, condition)
        if read is None and not maximum and condition is None:
            self.find("loop-condition", node)
        before = loop.attributes.get("testBefore") in ("true", "1")
        return Loop("standard", condition=read, maximum=int(maximum) if maximum else None, before=before)

    def _multi_instance(self, node: Node, loop: Node) -> Loop:
        self.settings(loop)
        for child in loop.bpmn("complexBehaviorDefinition"):
            self.find("child", node, tag=child.tag)
        if loop.attributes.get("behavior", "All") != "All":
            self.find("multi-behavior", node, value=loop.attributes["behavior"])
        said = loop.hq()
        first, count = loop.first, loop.first("loopCardinality")
        source, target = first("loopDataInputRef"), first("loopDataOutputRef")
        member, yields, until = first("inputDataItem"), first("outputDataItem"), first("completionCondition")
        collection = said.get("collection") or (source.text if source is not None else None)
        if not (collection or (count is not None and count.text.strip())):
            self.find("multi-count", node)
        output = said.get("output") or (yields.attributes.get("name") if yields is not None else None)
        return Loop(
            "sequential" if loop.attributes.get("isSequential") in ("true", "1") else "parallel",
            count=self.expression(count.text if count is not None and not collection else None, node, count),
            collection=self.expression(collection, node),
            item=said.get("item") or (member.attributes.get("name", "") if member is not None else "") or "item",
            output=self.expression(output, node),
            result=said.get("result") or (target.text.strip() if target is not None else ""),
            until=self.expression(until.text if until is not None else None, node, until),
        )


def _belongs(parent: Node, child: Node) -> bool:
    """Whether a child says something about its parent that the reader takes up elsewhere."""
    if child.tag.endswith(DEFINITIONS) or child.tag == "eventDefinitionRef":
        return parent.tag.endswith("Event")
    if child.tag in ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics"):
        return parent.tag.endswith("Task") or parent.tag in ("subProcess", "callActivity")
    return child.tag in ("ioSpecification",) and parent.tag == "process"


def _instead(tag: str) -> dict[str, str]:
    return {"instead": f"instead-{tag}"}
