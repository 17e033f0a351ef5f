"""The lanes' names alone, upright in a narrow strip, for pages that scroll the diagram sideways."""

from collections.abc import Mapping

from huiqian.diagram.drawing.palette import INK, LINE, SUNKEN
from huiqian.diagram.drawing.svg import FONT, tag, text_of, write
from huiqian.diagram.layout import Band, Layout
from huiqian.diagram.sizes import STRIP
from huiqian.diagram.text import wrap

SIZE, LINE_HEIGHT = 12.5, 13.2


def draw_strip(layout: Layout, heads: Mapping[str, str] | None = None, *, language: str = "zh") -> str:
    """A strip of 30 px, as high as the diagram; Chinese stands upright, English is turned.

    It repeats what the heads say, so screen readers skip it. `heads` are the holders by lane, shown on pointing.
    """
    holders = heads or {}
    parts = [tag("rect", x=0, y=0, width=STRIP, height=layout.height, fill=SUNKEN)]
    for number, band in enumerate(layout.bands):
        if number:
            parts.append(tag("path", d=f"M0 {band.y:g}H{STRIP}", stroke=LINE, stroke_width=1))
        name = band.name.of(language)
        title = tag("title", _title(name, holders.get(band.id, "")))
        parts.append(
            tag("g", title, _turned(band, name) if name.isascii() else _upright(band, name), data_lane=band.id)
        )
    parts.append(tag("path", d=f"M{STRIP - 0.5} 0V{layout.height:g}", stroke=LINE, stroke_width=1))
    return tag(
        "svg", *parts, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {STRIP} {layout.height:g}", width=STRIP,
        height=layout.height, font_family=FONT, aria_hidden="true", class_="diagram-strip",
    )  # fmt: skip


def _title(name: str, holder: str) -> str:
    return text_of(f"{name} {holder}" if holder else name)


def _upright(band: Band, name: str) -> str:
    room = max(1, int((band.h - 6) // LINE_HEIGHT))
    shown = name if len(name) <= room else name[: room - 1] + "⋮"
    first = band.y + (band.h - len(shown) * LINE_HEIGHT) / 2 + 11.5
    return "".join(
        write(STRIP / 2, first + number * LINE_HEIGHT, character, SIZE, INK, text_anchor="middle")
        for number, character in enumerate(shown)
    )


def _turned(band: Band, name: str) -> str:
    lines = wrap(name, 11, band.h - 10, 2)
    x, y = STRIP / 2, band.y + band.h / 2
    first = y + 4 - (len(lines) - 1) * 6.5
    turn = f"rotate(-90 {x:g} {y:g})"
    return "".join(
        write(x, first + number * 13, line, 11, INK, text_anchor="middle", transform=turn)
        for number, line in enumerate(lines)
    )
