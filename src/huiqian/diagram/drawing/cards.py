"""Steps as cards: the name, who and when, the dot and the pills."""

from dataclasses import replace
from datetime import datetime
from operator import itemgetter

from huiqian.diagram.drawing.marks import Mark
from huiqian.diagram.drawing.palette import AMBER, BLUE, RED, STATES, Colours
from huiqian.diagram.drawing.scene import Scene
from huiqian.diagram.drawing.svg import tag, write
from huiqian.diagram.drawing.symbols import corner_dot, loop_marker, stroke, work_icon
from huiqian.diagram.drawing.words import distance, moment, say
from huiqian.diagram.graph import BOXES, PEOPLE, Node
from huiqian.diagram.labels import Box
from huiqian.diagram.layout import Placed
from huiqian.diagram.sizes import BOX_TITLE
from huiqian.diagram.text import balanced, width_of, wrap

RADIUS = 8
PAD = 7.0
MARKER = 14.0
NAME, NAME_SMALL, SYSTEM_NAME, PERSON, WHEN, PILL = 14, 13, 12.5, 12, 11, 11.5


def draw_card(scene: Scene, placed: Placed, mark: Mark, returned: int) -> str:
    """A step in its state; `returned` counts how often it sent the case back."""
    node, box, colours = placed.node, placed.box, STATES[mark.state]
    parts = [_glow(box, colours), _frame(node, box, colours)]
    if node.kind in PEOPLE or node.kind == "callActivity" or node.kind in BOXES:
        parts += _person_card(scene, node, box, mark, colours)
    else:
        parts.append(_system_card(scene, node, box, colours))
    return "".join([*parts, _badges(scene, node, box, mark, colours, returned)])


def draw_box(scene: Scene, placed: Placed, mark: Mark, returned: int) -> str:
    """A subprocess that shows what it holds."""
    node, box, colours = placed.node, placed.box, STATES[mark.state]
    dashes = "2 4" if node.by_event else "5 4" if colours.dashed else None
    frame = tag(
        "rect", x=box.x, y=box.y, width=box.w, height=box.h, rx=10, fill="#ffffff", fill_opacity=0.75,
        stroke=colours.border, stroke_width=colours.broad, stroke_dasharray=dashes,
    )  # fmt: skip
    # The marker stands before the words: where they end depends on the reader's font.
    left = box.x + 14
    marker = loop_marker(node.loop, left, box.y + 9, colours.strong)
    indent = MARKER + 6 if node.loop else 0
    title = (wrap(node.name.of(scene.language), NAME_SMALL, box.w - 36 - indent, 1) or ("",))[0]
    words = write(left + indent, box.y + 20, title, NAME_SMALL, colours.name, font_weight=600)
    assert box.h > BOX_TITLE
    return frame + words + marker + _badges(scene, node, box, mark, colours, returned)


def _glow(box: Box, colours: Colours) -> str:
    if colours.glow is None:
        return ""
    return "".join(
        tag(
            "rect", x=box.x - far, y=box.y - far, width=box.w + 2 * far, height=box.h + 2 * far, rx=RADIUS + far,
            fill="none", stroke=colours.glow, stroke_width=2.5, stroke_opacity=opacity,
        )
        for far, opacity in ((1.5, 0.16), (3.5, 0.09), (5.5, 0.045))
    )  # fmt: skip


def _frame(node: Node, box: Box, colours: Colours) -> str:
    broad = 3.0 if node.kind == "callActivity" else colours.broad
    frame = tag(
        "rect", x=box.x, y=box.y, width=box.w, height=box.h, rx=RADIUS, fill=colours.fill, stroke=colours.border,
        stroke_width=broad, stroke_dasharray="5 4" if colours.dashed else None,
    )  # fmt: skip
    if node.kind not in BOXES and node.kind != "callActivity":
        return frame
    x, y = box.x + box.w / 2 - 6, box.y + box.h - 14
    plus = tag("rect", x=x, y=y, width=12, height=12, fill="none", stroke=colours.shape, stroke_width=1.1)
    return frame + plus + stroke(f"M{x + 3:g} {y + 6:g}h6m-3 -3v6", colours.shape, 1.3)


def _person_card(scene: Scene, node: Node, box: Box, mark: Mark, colours: Colours) -> list[str]:
    room = box.w - 2 * PAD - (MARKER + 2 if node.loop else 0)
    name = node.name.of(scene.language)
    mark = mark if mark.person or mark.when else replace(mark, when=scene.stranger_in_box(node) or None)
    size = next((size for size in (NAME, 13.5) if width_of(name, size) <= room), NAME_SMALL)
    lines = balanced(name, size, room, 2)
    person = bool(mark.person or mark.when)
    double = len(lines) > 1
    middle = box.y + (26.5 if double else 24) if person else box.y + box.h / 2
    first = middle + size * 0.36 - (len(lines) - 1) * 7.5
    words = [
        write(box.x + PAD + 1, first + number * 15, line, size, colours.name, font_weight=500)
        for number, line in enumerate(lines)
    ]
    marker = loop_marker(node.loop, box.x + box.w - PAD - 12, box.y + 11, colours.strong)
    row = _person_row(scene, box, mark, colours, box.y + box.h - (14 if double else 18)) if person else ""
    return [*words, marker, row]


def _person_row(scene: Scene, box: Box, mark: Mark, colours: Colours, y: float) -> str:
    left, right = box.x + PAD + 1, box.x + box.w - PAD
    taken = 20 if mark.person else 0
    name, when = _fit(mark.person, _when(scene, mark), right - left - taken)
    parts = []
    if name:
        initial = mark.initial or mark.person.strip()[:1]
        parts += [
            tag("circle", cx=left + 8, cy=y, r=8.5, fill=colours.circle),
            write(left + 8, y + 3.9, initial, 10.5, colours.strong, text_anchor="middle", font_weight=500),
            write(left + taken, y + 4.2, name, PERSON, colours.name),
        ]
    if when and name:
        parts.append(write(right, y + 4.1, when, WHEN, colours.meta, text_anchor="end"))
    elif when:
        parts.append(write(left, y + 4.1, wrap(when, WHEN, right - left, 1)[0], WHEN, colours.meta))
    return "".join(parts)


def _fit(name: str, when: str, room: float) -> tuple[str, str]:
    """Name and time side by side: where they do not fit, the day alone stands for the time, then the name is cut."""
    if not name or not when:
        return name, when
    day = when.split(" ", maxsplit=1)[0] if when[:1].isdigit() else when
    shown = next((words for words in (when, day) if width_of(name, PERSON) + width_of(words, WHEN) + 2 <= room), day)
    left = room - width_of(shown, WHEN) - 2
    return (wrap(name, PERSON, max(30.0, left), 1) or ("",))[0], shown


def _when(scene: Scene, mark: Mark) -> str:
    if mark.when is None:
        return ""
    words = moment(mark.when, scene.zone)
    if isinstance(mark.when, datetime) and mark.state in ("current", "overdue"):
        return say("until", scene.language, n=words.split(" ")[0])
    return words


def _system_card(scene: Scene, node: Node, box: Box, colours: Colours) -> str:
    icon = work_icon(node.kind, box.x + 9, box.y + box.h / 2 - 8, colours.shape)
    room = box.w - 38 - (MARKER if node.loop else 0)
    lines = balanced(node.name.of(scene.language), SYSTEM_NAME, room, 2)
    first = box.y + box.h / 2 + SYSTEM_NAME * 0.36 - (len(lines) - 1) * 8
    words = [
        write(box.x + 32, first + number * 16, line, SYSTEM_NAME, colours.name) for number, line in enumerate(lines)
    ]
    return "".join([icon, *words, loop_marker(node.loop, box.x + box.w - 18, box.y + 6, colours.strong)])


def _badges(scene: Scene, node: Node, box: Box, mark: Mark, colours: Colours, returned: int) -> str:
    parts = []
    if node.writes and mark.round > 1 and mark.state != "skipped":
        parts.append(_pill(box.x + 9, box.y - 2.5, say("version", scene.language, n=mark.round), BLUE))
    x = box.x + 9
    for words, colour in filter(itemgetter(0), _notes(scene, mark, colours, returned)):
        parts.append(_pill(x, box.y + box.h + 2.5, words, colour))
        x += width_of(words, PILL) + 18
    parts.append(corner_dot(mark.state, box.x + box.w - 1, box.y + 1, colours.strong))
    return "".join(parts)


def _notes(scene: Scene, mark: Mark, colours: Colours, returned: int) -> list[tuple[str, str]]:
    note = mark.note
    if not note and scene.now is not None and isinstance(mark.when, datetime) and mark.state in ("current", "overdue"):
        note = distance(mark.when, scene.now, scene.language)
    if mark.state in ("returned", "overdue"):
        colour = RED
    else:
        own = colours.strong
        colour = {"current": BLUE, "done": own, "added": own, "removed": own}.get(mark.state, AMBER)
    sent_back = say("sent_back", scene.language, n=returned) if returned else ""
    if not note and (mark.state == "overdue" or (mark.state == "returned" and not returned)):
        note = say(mark.state, scene.language)
    return [(note, colour), (sent_back, RED)]


def _pill(x: float, middle: float, words: str, colour: str) -> str:
    w = width_of(words, PILL) + 14
    shape = tag(
        "rect",
        x=x,
        y=middle - 8.5,
        width=round(w, 1),
        height=17,
        rx=8.5,
        fill=colour,
        stroke="#ffffff",
        stroke_width=1.2,
    )
    return shape + write(x + w / 2, middle + 4.1, words, PILL, "#ffffff", text_anchor="middle", font_weight=500)
