"""From XML to a model (DMN 1.1 to 1.5; the elements of 1.3's metamodel, §5 to §10)."""

from collections.abc import Callable
from typing import Final, TypeVar

from huiqian.feel.dmn.findings import ERROR, DecisionRefused, Finding
from huiqian.feel.dmn.model import (
    AGGREGATIONS,
    HIT_POLICIES,
    Context,
    Decision,
    Definition,
    InputClause,
    InputData,
    Invocation,
    ItemType,
    Knowledge,
    Listing,
    Literal,
    Logic,
    Model,
    OutputClause,
    Relation,
    Rule,
    Table,
    Variable,
)
from huiqian.feel.dmn.xml import Element, read_xml

T = TypeVar("T")
NAMESPACES: Final = frozenset({
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
})  # fmt: skip
EXPRESSIONS: Final = (
    "decisionTable", "literalExpression", "invocation", "context", "list", "relation", "functionDefinition",
)  # fmt: skip
_LATER: Final = ("conditional", "for", "every", "some", "filter")
DEEPEST: Final = 30
# Characters of all expressions together: as many as are compiled within some seconds.
MOST_EXPRESSIONS: Final = 200_000


def read_model(source: bytes) -> Model:
    """The model in a DMN file. Raises DecisionRefused with everything that is wrong with it, all at once."""
    from huiqian.feel.dmn.checking import check_model

    model, _, wrong = read_raw(source)
    findings = [*wrong, *(found for found in check_model(model, hints=False) if found.severity == ERROR)]
    if findings:
        raise DecisionRefused(findings)
    return model


def read_raw(source: bytes) -> tuple[Model, Element, list[Finding]]:
    """The model unchecked, the XML it was read from, and what could not be read."""
    root = read_xml(source)
    if root.tag != "definitions" or root.namespace not in NAMESPACES:
        raise DecisionRefused([Finding("not_dmn")])
    if sum(len(element.text) for element in root.below() if element.tag == "text") > MOST_EXPRESSIONS:
        raise DecisionRefused([Finding("xml_size")])
    reader = _Reader(root)
    return reader.model(source), root, reader.findings


class _Reader:
    """Reads elements and gathers what it cannot make sense of."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.findings: list[Finding] = []
        self.owner = ""
        self.depth = 0

    def model(self, source: bytes) -> Model:
        self.unsupported()
        return Model(
            id=self.root.get("id"),
            name=self.root.get("name"),
            namespace=self.root.get("namespace"),
            decisions=self.by_id("decision", self.decision),
            inputs=self.by_id("inputData", self.input_data),
            knowledge=self.by_id("businessKnowledgeModel", self.knowledge),
            types={item.get("name"): self.item_type(item) for item in self.root.all("itemDefinition")},
            source=source,
        )

    def find(self, code: str, **params: object) -> None:
        self.findings.append(Finding(code, element=self.owner, params=params))

    def unsupported(self) -> None:
        for element in self.root.all("import"):
            self.find("import", name=element.get("name") or element.get("namespace"))
        seen: set[str] = set()
        for element in self.root.below():
            known = element.get("id")
            if known and element.namespace == self.root.namespace:
                if known in seen:
                    self.find("double_id", name=known)
                seen.add(known)
            language = element.get("expressionLanguage").lower()
            if language and "feel" not in language:
                self.find("language", name=element.get("expressionLanguage"))

    def by_id(self, tag: str, read: Callable[[Element], T]) -> dict[str, T]:
        found: dict[str, T] = {}
        for place, element in enumerate(self.root.all(tag), start=1):
            self.owner = element.get("id") or f"{tag}_{place}"
            found[self.owner] = read(element)
        self.owner = ""
        return found

    def variable(self, element: Element) -> Variable:
        """The variable's name; the element's own where they differ only in being there."""
        inner = element.first("variable")
        name = (inner.get("name") if inner else "") or element.get("name") or self.owner
        return Variable(" ".join(name.split()), _type(inner.get("typeRef")) if inner else "")

    def input_data(self, element: Element) -> InputData:
        return InputData(self.owner, self.variable(element))

    def decision(self, element: Element) -> Decision:
        logic = self.logic_in(element)
        return Decision(
            id=self.owner,
            name=element.get("name"),
            variable=self.variable(element),
            decisions=self.required(element, "informationRequirement", "requiredDecision"),
            inputs=self.required(element, "informationRequirement", "requiredInput"),
            knowledge=self.required(element, "knowledgeRequirement", "requiredKnowledge"),
            table=logic if isinstance(logic, Table) else None,
            logic=None if isinstance(logic, Table) else logic,
        )

    def required(self, element: Element, requirement: str, kind: str) -> tuple[str, ...]:
        found = (inner.first(kind) for inner in element.all(requirement))
        return tuple(target.get("href").rpartition("#")[2] for target in found if target is not None)

    def knowledge(self, element: Element) -> Knowledge:
        inner = element.first("encapsulatedLogic")
        definition = self.definition(inner) if inner else Definition((), Literal("null"))
        if inner is None:
            self.find("no_logic")
        needs = self.required(element, "knowledgeRequirement", "requiredKnowledge")
        return Knowledge(self.owner, self.variable(element), definition, needs)

    def item_type(self, element: Element) -> ItemType:
        based, allowed = element.first("typeRef"), element.first("allowedValues")
        return ItemType(
            name=element.get("name"),
            type=_type(based.text) if based else "",
            collection=element.get("isCollection") in ("true", "1"),
            values=_text(allowed),
            components=tuple(self.item_type(part) for part in element.all("itemComponent")),
        )

    def logic_in(self, element: Element) -> Logic | None:
        """The expression inside an element; None where it has none."""
        for later in element.all(*_LATER):
            self.find("later_expression", name=later.tag)
        inner = element.first(*EXPRESSIONS)
        return None if inner is None else self.logic(inner)

    def needed(self, element: Element) -> Logic:
        logic = self.logic_in(element)
        if logic is None:
            self.find("no_logic")
        return logic or Literal("null")

    def logic(self, element: Element) -> Logic:
        self.depth += 1
        try:
            if self.depth > DEEPEST:
                raise DecisionRefused([Finding("xml_size", element=self.owner)])
            return self.read(element)
        finally:
            self.depth -= 1

    def read(self, element: Element) -> Logic:
        match element.tag:
            case "decisionTable":
                return self.table(element)
            case "literalExpression":
                return Literal(_text(element), _type(element.get("typeRef")))
            case "invocation":
                return self.invocation(element)
            case "context":
                return Context(tuple(self.entry(entry) for entry in element.all("contextEntry")))
            case "list":
                return Listing(tuple(self.logic(item) for item in element.all(*EXPRESSIONS)))
            case "relation":
                return self.relation(element)
            case _:
                return self.definition(element)

    def invocation(self, element: Element) -> Invocation:
        called = element.first("literalExpression")
        bindings = []
        for binding in element.all("binding"):
            parameter = binding.first("parameter")
            bindings.append((parameter.get("name") if parameter else "", self.needed(binding)))
        return Invocation(_text(called), tuple(bindings), _type(element.get("typeRef")))

    def entry(self, element: Element) -> tuple[Variable | None, Logic]:
        inner = element.first("variable")
        named = Variable(inner.get("name"), _type(inner.get("typeRef"))) if inner else None
        return named, self.needed(element)

    def relation(self, element: Element) -> Relation:
        columns = tuple(column.get("name") for column in element.all("column"))
        rows = tuple(tuple(self.logic(cell) for cell in row.all(*EXPRESSIONS)) for row in element.all("row"))
        for place, row in enumerate(rows, start=1):
            if len(row) != len(columns):
                self.find("cells", row=place, wanted=len(columns), found=len(row))
        return Relation(columns, rows)

    def definition(self, element: Element) -> Definition:
        if element.get("kind") not in ("", "FEEL"):
            self.find("no_external")
        parameters = tuple(
            Variable(parameter.get("name"), _type(parameter.get("typeRef")))
            for parameter in element.all("formalParameter")
        )
        return Definition(parameters, self.needed(element))

    def table(self, element: Element) -> Table:
        policy, aggregation = element.get("hitPolicy") or "UNIQUE", element.get("aggregation")
        letters = {word: letter for letter, word in HIT_POLICIES.items()}
        signs = {word: sign for sign, word in AGGREGATIONS.items()}
        if policy not in letters:
            self.find("hit_policy", name=policy)
        if aggregation and aggregation not in signs:
            self.find("aggregation", name=aggregation)
        return Table(
            hit_policy=letters.get(policy, "U"),
            aggregation=signs.get(aggregation, ""),
            inputs=tuple(self.input_clause(clause) for clause in element.all("input")),
            outputs=tuple(self.output_clause(clause) for clause in element.all("output")),
            rules=tuple(self.rule(rule, place) for place, rule in enumerate(element.all("rule"), start=1)),
            id=element.get("id"),
        )

    def input_clause(self, element: Element) -> InputClause:
        expression = element.first("inputExpression")
        return InputClause(
            expression=_text(expression),
            label=element.get("label"),
            type=_type(expression.get("typeRef")) if expression else "",
            values=_text(element.first("inputValues")),
            id=element.get("id"),
        )

    def output_clause(self, element: Element) -> OutputClause:
        return OutputClause(
            name=element.get("name"),
            label=element.get("label"),
            type=_type(element.get("typeRef")),
            values=_text(element.first("outputValues")),
            default=_text(element.first("defaultOutputEntry")),
            id=element.get("id"),
        )

    def rule(self, element: Element, place: int) -> Rule:
        described, noted = element.first("description"), element.first("annotationEntry")
        return Rule(
            id=element.get("id") or f"rule_{place}",
            inputs=tuple(_text(entry) for entry in element.all("inputEntry")),
            outputs=tuple(_text(entry) for entry in element.all("outputEntry")),
            note=described.text.strip() if described else _text(noted),
        )


def _text(element: Element | None) -> str:
    """What stands in an element's <text>."""
    inner = element.first("text") if element else None
    return inner.text.strip() if inner else ""


def _type(text: str) -> str:
    """A type without the prefix of its namespace ("feel:number")."""
    return text.strip().rpartition(":")[2] if "<" not in text else text.strip()
