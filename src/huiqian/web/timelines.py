"""The timeline as a list with signatories of one joint signing under one heading."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import pgettext

from huiqian.work.queries import TimelineItem


@dataclass(frozen=True, slots=True)
class JointSigning:
    """Several who are asked at the same time; all of them are to agree."""

    state: str
    siblings: tuple[TimelineItem, ...]


@dataclass(frozen=True, slots=True)
class Crowd:
    """More than a few people at the same step: a line that can be opened."""

    state: str
    step: str
    position_name: str
    crowd: tuple[TimelineItem, ...]


FEW = 3


def crowds(items: Iterable[TimelineItem]) -> list[TimelineItem | Crowd]:
    """The lines of one step in one state as one, where there are more than a few of them; at the first one's place.

    Who was asked a second time begins a crowd of a second round.
    """
    listed = list(items)
    together: dict[tuple[str, str, int], list[TimelineItem]] = {}
    turns: Counter[tuple[str, str, str]] = Counter()
    places = []
    for item in listed:
        one = (item.element, item.state, item.member or item.login)
        places.append((item.element, item.state, turns[one]))
        turns[one] += 1
        together.setdefault(places[-1], []).append(item)
    lines: list[TimelineItem | Crowd] = []
    for item, place in zip(listed, places, strict=True):
        same = together[place]
        if len(same) <= FEW or not (item.member or item.state in ("future", "skipped")):
            lines.append(item)
        elif same[0] is item:
            positions = dict.fromkeys(one.position_name for one in same)
            lines.append(Crowd(item.state, item.step, pgettext("list", ", ").join(positions), tuple(same)))
    return lines


def grouped(items: Iterable[TimelineItem]) -> list[TimelineItem | JointSigning | Crowd]:
    """Neighbours of one group under one heading, many at one step in one line; everybody else by themselves."""
    lines: list[TimelineItem | JointSigning | Crowd] = []
    for (group, state), members in groupby(crowds(items), key=lambda item: (getattr(item, "group", ""), item.state)):
        found = tuple(members)
        if group and len(found) > 1:
            lines.append(JointSigning(state, tuple(one for one in found if isinstance(one, TimelineItem))))
        else:
            lines.extend(found)
    return lines


def last_said(items: Iterable[TimelineItem]) -> TimelineItem | None:
    """The last one who decided something."""
    said = [item for item in items if item.state in ("done", "returned")]
    return said[-1] if said else None
