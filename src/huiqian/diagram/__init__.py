"""Processes as drawings: laid out once, drawn with the state of a case; pure functions."""

from huiqian.diagram.adapter import graph_of
from huiqian.diagram.arranging import lay_out
from huiqian.diagram.drawing import Mark, ReturnEdge, draw, draw_pieces, draw_strip
from huiqian.diagram.graph import Flow, Graph, Lane, Node, Words
from huiqian.diagram.interchange import write_interchange
from huiqian.diagram.layout import Layout

__all__ = [
    "Flow",
    "Graph",
    "Lane",
    "Layout",
    "Mark",
    "Node",
    "ReturnEdge",
    "Words",
    "draw",
    "draw_pieces",
    "draw_strip",
    "graph_of",
    "lay_out",
    "write_interchange",
]
