"""Decision tables, compiled: which rules fit is a set of bits per column; what they say follows the hit policy."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from lark import Token, Tree

from huiqian.feel.comparison import equal
from huiqian.feel.compiling.cells import Test, compile_tests
from huiqian.feel.compiling.comparisons import VALUE
from huiqian.feel.compiling.core import Reads, Scope, compile_node
from huiqian.feel.compiling.literals import Constant
from huiqian.feel.dmn.model import OutputClause, Table
from huiqian.feel.formatting import literal
from huiqian.feel.functions import BUILT_INS, call_by_position
from huiqian.feel.parsing import parse
from huiqian.feel.running import Code, Frame, Run
from huiqian.feel.values import enter

Hits = list[int]
Outcome = tuple[object, tuple[str, ...]]


class Column:
    """An input column: for texts, numbers and truth values that a cell simply names, a look-up; else the tests."""

    __slots__ = ("always", "code", "expression", "known", "limit", "tests")

    def __init__(
        self, expression: str, cells: Sequence[str], names: Sequence[str], free: Reads, values: str = ""
    ) -> None:
        self.expression = expression
        self.limit = compile_limit(values, names, free)
        self.code = compile_node(parse(expression, names), Scope(free, inner=True))
        self.always = 0
        self.known: dict[tuple[type, object], int] = {}
        grouped: dict[str, int] = {}
        for place, cell in enumerate(cells):
            grouped[cell.strip() or "-"] = grouped.get(cell.strip() or "-", 0) | 1 << place
        self.tests: list[tuple[Test, int, bool]] = []
        for cell, mask in grouped.items():
            self.add(cell, mask, names, free)

    def add(self, cell: str, mask: int, names: Sequence[str], free: Reads) -> None:
        """Take in the rules that have this cell."""
        tree = parse(cell, names, tests=True)
        if tree.data == "any_value":
            self.always |= mask
            return
        values = named_values(tree)
        if values is not None:
            for value in values:
                self.known[type(value), value] = self.known.get((type(value), value), 0) | mask
            return
        reads = Reads()
        test = compile_tests(tree, Scope(reads, inner=True))
        reads.discard(VALUE)
        reads.certain.discard(VALUE)
        free.join(reads)
        self.tests.append((test, mask, bool(reads)))

    def fitting(self, frame: Frame, wanted: int) -> int:
        """The rules among `wanted` whose cell fits the value of this column's expression."""
        value = self.code(frame)
        cls = type(value)
        fits = self.always
        if cls in _NAMEABLE:
            fits |= self.known.get((cls, value), 0)
        if self.limit is not None:
            check_limit(self.limit, value, frame, "input_limit", self.expression)
        if self.tests:
            inner = Frame({VALUE: value}, frame, frame.run)
            for test, mask, _ in self.tests:
                if mask & wanted & ~fits and test(inner, value):
                    fits |= mask
        return fits & wanted


_NAMEABLE: Final = frozenset({str, Decimal, bool})


def compile_limit(values: str, names: Sequence[str], free: Reads) -> Test | None:
    """The values that a column may have, as a test; None for any."""
    if not values:
        return None
    reads = Reads()
    test = compile_tests(parse(values, names, tests=True), Scope(reads, inner=True))
    reads.discard(VALUE)
    reads.certain.discard(VALUE)
    free.join(reads)
    return test


def check_limit(limit: Test, value: object, frame: Frame, code: str, name: str) -> None:
    """Warn of a value that its column does not list. The decision goes on with it."""
    if frame.run.warnings is None or value is None:
        return
    quiet = Run(frame.run.now, None)
    quiet.steps = frame.run.steps
    fits = limit(Frame({VALUE: value}, frame, quiet), value)
    frame.run.steps = quiet.steps
    if not fits:
        frame.run.warn(code, name=name, value=literal(value)[:60])


def named_values(tree: Tree[Token]) -> list[object] | None:
    """The values of a cell that only lists texts, numbers, true or false; None for every other cell."""
    if tree.data == "unary_tests":
        tree = tree.children[0]  # type: ignore[assignment]
    if tree.data != "tests":
        return None
    codes = [_constant(child) for child in tree.children]
    values = [code.value for code in codes if code is not None and type(code.value) in _NAMEABLE]
    return values if len(values) == len(codes) else None


def _constant(node: object) -> Constant | None:
    if isinstance(node, Tree) and node.data in ("string", "number", "true", "false", "negation"):
        code = compile_node(node, Scope(Reads()))
        return code if isinstance(code, Constant) else None
    return None


class CompiledTable:
    """A table ready to be asked any number of times."""

    def __init__(self, table: Table, names: Sequence[str], free: Reads) -> None:
        self.table = table
        self.columns = [
            Column(clause.expression, [rule.inputs[place] for rule in table.rules], names, free, clause.values)
            for place, clause in enumerate(table.inputs)
        ]
        self.outputs = [
            [self.output(rule.outputs[place], names, free) for rule in table.rules]
            for place in range(len(table.outputs))
        ]
        self.defaults = [self.output(clause.default, names, free) for clause in table.outputs]
        self.ranks = [self.rank(clause, names, free) for clause in table.outputs]
        self.limits = [compile_limit(clause.values, names, free) for clause in table.outputs]
        self.all = (1 << len(table.rules)) - 1
        self.ids = tuple(rule.id for rule in table.rules)
        self.settle = POLICIES[table.hit_policy]

    def output(self, text: str, names: Sequence[str], free: Reads) -> Code:
        """An output cell; an empty one (or a dash) says null."""
        if text.strip() in ("", "-"):
            return Constant(None)
        return compile_node(parse(text, names), Scope(free, inner=True))

    def rank(self, clause: OutputClause, names: Sequence[str], free: Reads) -> list[Code]:
        """The possible outputs, the most important first."""
        if not clause.values:
            return []
        tests = parse(clause.values, names, tests=True)
        inner = tests.children[0] if tests.data == "unary_tests" else tests
        parts = inner.children if isinstance(inner, Tree) and inner.data == "tests" else []
        plain = [part for part in parts if isinstance(part, Tree) and part.data != "half_open"]
        return [compile_node(part, Scope(free, inner=True)) for part in plain]

    def __call__(self, frame: Frame) -> object:
        """The table's value."""
        return self.ask(frame)[0]

    def ask(self, frame: Frame) -> Outcome:
        """The table's value and the ids of the rules it comes from, in the order in which they count."""
        fits = self.all
        frame.run.spend(1 + len(self.columns))
        for column in self.columns:
            fits = column.fitting(frame, fits)
            if not fits:
                break
        hits = _places(fits)
        frame.run.spend(len(hits))
        if not hits:
            return self.said(self.defaults, frame), ()
        hits = _deciding(self, hits, frame)
        return self.settle(self, hits, frame), tuple(self.ids[place] for place in hits)

    def says(self, place: int, frame: Frame) -> object:
        """What one rule says: its output, or a context of them."""
        said = self.said([column[place] for column in self.outputs], frame)
        for clause, limit in zip(self.table.outputs, self.limits, strict=True):
            if limit is not None:
                value = said.get(clause.name) if len(self.outputs) > 1 and isinstance(said, dict) else said
                check_limit(limit, value, frame, "output_limit", clause.label or clause.name)
        return said

    def said(self, codes: Sequence[Code], frame: Frame) -> object:
        """One output as it is, several as a context; all null as null."""
        if len(codes) == 1:
            return codes[0](frame)
        values = [code(frame) for code in codes]
        if codes is self.defaults and all(value is None for value in values):
            return None
        return {clause.name: value for clause, value in zip(self.table.outputs, values, strict=True)}


def _places(mask: int) -> Hits:
    places: Hits = []
    while mask:
        low = mask & -mask
        places.append(low.bit_length() - 1)
        mask ^= low
    return places


def _unique(table: CompiledTable, hits: Hits, frame: Frame) -> object:
    if len(hits) > 1:
        rules = ", ".join(str(place + 1) for place in hits[:10])
        return frame.run.warn("several_rules", rules=rules)
    return table.says(hits[0], frame)


def _any(table: CompiledTable, hits: Hits, frame: Frame) -> object:
    first, *others = (table.says(place, frame) for place in hits)
    for other in others:
        if equal(first, other, frame.run) is not True:
            return frame.run.warn("rules_differ")
    return first


def _one(table: CompiledTable, hits: Hits, frame: Frame) -> object:
    return table.says(hits[0], frame)


def _by_priority(table: CompiledTable, hits: Hits, frame: Frame) -> Hits:
    """The most important first: by the first output's list of values, then the second's…; of a P table only that."""
    ranks = [[code(frame) for code in rank] for rank in table.ranks]

    def weigh(place: int) -> tuple[int, ...]:
        weights = []
        for column, rank in zip(table.outputs, ranks, strict=True):
            if rank:
                value = column[place](frame)
                same = (at for at, known in enumerate(rank) if equal(value, known, frame.run) is True)
                weights.append(next(same, len(rank)))
        return tuple(weights)

    ordered = sorted(hits, key=weigh)
    return ordered[:1] if table.table.hit_policy == "P" else ordered


def _deciding(table: CompiledTable, hits: Hits, frame: Frame) -> Hits:
    """The rules that count: of all that fit, the first one (F) or the most important one (P), else all."""
    if table.table.hit_policy == "F":
        return hits[:1]
    return _by_priority(table, hits, frame) if table.table.hit_policy in "PO" else hits


def _rule_order(table: CompiledTable, hits: Hits, frame: Frame) -> object:
    return [table.says(place, frame) for place in hits]


def _collect(table: CompiledTable, hits: Hits, frame: Frame) -> object:
    """What the rules say as a list, or what the function of the same name makes of it (DMN 1.3 §8.2.10)."""
    said = [enter(table.says(place, frame)) for place in hits]
    name = _AGGREGATES.get(table.table.aggregation)
    return call_by_position(BUILT_INS[name], [said], frame.run) if name else said


_AGGREGATES: Final = {"+": "sum", "<": "min", ">": "max", "#": "count"}
POLICIES: Final[dict[str, Callable[[CompiledTable, Hits, Frame], object]]] = {
    "U": _unique, "A": _any, "F": _one, "P": _one, "R": _rule_order, "O": _rule_order, "C": _collect,
}  # fmt: skip
