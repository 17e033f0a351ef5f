"""Diagrams: laying out and drawing SC-001; random processes laid out, and what overlaps in them."""

import gc
import json
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from benchmarks.ground import figure
from huiqian.diagram import Layout, Mark, ReturnEdge, draw, graph_of, lay_out
from huiqian.diagram.drawing import returns
from huiqian.diagram.overlaps import count_crossings, overlaps
from huiqian.diagram.tests.processes import random_process
from huiqian.engine import compile_definition

SC001 = Path(__file__).resolve().parent.parent / "src" / "huiqian" / "handbook" / "SC-001" / "process.bpmn"
PROCESSES = 300


def run() -> list[dict[str, object]]:
    """Print each figure with its goal."""
    graph = graph_of(compile_definition(SC001.read_bytes()))
    layout = lay_out(graph)
    marks = {placed.node.id: Mark("done", "王丽", when="09-12 10:24") for placed in layout.nodes}
    back = [ReturnEdge("sign_technical", "draft"), ReturnEdge("review", "draft", 2)]
    kept = json.dumps(layout.to_json(), ensure_ascii=False)
    return [
        figure("SC-001: lay out", _best(lambda: lay_out(graph), 5) * 1e3, "ms", "goal <= 25"),
        figure("SC-001: read the kept layout", _best(lambda: Layout.from_json(json.loads(kept)), 20) * 1e3, "ms"),
        figure("SC-001: draw", _best(lambda: draw(layout, marks), 10) * 1e3, "ms"),
        figure("SC-001: route two returns, first time", _best(lambda: _routed(layout, back), 5) * 1e3, "ms"),
        figure("SC-001: drawing", len(draw(layout, marks).encode()) / 1024, "KB"),
        figure("SC-001: bends", sum(len(edge.points) - 2 for edge in layout.edges), ""),
        figure("SC-001: crossings", count_crossings(layout.edges), ""),
        *_random(),
    ]


def _routed(layout: Layout, back: list[ReturnEdge]) -> None:
    returns.forget()
    returns.return_lines(layout, back)


def _random() -> list[dict[str, object]]:
    graphs = [random_process(seed) for seed in range(PROCESSES)]
    begun = time.process_time()
    layouts = [lay_out(graph) for graph in graphs]
    spent = time.process_time() - begun
    nodes = sum(len(layout.nodes) for layout in layouts)
    found = sum(len(overlaps(layout)) for layout in layouts)
    names = sum(part.label is not None for layout in layouts for part in (*layout.nodes, *layout.edges))
    return [
        figure(f"{PROCESSES} random processes: nodes", nodes, ""),
        figure(f"{PROCESSES} random processes: names beside them", names, ""),
        figure(f"{PROCESSES} random processes: lay out, per node", spent / nodes * 1e3, "ms"),
        figure(f"{PROCESSES} random processes: overlaps", found, "", "goal 0"),
        figure(f"{PROCESSES} random processes: crossings", sum(count_crossings(one.edges) for one in layouts), ""),
    ]


def _best(work: Callable[[], object], times: int, rounds: int = 5) -> float:
    """Seconds of processor time for one call, in the best of some rounds, without the collector's pauses."""
    gc.collect()
    gc.disable()
    try:
        marks = [time.process_time()]
        for _ in range(rounds):
            for _ in range(times):
                work()
            marks.append(time.process_time())
        return min(after - before for before, after in pairwise(marks)) / times
    finally:
        gc.enable()


if __name__ == "__main__":
    run()
