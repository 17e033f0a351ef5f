"""Random processes to lay out: block structured, with lanes, loops, subprocesses, boundary events and long names."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

from huiqian.diagram import Flow, Graph, Lane, Layout, Node, Words, lay_out

STEPS = (
    ("编制市场调研策划书", "Draft the market research plan"),
    ("审核", "Review"),
    ("审批调研预算费用", "Approve the budget for research"),
    ("共同签准", "Joint signature"),
    (
        "向大客户经理分派调研任务并说明要求",
        "Assign the research tasks to the key account managers and explain what is asked",
    ),
    ("存档", "Archive"),
)
ANSWERS = (
    ("通过", "approved"),
    ("退回修改", "returned for changes"),
    ("年度、月度、重大专项", "annual, monthly, major"),
    ("常规", "regular"),
)
QUESTIONS = (("是否须总经理审核？", "Must the general manager review?"), ("通过？", "Approved?"), ("金额", "Amount"))
EVENTS = (("策划需求", "Research wanted"), ("策划书生效", "The plan is in force"), ("结束", "End"))
TRIGGERS = ("timer", "message", "error", "escalation", "signal")


class Writer:
    """Writes one random process; the same seed writes the same one."""

    def __init__(self, seed: int, *, lanes: int | None = None, budget: int | None = None) -> None:
        self.random = random.Random(seed)
        self.nodes: list[Node] = []
        self.flows: list[Flow] = []
        count = self.random.randint(0, 6) if lanes is None else lanes
        self.lanes = tuple(Lane(f"lane{n}", Words(f"岗位{n}", f"Position number {n}")) for n in range(count))
        self.lane = 0
        self.budget = self.random.randint(2, 16) if budget is None else budget

    def graph(self) -> Graph:
        """Start, a sequence, end."""
        first, last = self._sequence("", 0, "startEvent")
        end = self._node("endEvent", "", EVENTS)
        self._flow(last, end)
        assert first
        return Graph(Words("流程", "Process"), self.lanes, tuple(self.nodes), tuple(self.flows))

    def _sequence(self, scope: str, depth: int, opening: str) -> tuple[str, str]:
        first = last = self._node(opening, scope, EVENTS) if opening else ""
        for _part in range(self.random.randint(1, 4)):
            into, out = self._part(scope, depth)
            if last:
                self._flow(last, into)
            first, last = first or into, out
        return first, last

    def _part(self, scope: str, depth: int) -> tuple[str, str]:
        kinds = ["step"] * 5 + (
            ["choice", "parallel", "loop", "inclusive", "subprocess", "guarded"] if depth < 3 else []
        )
        kind = self.random.choice(kinds) if self.budget > 0 else "step"
        self.budget -= 1
        if kind == "step":
            step = self._step(scope)
            return step, step
        return getattr(self, f"_{kind}")(scope, depth)

    def _choice(self, scope: str, depth: int) -> tuple[str, str]:
        return self._branches("exclusiveGateway", scope, depth)

    def _parallel(self, scope: str, depth: int) -> tuple[str, str]:
        return self._branches("parallelGateway", scope, depth)

    def _inclusive(self, scope: str, depth: int) -> tuple[str, str]:
        return self._branches("inclusiveGateway", scope, depth)

    def _branches(self, kind: str, scope: str, depth: int) -> tuple[str, str]:
        fork = self._node(kind, scope, QUESTIONS if kind != "parallelGateway" else ())
        join = self._node(kind, scope, ())
        names = ANSWERS if kind != "parallelGateway" else ()
        for branch in range(self.random.randint(2, 4)):
            if branch and kind != "parallelGateway" and self.random.random() < 0.3:
                self._flow(fork, join, names, default=True)
                continue
            first, last = self._sequence(scope, depth + 1, "")
            self._flow(fork, first, names)
            self._flow(last, join)
        return fork, join

    def _loop(self, scope: str, depth: int) -> tuple[str, str]:
        first, last = self._sequence(scope, depth + 1, "")
        gateway = self._node("exclusiveGateway", scope, QUESTIONS)
        self._flow(last, gateway)
        self._flow(gateway, first, ANSWERS[1:2])
        return first, gateway

    def _subprocess(self, scope: str, depth: int) -> tuple[str, str]:
        box = self._node("subProcess", scope, STEPS, loop=self.random.choice(("", "parallel", "sequential")))
        _first, last = self._sequence(box, depth + 1, "startEvent")
        self._flow(last, self._node("endEvent", box, EVENTS))
        return box, box

    def _guarded(self, scope: str, depth: int) -> tuple[str, str]:
        step = self._step(scope)
        join = self._node("exclusiveGateway", scope, ())
        self._flow(step, join)
        for _event in range(self.random.randint(1, 3)):
            event = self._node("boundaryEvent", scope, EVENTS)
            trigger = self.random.choice(TRIGGERS)
            self.nodes[-1] = replace(
                self.nodes[-1], attached_to=step, trigger=trigger, interrupting=self.random.random() < 0.6,
                lane=next(node.lane for node in self.nodes if node.id == step),
            )  # fmt: skip
            first, last = self._sequence(scope, depth + 1, "")
            self._flow(event, first)
            self._flow(last, join)
        return step, join

    def _step(self, scope: str) -> str:
        kind = self.random.choice(("userTask",) * 4 + ("serviceTask", "businessRuleTask", "callActivity"))
        return self._node(kind, scope, STEPS, loop=self.random.choice(("", "", "", "parallel")))

    def _node(self, kind: str, scope: str, names: tuple[tuple[str, str], ...], loop: str = "") -> str:
        if self.lanes and self.random.random() < 0.45:
            self.lane = self.random.randrange(len(self.lanes))
        words = Words(*self.random.choice(names)) if names else Words()
        lane = self.lanes[self.lane].id if self.lanes else ""
        self.nodes.append(Node(f"n{len(self.nodes)}", kind, words, lane, scope, loop=loop))
        return self.nodes[-1].id

    def _flow(
        self, source: str, target: str, names: tuple[tuple[str, str], ...] = (), *, default: bool = False
    ) -> None:
        words = Words(*self.random.choice(names)) if names else Words()
        self.flows.append(Flow(f"f{len(self.flows)}", source, target, words, default))


def random_process(seed: int) -> Graph:
    """A random process; the same seed gives the same one."""
    return Writer(seed).graph()


@cache
def random_layout(seed: int) -> Layout:
    """Its layout, worked out once for all tests."""
    return lay_out(random_process(seed))
