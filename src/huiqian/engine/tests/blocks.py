"""Random block-structured processes: as data, as BPMN, and run by a small interpreter that knows no tokens.

A block has one way in and one way out, so what it does can be said by recursion. That makes the interpreter an oracle
that shares nothing with the engine: it never sees a graph.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from random import Random

Values = Mapping[str, object]
Then = Callable[[], None]


@dataclass(frozen=True)
class Block:
    """`kind` says how `parts` go together; `name` is the element's id and the variable it is decided by."""

    kind: str
    name: str
    parts: tuple["Block", ...] = ()
    size: int = 0

    def walk(self, around: tuple[str, ...] = ()) -> list[tuple["Block", tuple[str, ...]]]:
        """Every block inside, with the kinds of those around it."""
        inner = (*around, self.kind)
        return [(self, around)] + [found for part in self.parts for found in part.walk(inner)]

    @cached_property
    def variables(self) -> dict[str, int]:
        """The variables that decide, and how many values each may take."""
        said: dict[str, int] = {}
        for block, _ in self.walk():
            if block.kind == "xor":
                said[block.name] = len(block.parts)
            elif block.kind == "loop":
                said[block.name] = 2
            elif block.kind == "or":
                said.update({f"{block.name}_{n}": 2 for n in range(len(block.parts))})
        return said


@dataclass
class Growing:
    """Grows random blocks."""

    random: Random
    count: int = 0

    def name(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def block(self, depth: int, alone: bool = False) -> Block:
        """A block at most `depth` deep; `alone`: one that never has two tokens."""
        kinds = ["task", "task", "seq"]
        if depth > 0:
            kinds += ["seq", "xor", "xor", "loop", "sub"]
            kinds += [] if alone else ["and", "and", "or", "multi", "members", "late", "beside", "turns"]
        kind = self.random.choice(kinds)
        name = self.name(kind[0] if kind != "task" else "t")
        if kind == "task":
            return Block(kind, name)
        if kind in ("multi", "turns"):
            return Block(kind, name, size=self.random.randint(1, 3))
        if kind in ("late", "beside"):
            return Block(kind, name, (self.block(depth - 1),))
        if kind == "members":
            return Block(kind, name, (self.block(depth - 1, True),), self.random.randint(1, 3))
        if kind in ("loop", "sub"):
            return Block(kind, name, (self.block(depth - 1, alone),))
        parts = self.random.randint(2, 3)
        return Block(kind, name, tuple(self.block(depth - 1, alone) for _ in range(parts)))


def grow(seed: int) -> Block:
    """The process of this seed: one in sixteen is deep, two in seven go round as a whole."""
    growing = Growing(Random(seed))
    depth = 3 if seed % 16 == 0 else 2
    parts = tuple(growing.block(depth) for _ in range(growing.random.randint(1, 3)))
    whole = Block("seq", "p", parts)
    return Block("loop", "l0", (whole,)) if seed % 7 < 2 else whole


# As BPMN, in the words of `drawing`.


@dataclass
class Drawing:
    """Writes blocks as lines; `equals` is how conditions compare."""

    equals: str = "="
    timer: str = "PT1H"
    lines: list[str] = field(default_factory=list)

    def process(self, block: Block) -> str:
        """The whole process."""
        self.lines += ["start begin", "end over"]
        first, last = self.draw(block)
        self.lines += [f"begin -> {first}", f"{last} -> over"]
        return "\n".join(self.lines)

    def draw(self, block: Block) -> tuple[str, str]:
        """Draw a block; the ids of its first and its last element."""
        return getattr(self, f"_{block.kind}")(block)

    def _task(self, block: Block) -> tuple[str, str]:
        self.lines.append(f"user {block.name}")
        return block.name, block.name

    def _multi(self, block: Block) -> tuple[str, str]:
        self.lines.append(f"user {block.name} multi={block.size}")
        return block.name, block.name

    def _turns(self, block: Block) -> tuple[str, str]:
        self.lines.append(f"user {block.name} multi={block.size} sequential=true")
        return block.name, block.name

    def _seq(self, block: Block) -> tuple[str, str]:
        ends = [self.draw(part) for part in block.parts] or [self._task(Block("task", block.name))]
        for (_, last), (first, _) in pairwise(ends):
            self.lines.append(f"{last} -> {first}")
        return ends[0][0], ends[-1][1]

    def _split(self, block: Block, tag: str, conditions: list[str]) -> tuple[str, str]:
        split, join = f"{block.name}_split", f"{block.name}_join"
        ends = [self.draw(part) for part in block.parts]
        default = f" {ends[-1][0]}" if conditions else ""
        self.lines += [f"{tag} {split}{default}", f"{tag} {join}"]
        for place, (first, last) in enumerate(ends):
            condition = f" if {conditions[place]}" if place < len(conditions) else ""
            self.lines += [f"{split} -> {first}{condition}", f"{last} -> {join}"]
        return split, join

    def _xor(self, block: Block) -> tuple[str, str]:
        return self._split(block, "xor", [f"{block.name} {self.equals} {n}" for n in range(len(block.parts) - 1)])

    def _and(self, block: Block) -> tuple[str, str]:
        return self._split(block, "and", [])

    def _or(self, block: Block) -> tuple[str, str]:
        return self._split(block, "or", [f"{block.name}_{n} {self.equals} 1" for n in range(len(block.parts) - 1)])

    def _loop(self, block: Block) -> tuple[str, str]:
        merge, split, after = f"{block.name}_merge", f"{block.name}_split", f"{block.name}_after"
        first, last = self.draw(block.parts[0])
        self.lines += [
            f"xor {merge}",
            f"xor {split} {after}",
            f"xor {after}",
            f"{merge} -> {first}",
            f"{last} -> {split}",
        ]
        self.lines += [f"{split} -> {merge} if {block.name} {self.equals} 1", f"{split} -> {after}"]
        return merge, after

    def _sub(self, block: Block, loop: str = "") -> tuple[str, str]:
        self.lines += [f"sub {block.name}{loop} {{", f"start {block.name}_begin", f"end {block.name}_over"]
        first, last = self.draw(block.parts[0])
        self.lines += [f"{block.name}_begin -> {first}", f"{last} -> {block.name}_over", "}"]
        return block.name, block.name

    def _members(self, block: Block) -> tuple[str, str]:
        return self._sub(block, f" multi={block.size}")

    def _late(self, block: Block) -> tuple[str, str]:
        task, timer, join = block.name, f"{block.name}_timer", f"{block.name}_join"
        first, last = self.draw(block.parts[0])
        self.lines += [f"user {task}", f"boundary {timer} on={task} timer={self.timer}", f"xor {join}"]
        self.lines += [f"{task} -> {join}", f"{timer} -> {first}", f"{last} -> {join}"]
        return task, join

    def _beside(self, block: Block) -> tuple[str, str]:
        task, timer, end = block.name, f"{block.name}_timer", f"{block.name}_end"
        first, last = self.draw(block.parts[0])
        self.lines += [
            f"user {task}",
            f"boundary {timer} on={task} timer={self.timer} interrupting=false",
            f"end {end}",
        ]
        self.lines += [f"{timer} -> {first}", f"{last} -> {end}"]
        return task, task


# Run, by recursion: what comes after a block is a function.


class Interpreter:
    """Runs a block; `offered` is what somebody may do now, by name, each with what it does."""

    def __init__(self, block: Block, values: Values) -> None:
        self.values = values
        self.offered: list[tuple[str, Then]] = []
        self.ended = False
        self._scope(block, self._end)

    def names(self) -> list[str]:
        """What is offered, sorted."""
        return sorted(name for name, _ in self.offered)

    def do(self, name: str, values: Values) -> None:
        """Do the oldest thing of this name that is offered."""
        self.values = values
        next(act for offer, act in self.offered if offer == name)()

    def _end(self) -> None:
        self.ended = True

    def _offer(self, name: str, then: Then, until: list[Then] | None = None) -> None:
        """Offer something once; doing one thing of `until` takes all of them back."""

        def act() -> None:
            for other in [act] if until is None else until:
                self.offered = [offer for offer in self.offered if offer[1] is not other]
            then()

        if until is not None:
            until.append(act)
        self.offered.append((name, act))

    def _scope(self, block: Block, then: Then) -> None:
        scope = _Scope(then)
        self._run(block, scope.done, scope)

    def _together(self, count: int, then: Then) -> Then:
        missing = [count]

        def arrived() -> None:
            missing[0] -= 1
            if missing[0] == 0:
                then()

        return arrived

    def _run(self, block: Block, then: Then, scope: "_Scope") -> None:
        """Begin a block; `then` is what comes after it."""
        getattr(self, f"_{block.kind}")(block, then, scope)

    def _task(self, block: Block, then: Then, scope: "_Scope") -> None:
        self._offer(block.name, then)

    def _seq(self, block: Block, then: Then, scope: "_Scope", at: int = 0) -> None:
        if not block.parts:
            self._offer(block.name, then)
        elif at == len(block.parts):
            then()
        else:
            self._run(block.parts[at], lambda: self._seq(block, then, scope, at + 1), scope)

    def _xor(self, block: Block, then: Then, scope: "_Scope") -> None:
        self._run(block.parts[min(int(str(self.values[block.name])), len(block.parts) - 1)], then, scope)

    def _and(self, block: Block, then: Then, scope: "_Scope") -> None:
        self._all(block.parts, then, scope)

    def _or(self, block: Block, then: Then, scope: "_Scope") -> None:
        chosen = [part for n, part in enumerate(block.parts[:-1]) if self.values.get(f"{block.name}_{n}") == 1]
        self._all(chosen or block.parts[-1:], then, scope)

    def _all(self, parts: Sequence[Block], then: Then, scope: "_Scope") -> None:
        arrived = self._together(len(parts), then)
        for part in parts:
            self._run(part, arrived, scope)

    def _loop(self, block: Block, then: Then, scope: "_Scope") -> None:
        def check() -> None:
            if self.values[block.name] == 1:
                self._loop(block, then, scope)
            else:
                then()

        self._run(block.parts[0], check, scope)

    def _sub(self, block: Block, then: Then, scope: "_Scope") -> None:
        self._scope(block.parts[0], then)

    def _members(self, block: Block, then: Then, scope: "_Scope") -> None:
        arrived = self._together(block.size, then)
        for _ in range(block.size):
            self._scope(block.parts[0], arrived)

    def _multi(self, block: Block, then: Then, scope: "_Scope") -> None:
        arrived = self._together(block.size, then)
        for _ in range(block.size):
            self._offer(block.name, arrived)

    def _turns(self, block: Block, then: Then, scope: "_Scope", done: int = 1) -> None:
        self._offer(block.name, then if done == block.size else lambda: self._turns(block, then, scope, done + 1))

    def _late(self, block: Block, then: Then, scope: "_Scope") -> None:
        """A task with a timer that interrupts it: one or the other."""
        either: list[Then] = []
        self._offer(block.name, then, either)
        self._offer(f"{block.name}_timer", lambda: self._run(block.parts[0], then, scope), either)

    def _beside(self, block: Block, then: Then, scope: "_Scope") -> None:
        """A task with a timer that does not interrupt: what it starts keeps the scope alive, not the block."""
        name = f"{block.name}_timer"

        def fire() -> None:
            scope.threads += 1
            self._run(block.parts[0], scope.done, scope)

        both: list[Then] = []
        self._offer(block.name, then, both)
        self._offer(name, fire)
        both.append(self.offered[-1][1])


@dataclass
class _Scope:
    """A process or a subprocess: over when its last thread is."""

    then: Then
    threads: int = 1

    def done(self) -> None:
        self.threads -= 1
        if self.threads == 0:
            self.then()
