"""The timeline as a list with signatories of one joint signing under one heading."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from huiqian.work.queries import TimelineItem


@dataclass(frozen=True, slots=True)
class JointSigning:
    """Several who are asked at the same time; all of them are to agree."""

    state: str
    siblings: tuple[TimelineItem, ...]


def grouped(items: Iterable[TimelineItem]) -> list[TimelineItem | JointSigning]:
    """Neighbours of one group under one heading; everybody else by themselves."""
    lines: list[TimelineItem | JointSigning] = []
    for (group, state), members in groupby(items, key=lambda item: (item.group, item.state)):
        found = tuple(members)
        if group and len(found) > 1:
            lines.append(JointSigning(state, found))
        else:
            lines.extend(found)
    return lines


def last_said(items: Iterable[TimelineItem]) -> TimelineItem | None:
    """The last one who decided something."""
    said = [item for item in items if item.state in ("done", "returned")]
    return said[-1] if said else None
