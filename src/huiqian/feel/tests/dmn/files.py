"""DMN files for tests, written out from short tables."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from huiqian.feel.dmn import Decided, Model, read_model

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
HEAD = f'<definitions xmlns="{DMN}" id="m" name="model" namespace="urn:test">'
POLICIES = {
    "U": "UNIQUE",
    "A": "ANY",
    "P": "PRIORITY",
    "F": "FIRST",
    "C": "COLLECT",
    "R": "RULE ORDER",
    "O": "OUTPUT ORDER",
}
AGGREGATIONS = {"+": "SUM", "<": "MIN", ">": "MAX", "#": "COUNT"}


def text(tag: str, content: str, attributes: str = "") -> str:
    """An element that holds an expression."""
    return f"<{tag}{attributes}><text>{escape(content)}</text></{tag}>"


def table(
    policy: str,
    inputs: Sequence[str],
    outputs: Sequence[str],
    rules: Sequence[Sequence[str]],
    *,
    default: Sequence[str] = (),
    ids: str = "r",
) -> str:
    """A decision table. Outputs are "name" or "name: values, most important first"; a rule is its cells in a row."""
    said = f' hitPolicy="{POLICIES[policy[0]]}"' + (f' aggregation="{AGGREGATIONS[policy[1]]}"' if policy[1:] else "")
    columns = "".join(f"<input>{text('inputExpression', one)}</input>" for one in inputs)
    for place, output in enumerate(outputs):
        name, _, values = output.partition(":")
        inside = text("outputValues", values.strip()) if values else ""
        inside += text("defaultOutputEntry", default[place]) if default else ""
        columns += f'<output name="{escape(name)}">{inside}</output>'
    rows = "".join(_rule(f"{ids}{number}", cells, len(inputs)) for number, cells in enumerate(rules, start=1))
    return f"<decisionTable{said}>{columns}{rows}</decisionTable>"


def _rule(key: str, cells: Sequence[str], width: int) -> str:
    tags = ["inputEntry"] * width + ["outputEntry"] * (len(cells) - width)
    return f'<rule id="{key}">' + "".join(text(tag, cell) for tag, cell in zip(tags, cells, strict=True)) + "</rule>"


def decision(key: str, logic: str, *, needs: str = "", name: str = "") -> str:
    """A decision; `needs` are words like "input:a decision:b knowledge:c"."""
    kinds = {
        "input": ("informationRequirement", "requiredInput"),
        "decision": ("informationRequirement", "requiredDecision"),
        "knowledge": ("knowledgeRequirement", "requiredKnowledge"),
    }
    wanted = ""
    for need in needs.split():
        kind, _, target = need.partition(":")
        outer, inner = kinds[kind]
        wanted += f'<{outer}><{inner} href="#{target}"/></{outer}>'
    shown = name or key
    return f'<decision id="{key}" name="{shown}"><variable name="{shown}"/>{wanted}{logic}</decision>'


def source(*elements: str) -> bytes:
    """A file of these elements."""
    return (HEAD + "".join(elements) + "</definitions>").encode()


def model(*elements: str) -> Model:
    """A model of these elements, read."""
    return read_model(source(*elements))


def ask(table_xml: str, **inputs: object) -> Decided:
    """What a table says to these inputs."""
    data = [f'<inputData id="{name}" name="{name}"><variable name="{name}"/></inputData>' for name in inputs]
    needs = " ".join(f"input:{name}" for name in inputs)
    return model(*data, decision("d", table_xml, needs=needs)).decide("d", inputs)
