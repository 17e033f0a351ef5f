"""Small BPMN files for tests, from a few lines of text.

A line says one thing, in the order of the drawing:

    user draft name=起草 form=plan        an element: kind, id, then attributes (BPMN's own or hq's, see below)
    xor x default                         a gateway whose flow to `default` is the default flow
    boundary late on=draft timer=PT1H interrupting=false
    sub team multi=3 { … }                a subprocess, its own lines up to the closing brace
    a -> b -> c                           sequence flows
    x -> b if amount > 3                  a flow with a condition
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:hq="urn:huiqian:bpmn:1" '
    'targetNamespace="urn:huiqian:test" expressionLanguage="feel">\n'
)
TAGS = {
    "start": "startEvent", "end": "endEvent", "user": "userTask", "manual": "manualTask", "service": "serviceTask",
    "rule": "businessRuleTask", "send": "sendTask", "receive": "receiveTask", "call": "callActivity",
    "xor": "exclusiveGateway",
    "and": "parallelGateway", "or": "inclusiveGateway", "event": "eventBasedGateway", "sub": "subProcess",
    "handler": "subProcess", "boundary": "boundaryEvent", "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
}  # fmt: skip
TRIGGERS = ("timer", "date", "cycle", "message", "signal", "error", "escalation", "link", "terminate")
FORMS = {"timer": "timeDuration", "date": "timeDate", "cycle": "timeCycle"}
OWN = frozenset(("name", "isForCompensation", "calledElement", "instantiate"))
HQ = frozenset(
    ("form", "kind", "mode", "quorum", "returnTo", "deadline", "operation", "decision", "result", "process", "assignee")
)
WORD = re.compile(r'([\w:.-]+)=("[^"]*"|\S+)|(\S+)')
FLOW = re.compile(r"^\s*[\w.-]+\s*->")


@dataclass
class _Drawing:
    lines: Iterator[str]
    referred: dict[tuple[str, str], str] = field(default_factory=dict)
    flows: int = 0

    def scope(self) -> str:
        """The XML of the lines up to a closing brace."""
        parts: list[str] = []
        flows: list[tuple[str, str, str]] = []
        defaults: dict[str, str] = {}
        for raw in self.lines:
            line = raw.strip()
            if line == "}":
                break
            if not line or line.startswith("#"):
                continue
            if FLOW.match(line):
                flows.extend(self._flows(line))
            else:
                parts.append(self._element(line, defaults))
        body = "".join(parts)
        drawn = []
        for source, target, condition in flows:
            self.flows += 1
            identity = f"f{self.flows}"
            if defaults.get(source) == target:
                body = body.replace(f'default="{source}!"', f'default="{identity}"')
            drawn.append(_flow(identity, source, target, condition))
        return body + "".join(drawn)

    def _flows(self, line: str) -> Iterator[tuple[str, str, str]]:
        path, _, condition = line.partition(" if ")
        names = [name.strip() for name in path.split("->")]
        for source, target in pairwise(names):
            yield source, target, condition.strip()

    def _element(self, line: str, defaults: dict[str, str]) -> str:
        opened = line.endswith("{")
        kind, _, rest = line.removesuffix("{").strip().partition(" ")
        told: dict[str, str] = {}
        plain: list[str] = []
        for name, value, word in WORD.findall(rest):
            if word:
                plain.append(word)
            else:
                told[name] = value[1:-1] if value.startswith('"') else value
        identity = plain[0] if plain else kind
        attributes = {"id": identity, "name": told.pop("name", identity)}
        if len(plain) > 1:
            defaults[identity] = plain[1]
            attributes["default"] = f"{identity}!"
        inner = self._rows(told) + self._special(kind, told, attributes)
        for name, value in told.items():
            attributes[f"hq:{name}" if name in HQ else name] = value
        inner += self.scope() if opened else ""
        written = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
        return f"<{TAGS[kind]} {written}>{inner}</{TAGS[kind]}>\n"

    def _rows(self, told: dict[str, str]) -> str:
        """`in.x=…` and `out.x=…` become the hq rows input and output."""
        rows = ""
        for name in [name for name in told if name.startswith(("in.", "out."))]:
            tag = "input" if name.startswith("in.") else "output"
            rows += f"<hq:{tag} name={quoteattr(name.partition('.')[2])} value={quoteattr(told.pop(name))}/>"
        return f"<extensionElements>{rows}</extensionElements>" if rows else ""

    def _special(self, kind: str, told: dict[str, str], attributes: dict[str, str]) -> str:
        if kind == "boundary":
            attributes["attachedToRef"] = told.pop("on")
            attributes["cancelActivity"] = told.pop("interrupting", "true")
        if kind == "start" and "interrupting" in told:
            attributes["isInterrupting"] = told.pop("interrupting")
        if kind == "handler":
            attributes["triggeredByEvent"] = "true"
        if kind == "call" and "calls" in told:
            attributes["calledElement"] = told.pop("calls")
        if kind in ("send", "receive"):
            name = told.pop("message")
            attributes["messageRef"] = self._refer("message", name)
            if "key" in told:
                attributes["hq:key"] = told.pop("key")
            return _loop(told)
        return self._trigger(told) + _loop(told)

    def _trigger(self, told: dict[str, str]) -> str:
        for kind in TRIGGERS:
            if kind in told:
                return self._definition(kind, told.pop(kind), told.pop("key", ""))
        return ""

    def _definition(self, kind: str, value: str, key: str) -> str:
        if kind in FORMS:
            form = f'<{FORMS[kind]} xsi:type="tFormalExpression">{escape(value)}</{FORMS[kind]}>'
            return f"<timerEventDefinition>{form}</timerEventDefinition>"
        if kind == "link":
            return f"<linkEventDefinition name={quoteattr(value)}/>"
        if kind == "terminate":
            return "<terminateEventDefinition/>"
        reference = f' {kind}Ref="{self._refer(kind, value)}"' if value != "*" else ""
        hq = f" hq:key={quoteattr(key)}" if key else ""
        return f"<{kind}EventDefinition{reference}{hq}/>"

    def _refer(self, kind: str, name: str) -> str:
        return self.referred.setdefault((kind, name), f"{kind}_{len(self.referred) + 1}")

    def references(self) -> str:
        """The messages, signals, errors and escalations that the lines named."""
        codes = {"error": "errorCode", "escalation": "escalationCode"}
        return "".join(
            f"<{kind} id={quoteattr(identity)} name={quoteattr(name)}"
            + (f" {codes[kind]}={quoteattr(name)}" if kind in codes else "")
            + "/>\n"
            for (kind, name), identity in self.referred.items()
        )


def _flow(identity: str, source: str, target: str, condition: str) -> str:
    inner = ""
    if condition:
        inner = f'<conditionExpression xsi:type="tFormalExpression">{escape(condition)}</conditionExpression>'
    return f'<sequenceFlow id="{identity}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>\n'


def _loop(told: dict[str, str]) -> str:
    """`multi=3` or `each=items`, `sequential= item= output= into= until=`; `while=`, `most=`, `before=`."""
    if "while" in told or "most" in told:
        most = f' loopMaximum="{told.pop("most")}"' if "most" in told else ""
        before = f' testBefore="{told.pop("before")}"' if "before" in told else ""
        condition = told.pop("while", "")
        inner = f"<loopCondition>{escape(condition)}</loopCondition>" if condition else ""
        return f"<standardLoopCharacteristics{most}{before}>{inner}</standardLoopCharacteristics>"
    if "multi" not in told and "each" not in told:
        return ""
    names = {"each": "hq:collection", "item": "hq:item", "output": "hq:output", "into": "hq:result"}
    attributes = "".join(f" {full}={quoteattr(told.pop(name))}" for name, full in names.items() if name in told)
    sequential = f' isSequential="{told.pop("sequential", "false")}"'
    count = f"<loopCardinality>{escape(told.pop('multi'))}</loopCardinality>" if "multi" in told else ""
    until = f"<completionCondition>{escape(told.pop('until'))}</completionCondition>" if "until" in told else ""
    tag = "multiInstanceLoopCharacteristics"
    return f"<{tag}{sequential}{attributes}>{count}{until}</{tag}>"


def bpmn(text: str, process: str = 'id="process" name="Process"') -> bytes:
    """The BPMN file that some lines describe."""
    drawing = _Drawing(iter(text.splitlines()))
    body = drawing.scope()
    head = f'{HEAD}{drawing.references()}<process {process} isExecutable="true">\n'
    return f"{head}{body}</process>\n</definitions>\n".encode()
