"""Drawings: well-formed, escaped, self-contained, with every state visible to eyes, programs and screen readers."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product
from pathlib import Path
from xml.etree import ElementTree

import pytest

from huiqian.diagram import Graph, Lane, Layout, Mark, Node, ReturnEdge, Words, draw, draw_pieces, draw_strip, lay_out
from huiqian.diagram.drawing.palette import STATES
from huiqian.diagram.drawing.returns import return_lines
from huiqian.diagram.labels import Box
from huiqian.diagram.tests.handbook import FILES, layout, sc001
from huiqian.diagram.tests.processes import random_layout

SVG = "{http://www.w3.org/2000/svg}"
NOW = datetime(2026, 9, 14, 3, 0, tzinfo=UTC)


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def node(svg: str, element: str) -> ElementTree.Element:
    return next(group for group in parse(svg).iter(f"{SVG}g") if group.get("data-element") == element)


def words(element: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in element.iter(f"{SVG}text")]


@pytest.mark.parametrize("state", STATES)
def test_every_state_shows_in_class_data_and_title(state: str) -> None:
    svg = draw(sc001(), {"review": Mark(state, "李强", when="09-12 16:40")})  # type: ignore[arg-type]
    group = node(svg, "review")
    assert f"diagram-{state}" in (group.get("class") or "").split()
    assert group.get("data-state") == state
    title = group.findtext(f"{SVG}title") or ""
    assert title.startswith("审核策划书，")
    assert "李强" in title
    looks = {ElementTree.tostring(next(group.iter(f"{SVG}rect")))}
    assert looks != {ElementTree.tostring(next(node(draw(sc001()), "review").iter(f"{SVG}rect")))} or state in (
        "future",
        "kept",
    )


def test_states_differ_in_shape_too_not_only_in_colour() -> None:
    def shape(state: str) -> str:
        group = node(draw(sc001(), {"review": Mark(state)}), "review")  # type: ignore[arg-type]
        drawn = "".join(ElementTree.tostring(part, "unicode") for part in group if part.tag != f"{SVG}title")
        return re.sub(r"#[0-9a-f]{6}", "", drawn)

    # What a version leaves as it is looks as a step to come does: nothing is to be seen of it.
    states = set(STATES) - {"kept"}
    assert len({shape(state) for state in states}) == len(states)


def test_hostile_names_stay_text() -> None:
    evil = Words("</text><script>alert(1)</script>\x00\x1f\ufffe\ud800&\"'", "<img src=x onerror=alert(1)>")
    graph = Graph(evil, (Lane("l\"'><x", evil),), (Node('n"><script>', "userTask", evil, "l\"'><x"),), ())
    layout = lay_out(graph)
    for language in ("zh", "en"):
        mark = Mark("current", "<b>&", "<", "<i>", "]]>", 2)
        svg = draw(layout, {'n"><script>': mark}, heads={"l\"'><x": "<u>"}, language=language)
        root = parse(svg)
        assert {part.tag for part in root.iter()} <= {
            f"{SVG}{tag}" for tag in ("svg", "g", "rect", "path", "text", "circle", "title", "desc")
        }
        parse(draw_strip(layout, {"l\"'><x": "<u>&"}, language=language))


def test_a_page_without_inline_styles_can_hold_it() -> None:
    marks = {placed.node.id: Mark("done", "王丽") for placed in sc001().nodes}
    svg = draw(sc001(), marks, returns=[ReturnEdge("review", "draft")])
    for part in parse(svg).iter():
        assert not part.tag.endswith(("style", "script", "foreignObject", "image", "use"))
        assert not [name for name in part.attrib if name == "style" or name.startswith("on") or "href" in name]


def test_two_drawings_on_one_page_share_no_id() -> None:
    one, other = draw(sc001()), draw(sc001(), {"draft": Mark("current")})
    ids = [part.get("id") for svg in (one, other) for part in parse(svg).iter() if part.get("id")]
    assert len(ids) == len(set(ids)) == 4


def test_screen_readers_get_title_and_description() -> None:
    svg = draw(
        sc001(),
        {"draft": Mark("done", "王丽")},
        returns=[ReturnEdge("review", "draft", 2)],
        heads={"lane_marketing_manager": "王丽"},
    )
    root = parse(svg)
    assert root.get("role") == "img"
    by_id = {part.get("id"): part.text or "" for part in root if part.get("id")}
    assert by_id[root.get("aria-labelledby")] == "流程图：市场调研策划流程"
    said = by_id[root.get("aria-describedby")]
    assert "市场经理 王丽" in said
    assert "编制市场调研策划书，已完成，王丽" in said
    assert "从“审核策划书”退回“编制市场调研策划书”2 次" in said


def test_english_names_are_used_throughout() -> None:
    svg = draw(sc001(), {"draft": Mark("current", "Wang Li")}, language="en")
    assert parse(svg).get("lang") == "en"
    assert not re.search(r"[\u4e00-\u9fff]", svg)


def test_every_node_and_flow_can_be_found_by_its_id() -> None:
    layout = sc001()
    groups = [group.attrib for group in parse(draw(layout)).iter(f"{SVG}g")]
    assert {g["data-element"] for g in groups if "data-element" in g} == {p.node.id for p in layout.nodes}
    assert {g["data-flow"] for g in groups if "data-flow" in g} == {e.id for e in layout.edges}
    assert {g["data-lane"] for g in groups if "data-lane" in g} == {b.id for b in layout.bands}


def test_taken_and_skipped_flows() -> None:
    svg = draw(
        sc001(),
        {"general_manager_opinion": Mark("skipped")},
        taken={"to_draft", "opinion_skipped"},
        skipped={"opinion_asked"},
    )
    classes = {
        group.get("data-flow"): group.get("class") for group in parse(svg).iter(f"{SVG}g") if group.get("data-flow")
    }
    assert classes["to_draft"] == "diagram-flow diagram-taken"
    assert classes["opinion_asked"] == "diagram-flow diagram-skipped"
    assert classes["opinion_given"] == "diagram-flow diagram-skipped"
    assert classes["to_review"] == "diagram-flow diagram-future"


def test_gateways_and_events_take_their_state_from_the_flows() -> None:
    svg = draw(sc001(), taken={"to_draft", "opinion_skipped"})
    assert node(svg, "start").get("data-state") == "done"
    assert node(svg, "opinion_needed").get("data-state") == "done"
    assert node(svg, "sign_join").get("data-state") == "future"


def test_pills_say_versions_and_returns() -> None:
    marks = {"draft": Mark("current", round=2), "review": Mark("done", round=3)}
    svg = draw(sc001(), marks, returns=[ReturnEdge("review", "draft", 2)])
    assert "第 2 版" in words(node(svg, "draft"))
    assert not [line for line in words(node(svg, "review")) if line.startswith("第")]
    assert "已超时" in words(node(draw(sc001(), {"review": Mark("overdue")}), "review"))
    assert "退回 2 次" in words(node(svg, "review"))


@pytest.mark.parametrize(
    ("hours", "state", "said"),
    [
        (3, "current", "剩 3 小时"),
        (72, "current", "剩 3 天"),
        (-2, "overdue", "超时 2 小时"),
        (0.5, "current", "剩 30 分钟"),
    ],
)
def test_deadlines_are_counted_from_now(hours: float, state: str, said: str) -> None:
    mark = Mark(state, "王丽", when=NOW + timedelta(hours=hours))  # type: ignore[arg-type]
    assert said in words(node(draw(sc001(), {"draft": mark}, now=NOW), "draft"))


def test_moments_are_shown_in_the_companys_zone() -> None:
    mark = Mark("done", "王丽", when=datetime(2026, 9, 12, 18, 24, tzinfo=UTC))
    assert "09-13 02:24" in words(node(draw(sc001(), {"draft": mark}), "draft"))


def test_returns_run_around_all_nodes() -> None:
    layout = sc001()
    steps = [
        "draft",
        "review",
        "budget",
        "general_manager_opinion",
        "convene",
        "sign_technical",
        "sign_general",
        "sign_key_account",
    ]
    for source, target in product(steps, steps):
        if source != target:
            check_line(layout, source, target)


def check_line(layout: Layout, source: str, target: str) -> None:
    ((_back, points),) = return_lines(layout, [ReturnEdge(source, target)])
    boxes = {placed.node.id: placed.box for placed in layout.nodes}
    assert boxes[source].grown(1).touches(Box(*points[0], 0.1, 0.1))
    assert boxes[target].grown(1).touches(Box(*points[-1], 0.1, 0.1))
    for (x1, y1), (x2, y2) in pairwise(points):
        assert (x1 == x2) != (y1 == y2), (source, target, points)
        piece = Box(min(x1, x2), min(y1, y2), abs(x1 - x2) + 0.1, abs(y1 - y2) + 0.1)
        crossed = [node for node, box in boxes.items() if box.grown(-2).touches(piece)]
        assert not crossed, (source, target, crossed)


def test_returns_in_random_processes_run_around_all_steps() -> None:
    for seed in range(30):
        layout = random_layout(seed)
        people = [p.node.id for p in layout.nodes if p.node.kind == "userTask" and not p.node.scope]
        if len(people) > 1:
            (lines,) = return_lines(layout, [ReturnEdge(people[-1], people[0])])
            assert lines[1][0] != lines[1][-1]


def test_a_return_between_unknown_steps_is_left_out() -> None:
    assert draw(sc001(), returns=[ReturnEdge("nowhere", "draft")]).count("diagram-flow diagram-returned") == 0


def test_long_names_are_cut_to_the_card() -> None:
    name = "由产品市场部牵头组织技术总监公司总经理大客户部经理共同签准市场调研策划书"
    layout = lay_out(Graph(Words("流程"), (), (Node("a", "userTask", Words(name)),), ()))
    lines = words(node(draw(layout), "a"))
    assert len(lines) == 2
    assert lines[1].endswith("…")


def test_every_random_process_draws_as_xml() -> None:
    for seed in range(40):
        layout = random_layout(seed)
        marks = {p.node.id: Mark(state) for p, state in zip(layout.nodes, [*STATES] * 99, strict=False)}  # type: ignore[arg-type]
        root = parse(draw(layout, marks))
        assert root.get("viewBox") == f"0 0 {layout.width:g} {layout.height:g}"


def test_the_strip_is_as_high_as_the_diagram_and_names_every_lane() -> None:
    layout = sc001()
    root = parse(draw_strip(layout, {"lane_marketing_manager": "王丽"}))
    assert (root.get("width"), float(root.get("height") or 0)) == ("30", layout.height)
    titles = [title.text for title in root.iter(f"{SVG}title")]
    assert titles[0] == "市场经理 王丽"
    assert len(titles) == len(layout.bands)
    assert root.get("aria-hidden") == "true"


def test_the_drawing_does_not_change_the_layout() -> None:
    layout = sc001()
    before = replace(layout)
    draw(layout, {"draft": Mark("done")}, returns=[ReturnEdge("review", "draft")])
    assert layout == before


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_pieces_fit_the_paper_cut_no_step_and_lose_nothing(path: Path) -> None:
    whole, most = layout(path), 1740.0
    pieces = draw_pieces(whole, most, heads={whole.bands[0].id: "王丽"}, font="Noto Sans SC")
    views = [[float(number) for number in (parse(piece).get("viewBox") or "").split()] for piece in pieces]
    assert all(view[2] <= most * 1.2 and view[3] == whole.height for view in views)
    assert sum(view[2] for view in views) == pytest.approx(whole.width + whole.head * (len(pieces) - 1))
    around = {placed.node.scope for placed in whole.nodes}
    cuts = [sum(view[2] - (whole.head if n else 0) for n, view in enumerate(views[: k + 1])) for k in range(len(views))]
    for placed in whole.nodes:
        if placed.node.id not in around:
            assert not any(placed.box.x < cut < placed.box.x + placed.box.w for cut in cuts[:-1]), placed.node.id
    assert all("王丽" in words(parse(piece)) for piece in pieces)


def test_what_fits_is_one_piece() -> None:
    assert draw_pieces(sc001(), 2000) == (draw(sc001()),)
