"""A laid-out drawing: every coordinate, and every name in both languages; nothing has to be worked out to draw it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from huiqian.diagram.graph import Node, Words
from huiqian.diagram.labels import Box, Label

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Band:
    """A lane as drawn: from the left to the right border, between `y` and `y + h`."""

    id: str
    name: Words
    y: float
    h: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A node with its place; `label` is where its name stands, if not inside it."""

    node: Node
    box: Box
    label: Label | None = None

    def moved(self, dx: float, dy: float) -> "Placed":
        """The same, elsewhere."""
        return replace(self, box=_move(self.box, dx, dy), label=_move_label(self.label, dx, dy))


@dataclass(frozen=True, slots=True)
class Routed:
    """A flow with the corners of its line."""

    id: str
    source: str
    target: str
    name: Words
    points: tuple[Point, ...]
    label: Label | None = None
    default: bool = False

    def moved(self, dx: float, dy: float) -> "Routed":
        """The same, elsewhere."""
        points = tuple((x + dx, y + dy) for x, y in self.points)
        return replace(self, points=points, label=_move_label(self.label, dx, dy))


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing of `width` × `height` px; nodes stand behind those that they hold."""

    name: Words
    width: float
    height: float
    head: float
    bands: tuple[Band, ...]
    nodes: tuple[Placed, ...]
    edges: tuple[Routed, ...]

    def to_json(self) -> dict[str, Any]:
        """As JSON-able data, to be kept with the process version."""
        return {
            "name": _words(self.name),
            "size": [self.width, self.height, self.head],
            "bands": [[band.id, *_words(band.name), band.y, band.h] for band in self.bands],
            "nodes": [_node(placed) for placed in self.nodes],
            "edges": [_edge(edge) for edge in self.edges],
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Layout":
        """What to_json() gave."""
        width, height, head = data["size"]
        return Layout(
            name=Words(*data["name"]), width=width, height=height, head=head,
            bands=tuple(Band(key, Words(zh, en), y, h) for key, zh, en, y, h in data["bands"]),
            nodes=tuple(_read_node(said) for said in data["nodes"]),
            edges=tuple(_read_edge(said) for said in data["edges"]),
        )  # fmt: skip


def _words(words: Words) -> list[str]:
    return [words.zh, words.en]


def _node(placed: Placed) -> dict[str, Any]:
    node, usual = placed.node, Node("", "")
    said: dict[str, Any] = {"id": node.id, "kind": node.kind, "box": _box(placed.box)}
    if node.name:
        said["name"] = _words(node.name)
    for key in ("lane", "scope", "attached_to", "interrupting", "loop", "trigger", "by_event", "writes"):
        if getattr(node, key) != getattr(usual, key):
            said[key] = getattr(node, key)
    return said | _label(placed.label)


def _read_node(said: Mapping[str, Any]) -> Placed:
    plain = {key: value for key, value in said.items() if key not in ("box", "label", "name")}
    return Placed(Node(**plain, name=Words(*said.get("name", ()))), Box(*said["box"]), _read_label(said))


def _edge(edge: Routed) -> dict[str, Any]:
    said: dict[str, Any] = {"id": edge.id, "source": edge.source, "target": edge.target}
    said["points"] = [list(point) for point in edge.points]
    if edge.name:
        said["name"] = _words(edge.name)
    if edge.default:
        said["default"] = True
    return said | _label(edge.label)


def _read_edge(said: Mapping[str, Any]) -> Routed:
    return Routed(
        id=said["id"], source=said["source"], target=said["target"], name=Words(*said.get("name", ())),
        points=tuple((x, y) for x, y in said["points"]), label=_read_label(said), default=said.get("default", False),
    )  # fmt: skip


def _label(label: Label | None) -> dict[str, Any]:
    return {"label": [*_box(label.box), label.anchor]} if label else {}


def _read_label(said: Mapping[str, Any]) -> Label | None:
    if "label" not in said:
        return None
    x, y, w, h, anchor = said["label"]
    return Label(Box(x, y, w, h), anchor)


def _box(box: Box) -> list[float]:
    return [box.x, box.y, box.w, box.h]


def _move(box: Box, dx: float, dy: float) -> Box:
    return Box(box.x + dx, box.y + dy, box.w, box.h)


def _move_label(label: Label | None, dx: float, dy: float) -> Label | None:
    return label and Label(_move(label.box, dx, dy), label.anchor)
