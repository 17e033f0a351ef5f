"""Layouts as SVG: no scripts, no style sheets, only presentation attributes, so that it shows the same in every page, file and print."""

from huiqian.diagram.drawing.draw import draw
from huiqian.diagram.drawing.marks import Mark, ReturnEdge
from huiqian.diagram.drawing.strip import draw_strip

__all__ = ["Mark", "ReturnEdge", "draw", "draw_strip"]
