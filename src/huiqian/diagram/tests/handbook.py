"""The handbook's own processes as graphs and layouts."""

from functools import cache
from pathlib import Path

from huiqian.diagram import Graph, Layout, graph_of, lay_out
from huiqian.engine import compile_definition

HANDBOOK = Path(__file__).parents[2] / "handbook"
FILES = sorted(HANDBOOK.glob("*/process.bpmn"))


@cache
def graph(path: Path) -> Graph:
    return graph_of(compile_definition(path.read_bytes()))


@cache
def layout(path: Path) -> Layout:
    return lay_out(graph(path))


def sc001() -> Layout:
    return layout(HANDBOOK / "SC-001" / "process.bpmn")
