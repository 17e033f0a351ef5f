"""Ways for flows along the lines of a grid: A* with costs for bends, crossings, shared and unnatural ports.

Flows that leave one node may share their beginning, flows that enter one node their end (a trunk that splits, tracks
that merge); any other two may only cross. What cannot be kept is paid for dearly instead of failing, and counted.
"""

import heapq
import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

RIGHT, DOWN, LEFT, UP = range(4)
BEND = 26.0
CROSSING = 40.0
SHARED_PORT = 70.0
CLASH = 4000.0
# Parallel branches run together: a shared track is cheaper than one beside it. Others had better stay apart.
TOGETHER = 0.7
APART = 1.15
STRAIGHT_H, STRAIGHT_V, TURN = range(3)


@dataclass(frozen=True, slots=True)
class Wish:
    """A flow to route: from one of its exits (point, direction, cost) to an entry ((point, direction): cost)."""

    number: int
    source: str
    target: str
    exits: tuple[tuple[int, int, float], ...]
    entries: Mapping[tuple[int, int], float]
    goal: int
    parts_ways: bool = False
    together: bool = False


@dataclass(slots=True)
class Router:
    """A grid with what stands and runs on it. Points are numbered row by row; `inside` names the node at a point."""

    xs: Sequence[float]
    ys: Sequence[float]
    inside: Mapping[int, str]
    units: defaultdict[tuple[int, int], list[Wish]] = field(default_factory=lambda: defaultdict(list))
    turns: defaultdict[int, list[tuple[Wish, int]]] = field(default_factory=lambda: defaultdict(list))
    clashes: int = 0

    def point(self, column: int, row: int) -> int:
        """The number of a point."""
        return row * len(self.xs) + column

    def place(self, point: int) -> tuple[int, int]:
        """Column and row of a point."""
        row, column = divmod(point, len(self.xs))
        return column, row

    def route(self, wish: Wish) -> list[int]:
        """The cheapest way, point by point; it is taken into account for the flows that follow."""
        way, cost = self._search(wish)
        self.clashes += int(cost // CLASH)
        self.lay(wish, way)
        return way

    def release(self, wish: Wish, way: Sequence[int]) -> None:
        """Take a way out again."""
        for unit in _units(way):
            self.units[unit].remove(wish)
        for point in way:
            self.turns[point] = [entry for entry in self.turns[point] if entry[0] is not wish]

    def lay(self, wish: Wish, way: Sequence[int]) -> None:
        """Take a way into account for those that follow."""
        for unit in _units(way):
            self.units[unit].append(wish)
        for before, point, after in zip(way, way[1:], way[2:], strict=False):
            first, second = abs(point - before) == 1, abs(after - point) == 1
            self.turns[point].append((wish, TURN if first != second else STRAIGHT_H if first else STRAIGHT_V))

    def _search(self, wish: Wish) -> tuple[list[int], float]:
        xs, ys, wide = self.xs, self.ys, len(self.xs)
        goal_x, goal_y = xs[wish.goal % wide], ys[wish.goal // wide]
        reach = max((abs(xs[point % wide] - goal_x) for point, _direction in wish.entries), default=0.0)
        thrift = TOGETHER if wish.together else 1.0
        best: dict[int, float] = {}
        came: dict[int, int] = {}
        heap: list[tuple[float, int, float, int]] = []
        serial = 0
        for point, direction, cost in wish.exits:
            state = point * 4 + direction
            best[state] = cost
            heapq.heappush(heap, (cost, serial, cost, state))
            serial += 1
        starts = set(best)
        while heap:
            _guess, _serial, cost, state = heapq.heappop(heap)
            if cost > best[state]:
                continue
            point, direction = divmod(state, 4)
            if state not in starts and (point, direction) in wish.entries:
                return _trace(state, came), cost
            at_start = state in starts
            for turn in (direction,) if at_start else (direction, (direction + 1) % 4, (direction + 3) % 4):
                step = self._step(wish, point, direction, turn, at_start)
                if step is None:
                    continue
                following, price = step
                reached = following * 4 + turn
                total = cost + price
                total += wish.entries.get((following, turn), 0.0)
                if total < best.get(reached, 1e18):
                    best[reached] = total
                    came[reached] = state
                    aside, apart = goal_x - xs[following % wide], goal_y - ys[following // wide]
                    ahead = (abs(aside) + abs(apart)) * thrift
                    # At least one bend more where the way ahead does not point at the goal.
                    off = abs(aside) > reach if turn in (UP, DOWN) else apart
                    serial += 1
                    heapq.heappush(heap, (total + ahead + (BEND if off else 0.0), serial, total, reached))
        raise RuntimeError("no way between two nodes: the grid has no channel around one of them")

    def _step(self, wish: Wish, point: int, direction: int, turn: int, at_start: bool) -> tuple[int, float] | None:
        """The next point in a direction and what going there costs; None where the way is barred."""
        wide = len(self.xs)
        column, row = point % wide, point // wide
        here = self.inside.get(point)
        if turn != direction and here is not None:
            return None
        if turn in (RIGHT, LEFT):
            other = column + (1 if turn == RIGHT else -1)
            if not 0 <= other < wide:
                return None
            following, price = row * wide + other, abs(self.xs[other] - self.xs[column])
        else:
            other = row + (1 if turn == DOWN else -1)
            if not 0 <= other < len(self.ys):
                return None
            following, price = other * wide + column, abs(self.ys[other] - self.ys[row])
        there = self.inside.get(following)
        if there is not None and not _may_enter(wish, here, there, following, turn):
            return None
        return following, self._price(wish, point, following, direction, turn, price, at_start, here)

    def _price(
        self,
        wish: Wish,
        point: int,
        following: int,
        direction: int,
        turn: int,
        length: float,
        at_start: bool,
        here: str | None,
    ) -> float:
        price = length
        beside = self.units.get((point, following) if point < following else (following, point))
        if beside:
            if all(_related(wish, other) for other in beside):
                price *= TOGETHER if wish.together else APART
                if at_start and wish.parts_ways and any(other.source == wish.source for other in beside):
                    price += SHARED_PORT
            else:
                price += CLASH
        if turn != direction:
            price += BEND
        if not at_start and here is None:
            price += self._meeting(wish, point, direction, turn)
        return price

    def _meeting(self, wish: Wish, point: int, direction: int, turn: int) -> float:
        """What passing a point costs for those who pass it already: a straight crossing is dear, a touch forbidden."""
        price = 0.0
        across = STRAIGHT_V if direction in (RIGHT, LEFT) else STRAIGHT_H
        for other, manner in self.turns.get(point, ()):
            if not _related(wish, other):
                price += CROSSING if turn == direction and manner == across else CLASH
            elif turn == direction and manner == across:
                price += CROSSING / 2
        return price


def _related(one: Wish, other: Wish) -> bool:
    return one.source == other.source or one.target == other.target


def _may_enter(wish: Wish, here: str | None, there: str, point: int, direction: int) -> bool:
    """A way enters its target at an entry or straight towards one, and is in its source only on its way out."""
    if there == wish.source and here == wish.source:
        return direction in (RIGHT, LEFT)
    if there != wish.target:
        return False
    if direction in (UP, DOWN):
        return (point, direction) in wish.entries
    return (point, direction) in wish.entries or (wish.goal, direction) in wish.entries


def _units(way: Sequence[int]) -> list[tuple[int, int]]:
    return [(a, b) if a < b else (b, a) for a, b in itertools.pairwise(way)]


def _trace(state: int, came: Mapping[int, int]) -> list[int]:
    way = [state // 4]
    while state in came:
        state = came[state]
        way.append(state // 4)
    return way[::-1]
