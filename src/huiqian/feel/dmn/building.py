"""XML for what is new in a model: whole elements, indented, with the prefix that the file uses."""

from collections.abc import Iterable
from typing import Final

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
from huiqian.feel.dmn.xml import attribute_xml, text_xml

DMN_13: Final = "https://www.omg.org/spec/DMN/20191111/MODEL/"
FEEL_13: Final = "https://www.omg.org/spec/DMN/20191111/FEEL/"


class Builder:
    """Writes elements; `prefix` is the file's own ("" or "dmn:"), `indent` one step of its indentation."""

    def __init__(self, prefix: str = "", indent: str = "  ") -> None:
        self.prefix = prefix
        self.indent = indent

    def element(self, tag: str, inside: Iterable[str] = (), **attributes: str) -> str:
        """An element around others, each on its own lines."""
        said = "".join(attribute_xml(name.rstrip("_"), value) for name, value in attributes.items())
        lines = [line for part in inside if part for line in part.split("\n")]
        if not lines:
            return f"<{self.prefix}{tag}{said}/>"
        body = "\n".join(self.indent + line if not line.startswith("\0") else line for line in lines)
        return f"<{self.prefix}{tag}{said}>\n{body}\n</{self.prefix}{tag}>"

    def text(self, tag: str, text: str, **attributes: str) -> str:
        """An element with a <text>. Line ends in it stay as they are, whatever the indentation around."""
        # \0 keeps the lines of a text from being indented; it is taken out at the very end.
        kept = text_xml(text).replace("\n", "\n\0")
        said = "".join(attribute_xml(name, value) for name, value in attributes.items())
        return f"<{self.prefix}{tag}{said}><{self.prefix}text>{kept}</{self.prefix}text></{self.prefix}{tag}>"

    def variable(self, variable: Variable, tag: str = "variable") -> str:
        """A name and its type."""
        return self.element(tag, name=variable.name, typeRef=variable.type)

    def model(self, model: Model) -> str:
        """A whole file."""
        inside = [self.item_type(item) for item in model.types.values()]
        inside += [self.input_data(data) for data in model.inputs.values()]
        inside += [self.knowledge(knowledge) for knowledge in model.knowledge.values()]
        inside += [self.decision(decision) for decision in model.decisions.values()]
        name = {"xmlns": DMN_13, "id": model.id, "name": model.name, "namespace": model.namespace}
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + self.element("definitions", inside, **name) + "\n"

    def item_type(self, item: ItemType, tag: str = "itemDefinition") -> str:
        """A type, or a component of one."""
        inside = [f"<{self.prefix}typeRef>{text_xml(item.type)}</{self.prefix}typeRef>"] if item.type else []
        inside += [self.text("allowedValues", item.values)] if item.values else []
        inside += [self.item_type(part, "itemComponent") for part in item.components]
        return self.element(tag, inside, name=item.name, isCollection="true" if item.collection else "")

    def input_data(self, data: InputData) -> str:
        """Something from outside."""
        return self.element("inputData", [self.variable(data.variable)], id=data.id, name=data.variable.name)

    def requirement(self, tag: str, kind: str, target: str) -> str:
        """What an element needs."""
        return self.element(tag, [self.element(kind, href=f"#{target}")])

    def decision(self, decision: Decision) -> str:
        """A decision with all in it."""
        inside = [self.variable(decision.variable)]
        inside += [self.requirement("informationRequirement", "requiredDecision", key) for key in decision.decisions]
        inside += [self.requirement("informationRequirement", "requiredInput", key) for key in decision.inputs]
        inside += [self.requirement("knowledgeRequirement", "requiredKnowledge", key) for key in decision.knowledge]
        logic = decision.table or decision.logic
        inside += [self.logic(logic)] if logic else []
        return self.element("decision", inside, id=decision.id, name=decision.name or decision.variable.name)

    def knowledge(self, knowledge: Knowledge) -> str:
        """A knowledge model."""
        inside = [
            self.variable(knowledge.variable),
            self.definition(knowledge.definition, "encapsulatedLogic"),
            *(self.requirement("knowledgeRequirement", "requiredKnowledge", key) for key in knowledge.knowledge),
        ]
        return self.element("businessKnowledgeModel", inside, id=knowledge.id, name=knowledge.variable.name)

    def definition(self, definition: Definition, tag: str = "functionDefinition") -> str:
        """A function."""
        parameters = [self.variable(parameter, "formalParameter") for parameter in definition.parameters]
        return self.element(tag, [*parameters, self.logic(definition.body)])

    def logic(self, logic: Logic) -> str:
        """Any boxed expression."""
        match logic:
            case Table():
                return self.table(logic)
            case Literal():
                return self.text("literalExpression", logic.text, typeRef=logic.type)
            case Invocation():
                bound = [
                    self.element("binding", [self.element("parameter", name=name), self.logic(part)])
                    for name, part in logic.bindings
                ]
                called = self.text("literalExpression", logic.function)
                return self.element("invocation", [called, *bound], typeRef=logic.type)
            case Context():
                entries = [
                    self.element("contextEntry", [self.variable(variable) if variable else "", self.logic(part)])
                    for variable, part in logic.entries
                ]
                return self.element("context", entries)
            case Listing():
                return self.element("list", [self.logic(item) for item in logic.items])
            case Relation():
                columns = [self.element("column", name=name) for name in logic.columns]
                rows = [self.element("row", [self.logic(cell) for cell in row]) for row in logic.rows]
                return self.element("relation", [*columns, *rows])
            case Definition():
                return self.definition(logic)

    def table(self, table: Table) -> str:
        """A decision table."""
        inside = [self.input_clause(clause) for clause in table.inputs]
        inside += [self.output_clause(clause) for clause in table.outputs]
        inside += [self.rule(rule) for rule in table.rules]
        policy, aggregation = HIT_POLICIES[table.hit_policy], AGGREGATIONS.get(table.aggregation, "")
        return self.element("decisionTable", inside, id=table.id, hitPolicy=policy, aggregation=aggregation)

    def input_clause(self, clause: InputClause) -> str:
        """A column of tests."""
        inside = [self.text("inputExpression", clause.expression, typeRef=clause.type)]
        inside += [self.text("inputValues", clause.values)] if clause.values else []
        return self.element("input", inside, id=clause.id, label=clause.label)

    def output_clause(self, clause: OutputClause) -> str:
        """A column of outputs."""
        inside = [self.text("outputValues", clause.values)] if clause.values else []
        inside += [self.text("defaultOutputEntry", clause.default)] if clause.default else []
        return self.element("output", inside, id=clause.id, label=clause.label, name=clause.name, typeRef=clause.type)

    def rule(self, rule: Rule) -> str:
        """A row."""
        noted = f"<{self.prefix}description>{text_xml(rule.note)}</{self.prefix}description>".replace("\n", "\n\0")
        inside = [noted] if rule.note else []
        inside += [self.text("inputEntry", cell) for cell in rule.inputs]
        inside += [self.text("outputEntry", cell) for cell in rule.outputs]
        return self.element("rule", inside, id=rule.id)


def finished(xml: str) -> bytes:
    """The bytes of built XML."""
    return xml.replace("\0", "").encode()
