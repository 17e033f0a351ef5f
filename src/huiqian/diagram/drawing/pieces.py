"""A drawing that is too wide for a sheet of paper in pieces: each with the lanes' heads, cut where it hurts least."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil

from huiqian.diagram.drawing.draw import draw
from huiqian.diagram.drawing.lanes import draw_lanes
from huiqian.diagram.drawing.svg import FONT, tag
from huiqian.diagram.layout import Layout

# A cut keeps this far from what stands beside it, and is looked for this far to either side of the even one.
CLEAR, REACH = 6.0, 0.35


def draw_pieces(
    layout: Layout, most: float, *, language: str = "zh", heads: Mapping[str, str] | None = None, font: str = FONT
) -> tuple[str, ...]:
    """The drawing as SVGs of about `most` px each, heads included, from left to right; one where it fits as a whole."""
    whole = draw(layout, language=language, heads=heads, font=font)
    borders = _borders(layout, most)
    if len(borders) == 2:
        return (whole,)
    lanes = draw_lanes(layout, language, heads or {})
    return tuple(_piece(layout, whole, lanes, left, right, font) for left, right in pairwise(borders))


def _piece(layout: Layout, whole: str, lanes: str, left: float, right: float, font: str) -> str:
    high, head = layout.height, layout.head if left else 0.0
    wide = right - left + head
    shown = tag(
        "svg", whole, x=head, y=0, width=right - left, height=high, viewBox=f"{left:g} 0 {right - left:g} {high:g}"
    )
    beside = (
        tag("svg", lanes, x=0, y=0, width=head, height=high, viewBox=f"0 0 {head:g} {high:g}", font_family=font)
        if head
        else ""
    )
    return tag(
        "svg", shown, beside, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {wide:g} {high:g}", width=wide,
        height=high,
    )  # fmt: skip


def _borders(layout: Layout, most: float) -> list[float]:
    """Where the pieces begin and end: 0, the cuts, the whole width."""
    room = layout.width - layout.head
    pieces = max(1, ceil(room / (most - layout.head))) if layout.width > most else 1
    even, kept_whole = room / pieces, _kept_whole(layout)
    cuts = [_cut(kept_whole, layout.head + even * number, even * REACH) for number in range(1, pieces)]
    return [0.0, *cuts, layout.width]


def _kept_whole(layout: Layout) -> list[tuple[float, float]]:
    """From where to where nodes and names reach; what holds other nodes may be cut."""
    around = {placed.node.scope for placed in layout.nodes}
    boxes = [placed.box for placed in layout.nodes if placed.node.id not in around]
    boxes += [placed.label.box for placed in layout.nodes if placed.label]
    boxes += [edge.label.box for edge in layout.edges if edge.label]
    return [(box.x - CLEAR, box.x + box.w + CLEAR) for box in boxes]


def _cut(kept_whole: Sequence[tuple[float, float]], wished: float, reach: float) -> float:
    """The place near the wished one that cuts through the fewest nodes and names, the nearest of them."""
    near = [(left, right) for left, right in kept_whole if right > wished - reach and left < wished + reach]
    places = [wished + sign * far for far in range(0, int(reach), 4) for sign in (1, -1)]
    return min(places, key=lambda x: (sum(left < x < right for left, right in near), abs(x - wished)))
