"""The colours of the style guide, by state. State is always colour and shape and words, never colour alone."""

from dataclasses import dataclass

INK, SECONDARY, META = "#1c2430", "#4a5565", "#616c7a"
SURFACE, SUNKEN, LINE, STRONG_LINE = "#ffffff", "#f4f6f8", "#e5e8ec", "#cfd5dc"
BAND = "#fafbfd"
BLUE, GREEN, RED, AMBER, GREY = "#1d5fd1", "#23743a", "#c0272d", "#a2460a", "#616c7a"


@dataclass(frozen=True, slots=True)
class Colours:
    """How a node of one state looks: card, its border, gateways and events, the initial's circle, glow."""

    fill: str
    border: str
    shape: str
    strong: str
    circle: str
    name: str = INK
    meta: str = META
    broad: float = 1.25
    dashed: bool = False
    glow: str | None = None


STATES = {
    "done": Colours("#edf7f0", "#93cfa3", "#2c8a47", GREEN, "#c9e8d1"),
    "current": Colours("#eaf1fd", "#3d7ae0", BLUE, BLUE, "#c9dcfa", broad=2, glow="#1d5fd1"),
    "returned": Colours("#fdeded", "#eda6a9", "#cf4b50", RED, "#f8d0d1"),
    "overdue": Colours("#fff6ea", "#dd8a3a", AMBER, AMBER, "#fbdfbb", broad=2, glow="#d9730d"),
    "future": Colours(SURFACE, STRONG_LINE, "#aab3be", "#7f8a98", "#e9ecf0"),
    "skipped": Colours(SURFACE, "#c3cad2", "#c3cad2", "#8d97a4", "#eef0f3", name=META, meta="#717c8a", dashed=True),
    # Two versions beside each other.
    "added": Colours("#edf7f0", "#2c8a47", "#2c8a47", GREEN, "#c9e8d1", broad=2),
    "removed": Colours("#fdeded", "#cf4b50", "#cf4b50", RED, "#f8d0d1", broad=1.6, dashed=True),
    "changed": Colours("#fff6ea", "#dd8a3a", AMBER, AMBER, "#fbdfbb", broad=2),
    "kept": Colours(SURFACE, STRONG_LINE, "#aab3be", "#7f8a98", "#e9ecf0"),
    "stopped": Colours("#f1f3f5", "#b4bcc6", "#8d97a4", GREY, "#dfe3e8", name=SECONDARY),
    "quick": Colours("#eff8ec", "#a9d39a", "#5da545", GREEN, "#d5ecca"),
    "fair": Colours("#fff9e0", "#e9cc62", "#c9a21f", AMBER, "#f7e8b0"),
    "slow": Colours("#fdecd9", "#eea763", "#dd7f25", AMBER, "#f9d5ae", broad=1.6),
    "slowest": Colours("#fbdcdc", "#d95a5f", "#c0272d", RED, "#f3b9bb", broad=2),
}

EDGE = {
    "taken": "#4fae68", "future": "#b3bbc6", "skipped": "#c3cad2", "returned": "#e05a5f",
    "added": "#2c8a47", "removed": "#cf4b50", "changed": "#dd8a3a",
}  # fmt: skip
EDGE_BROAD = {
    "taken": 1.8, "future": 1.4, "skipped": 1.4, "returned": 1.7, "added": 2.2, "removed": 1.8, "changed": 2.2
}  # fmt: skip
