"""One SVG: lanes, flows, nodes, names, and what the case adds."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, tzinfo
from zlib import crc32
from zoneinfo import ZoneInfo

from huiqian.diagram.drawing.cards import draw_box, draw_card
from huiqian.diagram.drawing.edges import above_a_run, draw_default, draw_label, draw_line, how_low, label_colour
from huiqian.diagram.drawing.lanes import draw_lanes
from huiqian.diagram.drawing.marks import Mark, ReturnEdge
from huiqian.diagram.drawing.palette import INK, META
from huiqian.diagram.drawing.returns import return_lines
from huiqian.diagram.drawing.scene import FUTURE, Scene
from huiqian.diagram.drawing.shapes import draw_event, draw_gateway
from huiqian.diagram.drawing.svg import FONT, tag, text_of
from huiqian.diagram.drawing.words import moment, say
from huiqian.diagram.graph import BOXES, EVENTS, GATEWAYS
from huiqian.diagram.layout import Layout, Placed

COMPANY_ZONE = ZoneInfo("Asia/Shanghai")
ORDER = {"future": 0, "skipped": 1, "taken": 2, "changed": 3, "removed": 4, "added": 5}


def draw(
    layout: Layout,
    marks: Mapping[str, Mark] | None = None,
    taken: Collection[str] = (),
    skipped: Collection[str] = (),
    returns: Sequence[ReturnEdge] = (),
    *,
    language: str = "zh",
    heads: Mapping[str, str] | None = None,
    now: datetime | None = None,
    zone: tzinfo = COMPANY_ZONE,
    links: Mapping[str, str] | None = None,
    font: str = FONT,
    flows: Mapping[str, str] | None = None,
) -> str:
    """A process as SVG, with the state of a case, or with what a version says otherwise.

    `marks` say the state of nodes by id, `taken` and `skipped` name flows, `returns` are drawn as dashed red lines,
    `heads` put the holder under a lane's name. With `now`, current steps say how much time they have left. Ids in it
    begin with a fingerprint of the drawing, so that several fit on one page. `links` are where nodes lead, by id;
    `flows` say of flows that they are added, removed or changed, `font` is the family of the words.
    """
    scene = Scene(layout, marks or {}, taken, skipped, returns, language, zone, now, flows or {})
    boxes = [placed for placed in layout.nodes if _is_box(layout, placed)]
    body = "".join([
        draw_lanes(layout, language, heads or {}),
        *(_node(scene, placed, box=True) for placed in boxes),
        _flows(scene),
        *(draw_line(points, "returned", data_from=back.source, data_to=back.target)
          for back, points in return_lines(layout, tuple(returns))),
        *(_linked(_node(scene, placed), placed, links or {}) for placed in layout.nodes if placed not in boxes),
    ])  # fmt: skip
    key = f"diagram-{crc32(body.encode()):08x}"
    return tag(
        "svg",
        tag("title", text_of(say("diagram", language, n=layout.name.of(language))), id=f"{key}-title"),
        tag("desc", text_of(_description(scene, heads or {})), id=f"{key}-desc"),
        body,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {layout.width:g} {layout.height:g}", width=layout.width,
        height=layout.height, role="group" if links else "img", aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc", class_="process-diagram", font_family=font,
        lang="en" if language == "en" else "zh-Hans",
    )  # fmt: skip


def _is_box(layout: Layout, placed: Placed) -> bool:
    return placed.node.kind in BOXES and any(other.node.scope == placed.node.id for other in layout.nodes)


def _flows(scene: Scene) -> str:
    edges = [(edge, scene.flow_state(edge)) for edge in scene.layout.edges]
    lines = []
    for edge, state in sorted(edges, key=lambda pair: ORDER[pair[1]]):
        lines.append(draw_line(edge.points, state, data_flow=edge.id))
        if edge.default:
            lines.append(draw_default(edge.points, state))
    names = [
        draw_label(
            edge.name,
            edge.label,
            scene.language,
            label_colour(state),
            low=1.0 if above_a_run(edge.label, edge.points) else 0.0,
        )
        for edge, state in edges
        if edge.label
    ]
    return "".join([*lines, *names])


def _linked(shape: str, placed: Placed, links: Mapping[str, str]) -> str:
    address = links.get(placed.node.id)
    return tag("a", shape, href=address) if address else shape


def _node(scene: Scene, placed: Placed, *, box: bool = False) -> str:
    node, mark = placed.node, scene.mark_of(placed)
    returned = sum(back.times for back in scene.returns if back.source == node.id)
    if node.kind in GATEWAYS:
        shape, form = draw_gateway(node, placed.box, mark), "gateway"
    elif node.kind in EVENTS:
        shape, form = draw_event(node, placed.box, mark), "event"
    elif box:
        shape, form = draw_box(scene, placed, mark, returned), "box"
    else:
        shape, form = draw_card(scene, placed, mark, returned), "card"
    if placed.label is not None:
        colour = META if mark.state == "skipped" else INK
        low = how_low(placed.label, placed.box)
        shape += draw_label(node.name, placed.label, scene.language, colour, low=low)
    title = tag("title", text_of(_sentence(scene, placed, mark)))
    return tag(
        "g",
        title,
        shape,
        class_=f"diagram-node diagram-{form} diagram-{mark.state}",
        data_element=node.id,
        data_node=node.id,
        data_state=mark.state,
    )


def _sentence(scene: Scene, placed: Placed, mark: Mark) -> str:
    name = placed.node.name.of(scene.language) or placed.node.kind
    said = [name, say(mark.state, scene.language)]
    said += [part for part in (mark.person, moment(mark.when, scene.zone) if mark.when else "", mark.note) if part]
    return ("，" if scene.language != "en" else ", ").join(said)


def _description(scene: Scene, heads: Mapping[str, str]) -> str:
    """The drawing in words: positions, steps with their state, returns."""
    language = scene.language
    comma, stop = ("、", "。") if language != "en" else (", ", ". ")
    lanes = [" ".join(filter(None, (band.name.of(language), heads.get(band.id, "")))) for band in scene.layout.bands]
    said = [say("lanes", language, n=comma.join(lanes))] if lanes else []
    steps = [
        p for p in scene.layout.nodes if p.node.kind not in GATEWAYS and (p.node.kind not in EVENTS or p.node.name)
    ]
    said += [_sentence(scene, placed, scene.marks.get(placed.node.id, FUTURE)) for placed in steps]
    names = {placed.node.id: placed.node.name.of(language) for placed in scene.layout.nodes}
    times: Counter[tuple[str, str]] = Counter()
    for back in scene.returns:
        times[(back.source, back.target)] += back.times
    said += [
        say("returns", language, a=names.get(one, one), b=names.get(other, other), n=count)
        for (one, other), count in times.items()
    ]
    return stop.join(said) + stop.strip()
