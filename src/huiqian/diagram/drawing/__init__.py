"""Layouts as SVG: no scripts, no style sheets, only presentation attributes.

So a drawing shows the same in a page with a strict content policy, as a file of its own, and in print.
"""

from huiqian.diagram.drawing.draw import draw
from huiqian.diagram.drawing.marks import Mark, ReturnEdge
from huiqian.diagram.drawing.pieces import draw_pieces
from huiqian.diagram.drawing.strip import draw_strip

__all__ = ["Mark", "ReturnEdge", "draw", "draw_pieces", "draw_strip"]
