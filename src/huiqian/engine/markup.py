"""Reads XML into a small tree, safely: no DTD, no entities of the file's own, bounded size, depth and count."""

from dataclasses import dataclass, field
from xml.parsers import expat

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
HQ = "urn:huiqian:bpmn:1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SKIPPED = frozenset(("http://www.omg.org/spec/BPMN/20100524/DI",))  # the drawing: laid out anew when saved

MAX_BYTES = 5_000_000
MAX_DEPTH = 100
MAX_NODES = 50_000
SEPARATOR = "\n"  # cannot stand in a name, so that no file can forge a namespace


class Unreadable(Exception):
    """The file is not XML that may be read; `code` says why, `line` where."""

    def __init__(self, code: str, line: int = 0, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.line, self.detail = code, line, detail


@dataclass(slots=True)
class Node:
    """An element of the file: namespace, tag, attributes (`tag` or `{namespace}tag`), children, text, line."""

    space: str
    tag: str
    attributes: dict[str, str]
    line: int
    children: list["Node"] = field(default_factory=list)
    text: str = ""

    def bpmn(self, *tags: str) -> list["Node"]:
        """The children that are BPMN elements of these tags, in order."""
        return [c for c in self.children if c.tag in tags and c.space == BPMN]

    def first(self, tag: str) -> "Node | None":
        """The first BPMN child of this tag."""
        return next((c for c in self.children if c.tag == tag and c.space == BPMN), None)

    def hq(self) -> dict[str, str]:
        """The hq attributes, by their own names."""
        mark = "{" + HQ + "}"
        return {name[len(mark) :]: value for name, value in self.attributes.items() if name.startswith(mark)}


class _Reading:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.root: Node | None = None
        self.open: list[Node] = []
        self.parts: list[list[str]] = []
        self.skipping = 0
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, tag = _split(name)
        self.count += 1
        if self.count > MAX_NODES:
            raise Unreadable("xml-elements", self.parser.CurrentLineNumber, str(MAX_NODES))
        if len(self.open) + self.skipping >= MAX_DEPTH:
            raise Unreadable("xml-depth", self.parser.CurrentLineNumber, str(MAX_DEPTH))
        if self.skipping or space in SKIPPED:
            self.skipping += 1
            return
        named = {_named(key): value for key, value in attributes.items()}
        node = Node(space, tag, named, self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)
        self.parts.append([])

    def end(self, name: str) -> None:
        if self.skipping:
            self.skipping -= 1
        else:
            self.open.pop().text = "".join(self.parts.pop())

    def characters(self, text: str) -> None:
        if self.parts and not self.skipping:
            self.parts[-1].append(text)

    def doctype(self, *_: object) -> None:
        raise Unreadable("xml-doctype", self.parser.CurrentLineNumber)


def read_xml(data: bytes) -> Node:
    """The file's tree without its drawing; Unreadable where it is too large, too deep, has a DTD or is not XML."""
    if len(data) > MAX_BYTES:
        raise Unreadable("xml-size", 0, str(MAX_BYTES // 1_000_000))
    reading = _Reading()
    try:
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable("xml-syntax", error.lineno, expat.ErrorString(error.code)) from None
    except (LookupError, ValueError):
        raise Unreadable("xml-syntax", 1, "unknown encoding") from None
    if reading.root is None:
        raise Unreadable("xml-syntax", 1, "no element found")
    return reading.root


def _named(name: str) -> str:
    space, tag = _split(name)
    return f"{{{space}}}{tag}" if space else tag


def _split(name: str) -> tuple[str, str]:
    space, _, tag = name.rpartition(SEPARATOR)
    return space, tag
