"""`python -m huiqian.diagram FILE.bpmn …` writes the drawing part of BPMN files anew, as the product lays them out."""

import sys
from pathlib import Path

from huiqian.diagram import graph_of, lay_out, write_interchange
from huiqian.engine import compile_definition


def redraw(path: Path) -> None:
    """Lay a file's process out and put the drawing into the file."""
    xml = path.read_text(encoding="utf-8")
    layout = lay_out(graph_of(compile_definition(xml.encode())))
    path.write_text(write_interchange(xml, layout), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        redraw(Path(name))
