"""The small signs: gateways' and events' glyphs, the dots at a card's corner, markers of loops and kinds of work."""

from math import cos, pi, sin

from huiqian.diagram.drawing.svg import tag

DOT = 8.0


def stroke(d: str, colour: str, broad: float = 1.6, fill: str = "none", **attributes: object) -> str:
    """A drawn line with round ends."""
    return tag(
        "path",
        d=d,
        stroke=colour,
        stroke_width=broad,
        fill=fill,
        stroke_linecap="round",
        stroke_linejoin="round",
        **attributes,
    )


def gateway_glyph(kind: str, x: float, y: float, colour: str) -> str:
    """×, +, ○, the pentagon of events, or the star of a complex gateway, around a middle point."""
    if kind == "exclusiveGateway":
        return stroke(f"M{x - 5.5:g} {y - 6.5:g}l11 13m0 -13l-11 13", colour, 3)
    if kind == "parallelGateway":
        return stroke(f"M{x - 8:g} {y:g}h16m-8 -8v16", colour, 3.2)
    if kind == "inclusiveGateway":
        return tag("circle", cx=x, cy=y, r=8, fill="none", stroke=colour, stroke_width=2.8)
    if kind == "eventBasedGateway":
        ring = tag("circle", cx=x, cy=y, r=11, fill="none", stroke=colour, stroke_width=1.2)
        return ring + stroke(_polygon(x, y, 6.5, 5), colour, 1.5)
    return stroke(f"M{x - 8:g} {y:g}h16m-8 -8v16m-5.7 -13.7l11.4 11.4m0 -11.4l-11.4 11.4", colour, 2.6)


def event_glyph(trigger: str, x: float, y: float, colour: str, *, filled: bool) -> str:
    """What an event waits for or does; filled where it throws."""
    fill = colour if filled else "none"
    if trigger == "timer":
        ticks = f"M{x:g} {y - 7.6:g}v1.6m0 12v1.6M{x - 7.6:g} {y:g}h1.6m12 0h1.6"
        ring = tag("circle", cx=x, cy=y, r=8, fill="none", stroke=colour, stroke_width=1.3)
        return ring + stroke(f"M{x:g} {y - 5:g}V{y:g}l3.4 2.4{ticks}", colour, 1.4)
    if trigger == "message":
        rim = "#ffffff" if filled else colour
        envelope = stroke(f"M{x - 8:g} {y - 5.5:g}h16v11h-16z", colour, 1.4, fill)
        return envelope + stroke(f"M{x - 8:g} {y - 5.5:g}l8 6l8 -6", rim, 1.3)
    if trigger == "signal":
        return stroke(f"M{x:g} {y - 7.5:g}l7.5 12.5h-15z", colour, 1.5, fill)
    if trigger == "error":
        return stroke(f"M{x - 7:g} {y + 6:g}l4 -12l5 6.5l4.5 -7.5l-3.5 13l-5 -6z", colour, 1.4, fill)
    if trigger == "escalation":
        return stroke(f"M{x:g} {y - 7.5:g}l5.5 14l-5.5 -5.5l-5.5 5.5z", colour, 1.5, fill)
    if trigger == "link":
        return stroke(f"M{x - 7:g} {y - 3:g}h7v-3.5l7.5 6.5l-7.5 6.5v-3.5h-7z", colour, 1.4, fill)
    if trigger == "terminate":
        return tag("circle", cx=x, cy=y, r=8.5, fill=colour)
    if trigger == "compensate":
        return stroke(f"M{x:g} {y:g}l7 -6v12zm-7 0l7 -6v12z", colour, 1.3, fill)
    return stroke(_polygon(x, y, 7.5, 5), colour, 1.4, fill) if trigger else ""


def corner_dot(state: str, x: float, y: float, colour: str) -> str:
    """The dot at a card's upper right corner: check, clock, returning arrow, exclamation mark, cross; one to four
    strokes for how long a step waits.
    """
    signs = {
        "done": f"M{x - 3.6:g} {y + 0.2:g}l2.6 2.6l4.8 -5.2",
        "current": f"M{x:g} {y - 4:g}V{y:g}l2.8 2",
        "returned": f"M{x - 3.8:g} {y - 1:g}h5a2.4 2.4 0 0 1 0 4.8h-1.6m-1 -7.2l-2.6 2.4l2.6 2.4",
        "overdue": f"M{x:g} {y - 4.2:g}v5m0 3v.2",
        "added": f"M{x:g} {y - 4:g}v8m-4 -4h8",
        "removed": f"M{x - 4:g} {y:g}h8",
        "changed": f"M{x - 3.2:g} {y + 3.2:g}l.6 -2.6l4.4 -4.4l2 2l-4.4 4.4z",
        "stopped": f"M{x - 2.8:g} {y - 2.8:g}l5.6 5.6m0 -5.6l-5.6 5.6",
    }
    for strokes, waits in enumerate(("quick", "fair", "slow", "slowest"), start=1):
        left = x - 1.25 * (strokes - 1)
        signs[waits] = "".join(f"M{left + 2.5 * place:g} {y - 3:g}v6" for place in range(strokes))
    if state not in signs:
        return ""
    ring = tag("circle", cx=x, cy=y, r=DOT + 0.5, fill=colour, stroke="#ffffff", stroke_width=1.8)
    return ring + stroke(signs[state], "#ffffff", 1.7)


def loop_marker(loop: str, x: float, y: float, colour: str) -> str:
    """Three bars for many at once or one after the other, a round arrow for a loop, in a square of 12 px."""
    if loop == "parallel":
        return stroke(f"M{x + 2:g} {y + 1:g}v10m4 -10v10m4 -10v10", colour, 2)
    if loop == "sequential":
        return stroke(f"M{x + 1:g} {y + 2:g}h10m-10 4h10m-10 4h10", colour, 2)
    return stroke(f"M{x + 3:g} {y + 10:g}a5 5 0 1 1 4.5 1.2m-4.5 -1.2h-2.6m2.6 0v-2.8", colour, 1.5) if loop else ""


def work_icon(kind: str, x: float, y: float, colour: str) -> str:
    """What kind of work a step without people does, in a square of 16 px."""
    if kind == "businessRuleTask":
        return stroke(f"M{x + 1:g} {y + 2:g}h14v12h-14zm0 4h14m-14 4h14m-9 -4v8", colour, 1.3)
    if kind in ("sendTask", "receiveTask"):
        fill = colour if kind == "sendTask" else "none"
        rim = "#ffffff" if kind == "sendTask" else colour
        return stroke(f"M{x + 1:g} {y + 3:g}h14v10h-14z", colour, 1.3, fill) + stroke(
            f"M{x + 1:g} {y + 3:g}l7 5.5l7 -5.5", rim, 1.2
        )
    if kind == "serviceTask":
        teeth = "".join(
            f"M{x + 8 + 5 * cos(n * pi / 4):g} {y + 8 + 5 * sin(n * pi / 4):g}"
            f"L{x + 8 + 7.2 * cos(n * pi / 4):g} {y + 8 + 7.2 * sin(n * pi / 4):g}"
            for n in range(8)
        )
        ring = tag("circle", cx=x + 8, cy=y + 8, r=4.6, fill="none", stroke=colour, stroke_width=1.5)
        return ring + tag("circle", cx=x + 8, cy=y + 8, r=1.5, fill=colour) + stroke(teeth, colour, 1.9)
    return stroke(f"M{x + 3:g} {y + 8:g}h10m-4 -4l4 4l-4 4", colour, 1.4)


def _polygon(x: float, y: float, far: float, corners: int) -> str:
    points = ((x + far * sin(2 * pi * n / corners), y - far * cos(2 * pi * n / corners)) for n in range(corners))
    return "M" + "L".join(f"{px:.2f} {py:.2f}" for px, py in points) + "Z"
