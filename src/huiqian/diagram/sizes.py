"""The measures of a drawing, in px at 100 %."""

from huiqian.diagram.graph import BOXES, EVENTS, GATEWAYS, PEOPLE, Node, Words
from huiqian.diagram.text import balanced, width_of

CARD = (140, 66)
SYSTEM_CARD = (128, 50)
GATEWAY = (44, 44)
EVENT = (36, 36)
BOUNDARY = 28
# Boundary events sit this far apart on the lower border of their host: two have room for their names at either side.
BOUNDARY_STEP = 42
BOUNDARY_STEP_OF_MANY = 98
BOUNDARY_LABEL = 60
HEAD = 116
STRIP = 30
LANE = 100
COLUMN_GAP = 36
MARGIN = 24
LANE_PAD = 17
ROW_GAP = 34
TRACK = 12
# Room between the outermost track and what stands beside it.
CLEAR = 13
BOX_TITLE = 28
BOX_PAD = 18
LABEL = 12
LABEL_LINE = 14
LABEL_WIDTH = 112
NODE_LABEL = 96


def size_of(node: Node) -> tuple[int, int]:
    """Width and height of a node that holds no others."""
    if node.kind in GATEWAYS:
        return GATEWAY
    if node.kind == "boundaryEvent":
        return (BOUNDARY, BOUNDARY)
    if node.kind in EVENTS:
        return EVENT
    return CARD if node.kind in PEOPLE or node.kind in BOXES or node.kind == "callActivity" else SYSTEM_CARD


def label_size(words: Words, width: float = LABEL_WIDTH) -> tuple[int, int]:
    """Width and height that a label needs in either language."""
    boxes = [balanced(words.of(language), LABEL, width, 3) for language in ("zh", "en")]
    broad = max(width_of(line, LABEL) for lines in boxes for line in lines)
    return (round(broad) + 4, max(map(len, boxes)) * LABEL_LINE)


def step_of(events: int) -> int:
    """How far apart so many boundary events of one host sit."""
    return BOUNDARY_STEP if events < 3 else BOUNDARY_STEP_OF_MANY
