"""How the processes feed each other (G1): read from their diagrams, and from what they say they receive."""

from collections.abc import Sequence
from dataclasses import dataclass

from huiqian.engine import Element
from huiqian.feel import ExpressionError
from huiqian.process.content import Content

STARTS, LEAVES, CALLS, RETURNS, GIVES = "starts", "leaves", "calls", "returns", "gives"
# The service steps that lead to another process.
HANDING_ON = {"start_process": STARTS, "hand_on": LEAVES}


@dataclass(frozen=True, slots=True)
class Link:
    """One process feeds another: `kind` says how, `step` is the element that does it, `document` what goes along (its
    key in the source's documents).
    """

    source: str
    target: str
    kind: str
    step: str = ""
    document: str = ""


def links(contents: Sequence[Content]) -> tuple[Link, ...]:
    """Which process feeds which: what their diagrams start, hand on and call, and what they say they receive."""
    known = {content.code for content in contents}
    found = [link for content in contents for link in _links_of(content)]
    told = {(link.source, link.target) for link in found}
    for content in contents:
        found += [
            Link(source, content.code, GIVES) for source in content.receives if (source, content.code) not in told
        ]
    return tuple(link for link in found if link.source in known and link.target in known and link.source != link.target)


def links_between(contents: Sequence[Content]) -> tuple[tuple[str, str], ...]:
    """The same as pairs of codes, each once."""
    return tuple(dict.fromkeys((link.source, link.target) for link in links(contents)))


def _links_of(content: Content) -> list[Link]:
    found = []
    for element in content.definition.elements.values():
        if element.called:
            found.append(Link(content.code, element.called, CALLS, element.id))
            # A call that waits for what the called process hands on to goes on with that one's document.
            if until := element.settings.get("until", ""):
                found.append(Link(until, content.code, RETURNS, element.id))
        kind, target = HANDING_ON.get(element.settings.get("operation", "")), constant(element, "process")
        if kind and target:
            found.append(Link(content.code, target, kind, element.id, constant(element, "document")))
    return found


def constant(element: Element, name: str) -> str:
    """What an input of a service step says, where it is always the same text; "" otherwise."""
    said = next((expression for key, expression in element.inputs if key == name), None)
    try:
        value = said.evaluate({}) if said is not None else ""
    except ExpressionError:
        return ""
    return value if isinstance(value, str) else ""
