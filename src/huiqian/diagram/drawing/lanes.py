"""Lanes: bands with a head on the left that names the position and who holds it."""

from collections.abc import Mapping

from huiqian.diagram.drawing.palette import BAND, INK, LINE, META, SUNKEN, SURFACE
from huiqian.diagram.drawing.svg import tag, write
from huiqian.diagram.layout import Band, Layout
from huiqian.diagram.text import wrap

LEFT = 12.0
NAME, HOLDER = 14.0, 12.5


def draw_lanes(layout: Layout, language: str, heads: Mapping[str, str]) -> str:
    """All bands behind the process, and their heads."""
    parts = [_band(layout, number, band) for number, band in enumerate(layout.bands)]
    if layout.head:
        parts.append(
            tag("path", d=_rounded_left(layout.head, layout.height), fill=SUNKEN, stroke="none", class_="diagram-heads")
        )
    for number, band in enumerate(layout.bands):
        if number:
            parts.append(tag("path", d=f"M0 {band.y:g}H{layout.width:g}", stroke=LINE, stroke_width=1))
        parts.append(
            tag("g", _head(layout, band, language, heads.get(band.id, "")), class_="diagram-lane", data_lane=band.id)
        )
    if layout.head:
        parts.append(tag("path", d=f"M{layout.head:g} 0V{layout.height:g}", stroke=LINE, stroke_width=1))
    parts.append(
        tag(
            "rect",
            x=0.5,
            y=0.5,
            width=layout.width - 1,
            height=layout.height - 1,
            rx=8,
            fill="none",
            stroke=LINE,
            stroke_width=1,
        )
    )
    return "".join(parts)


def _rounded_left(width: float, height: float) -> str:
    return f"M8 0H{width:g}V{height:g}H8Q0 {height:g} 0 {height - 8:g}V8Q0 0 8 0Z"


def _band(layout: Layout, number: int, band: Band) -> str:
    fill = BAND if number % 2 else SURFACE
    ends = number in (0, len(layout.bands) - 1)
    return tag("rect", x=0, y=band.y, width=layout.width, height=band.h, fill=fill, rx=8 if ends else None)


def _head(layout: Layout, band: Band, language: str, holder: str) -> str:
    room = layout.head - LEFT - 5
    name = band.name.of(language)
    size, high = (12.5, 15.5) if len(wrap(name, NAME, room, 4)) > 2 else (NAME, 18)
    names = wrap(name, size, room, 4)
    holders = wrap(holder, HOLDER, room, 1 if len(names) > 2 else 2)
    y = band.y + (band.h - len(names) * high - len(holders) * 17 - 2) / 2 + size
    lines = [write(LEFT, y + number * high, line, size, INK, font_weight=600) for number, line in enumerate(names)]
    y += len(names) * high + 2
    lines += [write(LEFT, y + number * 17, line, HOLDER, META) for number, line in enumerate(holders)]
    return "".join(lines)
