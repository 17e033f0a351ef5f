"""Layouts: nothing lies on anything, the same graph gives the same drawing, lanes and columns say what they should."""

from collections import Counter
from dataclasses import replace

import pytest

from huiqian.diagram import Flow, Graph, Lane, Layout, Node, Words, lay_out
from huiqian.diagram.labels import Box
from huiqian.diagram.overlaps import overlaps
from huiqian.diagram.tests.handbook import FILES, layout, sc001
from huiqian.diagram.tests.processes import Writer, random_layout, random_process

RANDOM_PROCESSES = 300


def place(drawn: Layout, node: str) -> Box:
    return next(placed.box for placed in drawn.nodes if placed.node.id == node)


def test_nothing_overlaps_in_random_processes() -> None:
    found: Counter[tuple[int, str]] = Counter()
    seen: Counter[str] = Counter()
    for seed in range(RANDOM_PROCESSES):
        drawn = random_layout(seed)
        found.update((seed, overlap.kind) for overlap in overlaps(drawn))
        seen.update(placed.node.kind for placed in drawn.nodes)
        seen["names"] += sum(edge.label is not None for edge in drawn.edges)
    assert not found
    # The processes are worth the trouble: every kind of node comes up often.
    assert min(seen.values()) > 100, seen


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_nothing_overlaps_in_the_handbook(path: object) -> None:
    assert overlaps(layout(path)) == ()  # type: ignore[arg-type]


def test_an_overlap_is_noticed() -> None:
    drawn = sc001()
    budget = place(drawn, "budget")
    moved = replace(budget, x=budget.x + 130)
    nodes = tuple(replace(p, box=moved) if p.node.id == "review" else p for p in drawn.nodes)
    found = overlaps(replace(drawn, nodes=nodes))
    assert {("node-node", "review", "budget"), ("edge-node", "to_opinion_rule", "review")} <= {
        (overlap.kind, overlap.one, overlap.other) for overlap in found
    }


def test_a_name_on_a_line_is_noticed() -> None:
    drawn = sc001()
    edge = next(edge for edge in drawn.edges if edge.label)
    assert edge.label
    x, y = drawn.edges[0].points[0]
    moved = replace(edge, label=replace(edge.label, box=replace(edge.label.box, x=x, y=y - 5)))
    found = overlaps(replace(drawn, edges=(*(e for e in drawn.edges if e is not edge), moved)))
    assert {"label-edge"} <= {overlap.kind for overlap in found}


def test_the_same_graph_gives_the_same_layout() -> None:
    for seed in range(20):
        assert lay_out(random_process(seed)) == random_layout(seed)


def test_a_layout_survives_json() -> None:
    for drawn in (sc001(), *(random_layout(seed) for seed in range(20))):
        assert Layout.from_json(drawn.to_json()) == drawn


def test_lines_are_upright_or_level_and_join_their_nodes() -> None:
    for seed in range(40):
        drawn = random_layout(seed)
        for edge in drawn.edges:
            for (x1, y1), (x2, y2) in zip(edge.points, edge.points[1:], strict=False):
                assert (x1 == x2) != (y1 == y2), (seed, edge)
            assert place(drawn, edge.source).grown(1).touches(Box(*edge.points[0], 0.1, 0.1)), (seed, edge)
            assert place(drawn, edge.target).grown(1).touches(Box(*edge.points[-1], 0.1, 0.1)), (seed, edge)


def test_every_node_stands_in_its_lane() -> None:
    for seed in range(40):
        graph = Writer(seed, lanes=4).graph()
        drawn = lay_out(graph)
        bands = {band.id: band for band in drawn.bands}
        for placed in drawn.nodes:
            if not placed.node.scope:
                band = bands[placed.node.lane]
                assert band.y <= placed.box.y
                assert placed.box.y + placed.box.h <= band.y + band.h


def test_lanes_follow_each_other_without_gaps() -> None:
    drawn = sc001()
    assert [band.y for band in drawn.bands[1:]] == [band.y + band.h for band in drawn.bands[:-1]]
    assert drawn.bands[-1].y + drawn.bands[-1].h == drawn.height


def test_steps_handed_on_to_another_position_stand_below_each_other() -> None:
    drawn = sc001()
    assert place(drawn, "draft").x == place(drawn, "review").x == place(drawn, "budget").x
    assert place(drawn, "draft").y < place(drawn, "review").y < place(drawn, "budget").y


def test_branches_of_a_parallel_gateway_stand_in_one_column() -> None:
    drawn = sc001()
    assert len({place(drawn, f"sign_{who}").x for who in ("general", "technical", "key_account")}) == 1


def test_an_expanded_subprocess_holds_its_nodes() -> None:
    for seed in range(60):
        drawn = random_layout(seed)
        for placed in drawn.nodes:
            if placed.node.scope:
                outer = place(drawn, placed.node.scope)
                assert outer.x < placed.box.x
                assert outer.y < placed.box.y
                assert placed.box.x + placed.box.w < outer.x + outer.w
                assert placed.box.y + placed.box.h < outer.y + outer.h


def test_boundary_events_sit_on_the_lower_border_of_their_host() -> None:
    for seed in range(60):
        drawn = random_layout(seed)
        for placed in drawn.nodes:
            if placed.node.attached_to:
                host = place(drawn, placed.node.attached_to)
                assert placed.box.y + placed.box.h / 2 == host.y + host.h
                assert host.x <= placed.box.x
                assert placed.box.x + placed.box.w <= host.x + host.w


def steps(*flows: tuple[str, str], lanes: int = 0) -> Graph:
    names = list(dict.fromkeys(name for flow in flows for name in flow))
    bands = tuple(Lane(f"lane{n}", Words(f"岗位{n}")) for n in range(lanes))
    nodes = tuple(Node(name, "userTask", Words(name), bands[0].id if bands else "") for name in names)
    return Graph(Words("流程"), bands, nodes, tuple(Flow(f"{a}-{b}", a, b) for a, b in flows))


def test_a_loop_onto_oneself_goes_around_the_step() -> None:
    drawn = lay_out(steps(("a", "b"), ("b", "b"), ("b", "c")))
    assert overlaps(drawn) == ()
    loop = next(edge for edge in drawn.edges if edge.source == edge.target)
    assert len(loop.points) > 3


def test_a_loop_back_leads_from_right_to_left_around_the_steps() -> None:
    drawn = lay_out(steps(("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")))
    assert overlaps(drawn) == ()
    assert place(drawn, "a").x < place(drawn, "b").x < place(drawn, "c").x < place(drawn, "d").x


def test_a_process_of_one_node_and_an_empty_one_are_drawn() -> None:
    one = lay_out(Graph(Words("流程"), (), (Node("start", "startEvent"),), ()))
    assert one.nodes[0].box.x > 0
    empty = lay_out(Graph(Words("流程"), (Lane("lane", Words("市场经理")),), (), ()))
    assert empty.nodes == ()
    assert empty.height >= 100


def test_what_no_flow_reaches_stands_apart() -> None:
    graph = steps(("a", "b"))
    graph = replace_nodes(graph, (*graph.nodes, Node("listener", "subProcess", Words("异常"), by_event=True)))
    drawn = lay_out(graph)
    assert overlaps(drawn) == ()
    assert place(drawn, "listener").x > place(drawn, "b").x


def replace_nodes(graph: Graph, nodes: tuple[Node, ...]) -> Graph:
    return Graph(graph.name, graph.lanes, nodes, graph.flows)


def test_a_large_process_is_laid_out() -> None:
    drawn = lay_out(Writer(4, lanes=6, budget=70).graph())
    assert len(drawn.nodes) > 60
    assert overlaps(drawn) == ()
