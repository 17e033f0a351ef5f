"""What a printed document is made of: plain data that the print template sets."""

from collections.abc import Sequence
from typing import TypedDict

PAGE = 3


class Fact(TypedDict):
    """A label and its text; `width` is 1 to 3 columns."""

    label: str
    text: str
    width: int


class Head(TypedDict):
    """A column's head: numbers stand right, dates and the like take only the room they need."""

    text: str
    number: bool
    short: bool
    wide: bool


class Table(TypedDict):
    """A table of texts; `totals` stand under the columns from `total_span` on."""

    title: str
    heads: list[Head]
    rows: list[list[str]]
    total_span: int
    total_label: str
    totals: list[str]


class Sheet(TypedDict):
    """A form's answers for print: facts and tables in the form's order."""

    blocks: list["Fact | Table"]


def pairs(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Facts in lines: two share one where they have room, a wide one stands alone."""
    lines: list[list[Fact]] = []
    for fact in facts:
        if lines and len(lines[-1]) == 1 and lines[-1][0]["width"] + fact["width"] <= PAGE:
            lines[-1].append(fact)
        else:
            lines.append([fact])
    return lines
