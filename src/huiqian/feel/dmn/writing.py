"""From a model back to XML: the source byte for byte, but for what has changed.

Changed cells, notes and clauses are set in place, so that comments, extension elements, diagrams and the file's own
layout stay; new rows and elements are built in the file's own indentation.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from huiqian.feel.dmn.building import Builder, finished
from huiqian.feel.dmn.model import (
    AGGREGATIONS,
    HIT_POLICIES,
    Decision,
    InputClause,
    Literal,
    Model,
    OutputClause,
    Rule,
    Table,
)
from huiqian.feel.dmn.reading import read_raw
from huiqian.feel.dmn.xml import Element, attribute_xml, text_xml

Patch = tuple[int, int, bytes]


def write_model(model: Model) -> bytes:
    """The model as DMN XML. Unchanged, it is the file it was read from, byte for byte."""
    if not model.source:
        return finished(Builder().model(model))
    known, root, _ = read_raw(model.source)
    return _Writer(model, known, root).write()


class _Writer:
    """Gathers patches: from, to, and the bytes to stand there instead."""

    def __init__(self, model: Model, known: Model, root: Element) -> None:
        self.model = model
        self.known = known
        self.root = root
        self.source = model.source
        self.patches: list[Patch] = []
        self.new: list[str] = []
        self.builder = Builder(root.prefix, self.indent_of(next(iter(root.children), root)) or "  ")

    def write(self) -> bytes:
        builder = self.builder
        self.elements("decision", self.known.decisions, self.model.decisions, builder.decision)
        self.elements("inputData", self.known.inputs, self.model.inputs, builder.input_data)
        self.elements("businessKnowledgeModel", self.known.knowledge, self.model.knowledge, builder.knowledge)
        self.elements("itemDefinition", self.known.types, self.model.types, builder.item_type)
        head = {"id": self.model.id, "name": self.model.name, "namespace": self.model.namespace}
        if head != {"id": self.known.id, "name": self.known.name, "namespace": self.known.namespace}:
            self.patches.append(self.set_attributes(self.root, head))
        return self.patched(0, len(self.source), self.patches + self.added())

    def added(self) -> list[Patch]:
        """New elements stand behind the last one that is not a diagram."""
        if not self.new:
            return []
        own = [child for child in self.root.children if child.namespace == self.root.namespace]
        at = own[-1].end if own else self.root.inside
        indent = self.builder.indent
        lines = "".join("\n" + indent + xml.replace("\n", "\n" + indent) for xml in self.new)
        return [(at, at, finished(lines.replace(indent + "\0", "\0")))]

    def elements(
        self, tag: str, known: Mapping[str, Any], wanted: Mapping[str, Any], build: Callable[[Any], str]
    ) -> None:
        """Set each changed element in place, take out those that are gone, remember new ones."""
        found = dict(zip(known, self.root.all(tag), strict=False))
        for key, element in found.items():
            if key not in wanted:
                self.patches.append((self.before(element), element.end, b""))
            elif wanted[key] != known[key] and not self.small(element, known[key], wanted[key]):
                self.patches.append((element.start, element.end, self.laid_in(build(wanted[key]), element)))
        self.new += [build(wanted[key]) for key in wanted if key not in found]

    def small(self, element: Element, known: object, wanted: object) -> bool:
        """Change only a decision's table or literal expression, if that is all that differs."""
        if not (isinstance(known, Decision) and isinstance(wanted, Decision)):
            return False
        if replace(wanted, table=known.table, logic=known.logic) != known:
            return False
        table = element.first("decisionTable")
        if table is not None and known.table is not None and wanted.table is not None:
            self.table(table, known.table, wanted.table)
            return True
        literal = element.first("literalExpression")
        if literal is None or not isinstance(known.logic, Literal) or not isinstance(wanted.logic, Literal):
            return False
        if known.logic.type != wanted.logic.type:
            return False
        self.patches += self.set_text(literal, wanted.logic.text)
        return True

    def table(self, element: Element, known: Table, wanted: Table) -> None:
        policy = {"hitPolicy": HIT_POLICIES[wanted.hit_policy], "aggregation": AGGREGATIONS.get(wanted.aggregation, "")}
        if (known.hit_policy, known.aggregation) != (wanted.hit_policy, wanted.aggregation):
            self.patches.append(self.set_attributes(element, policy))
        builder = self.builder
        rows = [(rule.id, rule) for rule in wanted.rules]
        self.run(element, "input", known.inputs, _numbered(wanted.inputs), builder.input_clause, self.input_clause)
        self.run(element, "output", known.outputs, _numbered(wanted.outputs), builder.output_clause, self.output_clause)
        self.run(element, "rule", known.rules, rows, builder.rule, self.rule)

    def run(
        self,
        table: Element,
        tag: str,
        known: Iterable[Any],
        wanted: list[tuple[str, Any]],
        build: Callable[[Any], str],
        change: Callable[[Element, Any, Any], bytes | None] | None,
    ) -> None:
        """A table's inputs, outputs or rules: those that are known keep their source, whatever their new order."""
        elements = list(table.all(tag))
        keys = [rule.id for rule in known] if tag == "rule" else [str(place) for place in range(len(elements))]
        old = dict(zip(keys, zip(elements, known, strict=True), strict=True))
        if [value for _, value in wanted] == [value for _, value in old.values()]:
            return
        pieces = []
        for key, value in wanted:
            element, before = old.get(key, (None, None))
            piece = None
            if element is not None:
                same = before == value
                piece = self.source[element.start : element.end] if same else change and change(element, before, value)
            pieces.append(piece or self.laid_in(build(value), elements[0] if elements else table, not elements))
        if [key for key, _ in wanted] == keys:
            # The same ones in the same order: each in its own place, and what stands between them stays there.
            places = ((element.start, element.end) for element in elements)
            self.patches += [(*place, piece) for place, piece in zip(places, pieces, strict=True)]
        else:
            self.lay(table, tag, elements, pieces)

    def lay(self, table: Element, tag: str, elements: list[Element], pieces: list[bytes]) -> None:
        """Put the pieces where the elements stood, or behind what must come before them."""
        if elements:
            gap = self.source[self.before(elements[0]) : elements[0].start]
            gap = gap if not gap.strip() else b"\n"
            # What stands between the elements (comments) stays in front of the first one.
            between = [self.source[first.end : second.start] for first, second in pairwise(elements)]
            kept = b"".join(part for part in between if part.strip())
            self.patches.append((elements[0].start, elements[-1].end, kept + gap.join(pieces)))
            return
        earlier = {"input": (), "output": ("input",), "rule": ("input", "output", "annotation")}[tag]
        before = [
            child
            for child in table.children
            if child.tag in earlier or child.tag in ("description", "extensionElements")
        ]
        at = before[-1].end if before else table.inside
        gap = ("\n" + self.indent_of(table) + self.builder.indent).encode()
        self.patches.append((at, at, b"".join(gap + piece for piece in pieces)))

    def input_clause(self, element: Element, known: InputClause, wanted: InputClause) -> bytes | None:
        """A changed input column; None where its expression was not written, so that it is built anew."""
        expression = element.first("inputExpression")
        if expression is None or known.id != wanted.id or expression.empty:
            return None
        patches = [self.set_attributes(element, {"label": wanted.label})]
        if known.type != wanted.type:
            patches.append(self.set_attributes(expression, {"typeRef": wanted.type}))
        if known.expression != wanted.expression:
            patches += self.set_text(expression, wanted.expression)
        patches += self.set_part(element, "inputValues", known.values, wanted.values)
        return self.patched(element.start, element.end, patches)

    def output_clause(self, element: Element, known: OutputClause, wanted: OutputClause) -> bytes | None:
        """A changed output column; None where it was written without anything inside, so that it is built anew."""
        if element.empty or known.id != wanted.id:
            return None
        said = {"label": wanted.label, "name": wanted.name, "typeRef": wanted.type}
        patches = [
            self.set_attributes(
                element, said if known.type != wanted.type else {**said, "typeRef": element.get("typeRef")}
            )
        ]
        patches += self.set_part(element, "outputValues", known.values, wanted.values)
        patches += self.set_part(element, "defaultOutputEntry", known.default, wanted.default)
        return self.patched(element.start, element.end, patches)

    def set_part(self, element: Element, tag: str, known: str, wanted: str) -> list[Patch]:
        """Set, make or take out an element with a text inside another."""
        part = element.first(tag)
        if known == wanted:
            return []
        if part is None:
            return [(element.inside_end, element.inside_end, finished(self.builder.text(tag, wanted)))]
        return self.set_text(part, wanted) if wanted else [(part.start, part.end, b"")]

    def rule(self, element: Element, known: Rule, wanted: Rule) -> bytes | None:
        """A changed rule, cell by cell; None where its shape has changed, so that it is built anew."""
        entries = [*element.all("inputEntry"), *element.all("outputEntry")]
        before, after = (*known.inputs, *known.outputs), (*wanted.inputs, *wanted.outputs)
        shape = (len(known.inputs), len(known.outputs)) == (len(wanted.inputs), len(wanted.outputs))
        if not shape or len(entries) != len(after):
            return None
        patches = []
        for entry, old, new in zip(entries, before, after, strict=True):
            if old != new:
                patches += self.set_text(entry, new)
        if known.note != wanted.note:
            patches += self.note(element, wanted.note)
        return self.patched(element.start, element.end, patches)

    def note(self, element: Element, note: str) -> list[Patch]:
        description, annotation = element.first("description"), element.first("annotationEntry")
        if description is None and annotation is not None:
            return self.set_text(annotation, note)
        prefix = self.root.prefix
        built = f"<{prefix}description>{text_xml(note)}</{prefix}description>".encode()
        if description is not None:
            # An empty description stays where an annotation would otherwise be read as the note.
            kept = bool(note) or annotation is not None
            return [(description.start, description.end, built if kept else b"")]
        first = element.children[0] if element.children else None
        gap = self.source[self.before(first) : first.start] if first else b""
        return [(element.inside, element.inside, gap + built)]

    def set_text(self, element: Element, text: str) -> list[Patch]:
        """Another text in an element's <text>, which is made if it is missing."""
        inner = element.first("text")
        prefix = element.prefix
        built = f"<{prefix}text>{text_xml(text)}</{prefix}text>".encode()
        if inner is not None:
            return [(inner.start, inner.end, built)]
        if element.empty:
            start = self.source[element.start : element.end][:-2].rstrip()
            return [(element.start, element.end, start + b">" + built + f"</{element.prefixed}>".encode())]
        return [(element.inside, element.inside, built)]

    def set_attributes(self, element: Element, values: Mapping[str, str]) -> Patch:
        """Other values for attributes; "" takes one out."""
        tag = self.source[element.start : element.inside].decode()
        ends = "/>" if tag.endswith("/>") else ">"
        for name in values:
            tag = re.sub(rf"""\s+{name}\s*=\s*("[^"]*"|'[^']*')""", "", tag, count=1)
        said = "".join(attribute_xml(name, value) for name, value in values.items())
        changed = tag[: -len(ends)].rstrip() + said + ends
        return element.start, element.inside, changed.encode()

    def laid_in(self, xml: str, place: Element, deeper: bool = False) -> bytes:
        """Built XML with the indentation of the element in whose place it stands."""
        indent = self.indent_of(place) + (self.builder.indent if deeper else "")
        return finished(xml.replace("\n", "\n" + indent).replace(indent + "\0", "\0"))

    def indent_of(self, element: Element) -> str:
        line = self.source[: element.start].rpartition(b"\n")[2]
        return line.decode() if not line.strip() else ""

    def before(self, element: Element) -> int:
        """Where the white space in front of an element begins."""
        at = element.start
        while at and self.source[at - 1 : at].isspace():
            at -= 1
        return at

    def patched(self, start: int, end: int, patches: list[Patch]) -> bytes:
        pieces, at = [], start
        for first, last, new in sorted(patches, key=lambda patch: patch[:2]):
            pieces += [self.source[at:first], new]
            at = last
        return b"".join([*pieces, self.source[at:end]])


def _numbered(values: Iterable[Any]) -> list[tuple[str, Any]]:
    return [(str(place), value) for place, value in enumerate(values)]
