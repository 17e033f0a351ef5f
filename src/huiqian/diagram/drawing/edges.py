"""Flows as lines with rounded corners and arrowheads, and their names."""

from collections.abc import Sequence
from itertools import pairwise

from huiqian.diagram.drawing.palette import EDGE, EDGE_BROAD, META, SECONDARY
from huiqian.diagram.drawing.svg import tag, write
from huiqian.diagram.graph import Words
from huiqian.diagram.labels import Box, Label, Point
from huiqian.diagram.sizes import LABEL, LABEL_LINE
from huiqian.diagram.text import balanced

CORNER = 7.0
HEAD_LONG, HEAD_HALF = 9.0, 4.4


def draw_line(points: Sequence[Point], state: str, **attributes: object) -> str:
    """A flow: its line and its head, in the colour of its state."""
    colour = EDGE[state]
    dashes = {"skipped": "4 4", "returned": "6 4", "removed": "6 4"}.get(state)
    inner = _shorten(points)
    line = tag(
        "path", d=_path(inner), fill="none", stroke=colour, stroke_width=EDGE_BROAD[state], stroke_dasharray=dashes,
        stroke_linejoin="round",
    )  # fmt: skip
    return tag(
        "g", line, tag("path", d=_head(points), fill=colour), class_=f"diagram-flow diagram-{state}", **attributes
    )


def draw_default(points: Sequence[Point], state: str) -> str:
    """The stroke across the beginning of a default flow (BPMN 2.0.2 §10.6.1)."""
    (x1, y1), (x2, y2) = points[0], points[1]
    far = 9.0
    dx, dy = _direction((x1, y1), (x2, y2))
    x, y = x1 + dx * far, y1 + dy * far
    d = f"M{x - 3.5:g} {y - 3.5:g}l7 7" if dx else f"M{x - 3.5:g} {y + 3.5:g}l7 -7"
    return tag("path", d=d, stroke=EDGE[state], stroke_width=EDGE_BROAD[state], fill="none", stroke_linecap="round")


def draw_label(words: Words, label: Label, language: str, colour: str = SECONDARY, *, low: float = 0.0) -> str:
    """A name beside what it names; a white rim keeps it readable over lines.

    The box has room for the longer of both languages; `low` says where in it fewer lines stand: 0 at the top, 1 at the
    bottom.
    """
    box = label.box
    lines = balanced(words.of(language), LABEL, box.w + 1, max(1, round(box.h / LABEL_LINE)))
    x = {"start": box.x + 2, "middle": box.x + box.w / 2, "end": box.x + box.w - 2}[label.anchor]
    first = box.y + 11 + (box.h - len(lines) * LABEL_LINE) * low
    rim: dict[str, object] = {"paint_order": "stroke", "stroke": "#ffffff", "stroke_width": 3}
    return "".join(
        write(x, first + number * LABEL_LINE, line, LABEL, colour, text_anchor=label.anchor, **rim)
        for number, line in enumerate(lines)
    )


def how_low(label: Label, box: Box) -> float:
    """A name above its node stands at the bottom of its box, one beside it in the middle, one below it at the top."""
    if label.box.y + label.box.h <= box.y + 10:
        return 1.0
    return 0.0 if label.box.y >= box.y + box.h - 14 else 0.5


def above_a_run(label: Label, points: Sequence[Point]) -> bool:
    """Whether a name stands right above a level piece of its flow."""
    low = label.box.y + label.box.h
    return any(
        y1 == y2 and 0 <= y1 - low <= 4 and min(x1, x2) <= label.box.x + label.box.w and label.box.x <= max(x1, x2)
        for (x1, y1), (x2, y2) in pairwise(points)
    )


def label_colour(state: str) -> str:
    """The colour of a flow's name."""
    return META if state == "skipped" else SECONDARY


def _path(points: Sequence[Point]) -> str:
    d = f"M{points[0][0]:g} {points[0][1]:g}"
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        room = min(CORNER, _length(before, corner) / 2, _length(corner, after) / 2)
        dx, dy = _direction(corner, before)
        ex, ey = _direction(corner, after)
        d += f"L{corner[0] + dx * room:g} {corner[1] + dy * room:g}"
        d += f"Q{corner[0]:g} {corner[1]:g} {corner[0] + ex * room:g} {corner[1] + ey * room:g}"
    return d + f"L{points[-1][0]:g} {points[-1][1]:g}"


def _head(points: Sequence[Point]) -> str:
    x, y = points[-1]
    dx, dy = _direction(points[-2], points[-1])
    back_x, back_y = x - dx * HEAD_LONG, y - dy * HEAD_LONG
    return (
        f"M{x:g} {y:g}L{back_x - dy * HEAD_HALF:g} {back_y + dx * HEAD_HALF:g}"
        f"L{back_x + dy * HEAD_HALF:g} {back_y - dx * HEAD_HALF:g}Z"
    )


def _shorten(points: Sequence[Point]) -> list[Point]:
    """The line ends inside its head, so that its blunt end does not show."""
    dx, dy = _direction(points[-2], points[-1])
    x, y = points[-1]
    return [*points[:-1], (x - dx * 5, y - dy * 5)]


def _direction(one: Point, other: Point) -> tuple[int, int]:
    dx, dy = other[0] - one[0], other[1] - one[1]
    return (0 if abs(dx) < abs(dy) else (dx > 0) - (dx < 0), 0 if abs(dy) <= abs(dx) else (dy > 0) - (dy < 0))


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])
