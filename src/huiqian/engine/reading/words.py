"""What a file says while it is read, and how its expressions and hq words are taken up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from huiqian.engine.definition import Element, Flow, Lane
from huiqian.engine.findings import Finding
from huiqian.engine.markup import HQ, Node
from huiqian.engine.vocabulary import ATTRIBUTES, EVERYWHERE, NEEDED, ROWS, nearest, wrong_value
from huiqian.feel import Expression, ExpressionError, compile_expression

FEEL_NAMES = frozenset(("", "feel", "FEEL", "https://www.omg.org/spec/DMN/20180521/FEEL/"))
Rows = tuple[tuple[str, Mapping[str, str]], ...]


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

    def rows(self, node: Node) -> Rows:
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
