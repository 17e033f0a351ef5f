"""XML read with every element's place in the source, so that a change touches nothing else. No DTDs, no entities."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from huiqian.feel.dmn.findings import DecisionRefused, Finding

MOST_BYTES: Final = 2_000_000
MOST_ELEMENTS: Final = 25_000
DEEPEST: Final = 100
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Element:
    """An element: `tag` without its namespace; `start` to `end` in bytes, `inside` to `inside_end` its content."""

    tag: str
    namespace: str
    prefixed: str
    attributes: dict[str, str]
    start: int
    inside: int = 0
    inside_end: int = 0
    end: int = 0
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Written as <tag/>?"""
        return self.inside >= self.end

    @property
    def prefix(self) -> str:
        """The namespace's prefix as written, with its colon, or ""."""
        return self.prefixed[: self.prefixed.rindex(":") + 1] if ":" in self.prefixed else ""

    def all(self, *tags: str) -> Iterator["Element"]:
        """The children with one of these tags, in this element's namespace."""
        return (child for child in self.children if child.tag in tags and child.namespace == self.namespace)

    def first(self, *tags: str) -> "Element | None":
        """The first of them."""
        return next(self.all(*tags), None)

    def get(self, name: str) -> str:
        """An attribute without namespace, "" where it is missing."""
        return self.attributes.get(name, "")

    def below(self) -> Iterator["Element"]:
        """This element and all inside it."""
        yield self
        for child in self.children:
            yield from child.below()


class _Refused(Exception):
    """Ends the parsing with the code of a finding."""


class _Builder:
    def __init__(self, source: bytes) -> None:
        self.source = source
        self.parser = expat.ParserCreate(namespace_separator="\n")
        self.parser.namespace_prefixes = True
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.opened
        self.parser.EndElementHandler = self.closed
        self.parser.CharacterDataHandler = self.said
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.open: list[Element] = []
        self.root: Element | None = None
        self.count = 0

    def doctype(self, *_: object) -> None:
        raise _Refused("xml_doctype")

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.open) >= DEEPEST:
            raise _Refused("xml_size")
        namespace, tag, prefix = _split(name)
        prefixed = f"{prefix}:{tag}" if prefix else tag
        plain = {key: value for key, value in attributes.items() if "\n" not in key}
        at = self.parser.CurrentByteIndex
        element = Element(tag, namespace, prefixed, plain, at, inside=_tag_end(self.source, at))
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def closed(self, _name: str) -> None:
        element = self.open.pop()
        at = self.parser.CurrentByteIndex
        if self.source[element.inside - 2 : element.inside] == b"/>":
            element.inside_end = element.end = element.inside
        else:
            element.inside_end = at
            element.end = self.source.index(b">", at) + 1

    def said(self, text: str) -> None:
        if self.open:
            self.open[-1].text += text


def _split(name: str) -> tuple[str, str, str]:
    found = name.split("\n")
    return ("", found[0], "") if len(found) == 1 else (found[0], found[1], found[2] if len(found) > 2 else "")


def _tag_end(source: bytes, at: int) -> int:
    """Where the start tag at this place ends: a > outside quotes."""
    quote = 0
    for place in range(at, len(source)):
        sign = source[place]
        if quote:
            quote = 0 if sign == quote else quote
        elif sign in b"\"'":
            quote = sign
        elif sign == 0x3E:
            return place + 1
    raise _Refused("xml_size")


def read_xml(source: bytes) -> Element:
    """The root element. Raises DecisionRefused for what is no XML, too large, in another encoding, or has a DTD."""
    if len(source) > MOST_BYTES:
        raise DecisionRefused([Finding("xml_size")])
    builder = _Builder(source)
    try:
        source.decode("utf-8")
        if _declared(source) not in ("", "utf-8"):
            raise _Refused("xml_encoding")
        builder.parser.Parse(source, True)
    except UnicodeDecodeError:
        raise DecisionRefused([Finding("xml_encoding")]) from None
    except _Refused as refused:
        raise DecisionRefused([Finding(str(refused))]) from None
    except expat.ExpatError as error:
        place = {"line": error.lineno, "column": error.offset + 1}
        raise DecisionRefused([Finding("xml", params=place)]) from None
    assert builder.root is not None
    return builder.root


def _declared(source: bytes) -> str:
    """The encoding of the XML declaration, in small letters, "" where it names none."""
    head = source.removeprefix(_BOM)[:200]
    if not head.startswith(b"<?xml"):
        return ""
    found = re.search(rb"encoding\s*=\s*[\"']([^\"']*)", head.partition(b"?>")[0])
    return found[1].decode().lower() if found else ""


def text_xml(text: str) -> str:
    """A text inside an element."""
    return escape(text, {"\r": "&#13;"})


def attribute_xml(name: str, value: str) -> str:
    """An attribute with the space before it; nothing for ""."""
    return f" {name}={quoteattr(value)}" if value else ""
