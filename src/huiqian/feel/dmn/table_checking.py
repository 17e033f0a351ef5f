"""Checks one decision table, cell by cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from huiqian.feel.compiling.cells import Test, compile_tests
from huiqian.feel.compiling.core import Reads, Scope
from huiqian.feel.dmn.findings import ERROR, WARNING, Finding
from huiqian.feel.dmn.model import OutputClause, Table
from huiqian.feel.dmn.naming import gather_values, holds
from huiqian.feel.dmn.tables import Column, CompiledTable
from huiqian.feel.errors import ExpressionError
from huiqian.feel.formatting import literal
from huiqian.feel.functions import BUILT_INS
from huiqian.feel.parsing import parse


@dataclass(frozen=True, slots=True)
class Names:
    """The spelling of all of a model's names, and those that may be read here (None: it is not said)."""

    spelled: tuple[str, ...]
    known: frozenset[str] | None

    def unknown(self, reads: Reads) -> set[str]:
        """Names that are read though nobody gives them a value."""
        return set() if self.known is None else reads.certain - self.known


def check_table(key: str, table: Table, names: Names) -> Iterator[Finding]:
    """Everything that is wrong with a table."""
    yield from _shape(key, table)
    tested = Reads()
    for place, clause in enumerate(table.inputs):
        yield from _input(key, place, clause.expression, clause.values, names, tested)
    for place, output in enumerate(table.outputs):
        yield from _output(key, len(table.inputs), place, output, names)
    known = (names.known or frozenset()) | tested | BUILT_INS.keys()
    yield from _rows(key, table, Names(names.spelled, frozenset(known)))


def _shape(key: str, table: Table) -> Iterator[Finding]:
    if not table.outputs:
        yield Finding("no_outputs", element=key)
    if not table.rules:
        yield Finding("no_rules", WARNING, key)
    if len(table.outputs) > 1:
        if table.aggregation:
            yield Finding("aggregates_one", element=key)
        for place, clause in enumerate(table.outputs):
            same = [other.name for other in table.outputs].count(clause.name)
            if not clause.name or same > 1:
                yield Finding("output_name", ERROR, key, f"outputs.{place}.name", 0, len(table.inputs) + place + 1)
    if table.aggregation and table.hit_policy != "C":
        yield Finding("aggregation_policy", element=key)
    if table.hit_policy in "PO" and not any(clause.values for clause in table.outputs):
        yield Finding("no_priorities", element=key)


def _input(key: str, place: int, expression: str, values: str, names: Names, tested: Reads) -> Iterator[Finding]:
    finding = Finding("expression", ERROR, key, f"inputs.{place}.expression", 0, place + 1)
    reads = Reads()
    yield from _tried(lambda: Column(expression, [], names.spelled, reads), finding)
    for name in sorted(names.unknown(reads) - BUILT_INS.keys()):
        yield replace(finding, code="unknown_name", severity=WARNING, params={"name": name})
    tested.join(reads)
    if values:
        limits = replace(finding, path=f"inputs.{place}.values")
        yield from _tried(lambda: Column("null", [values], names.spelled, Reads()), limits)


def _output(key: str, width: int, place: int, clause: OutputClause, names: Names) -> Iterator[Finding]:
    for part, one in (("values", replace(clause, default="")), ("default", replace(clause, values=""))):
        finding = Finding("expression", ERROR, key, f"outputs.{place}.{part}", 0, width + place + 1)
        table = Table("C", "", (), (one,), ())
        yield from _tried(partial(CompiledTable, table, names.spelled, Reads()), finding)


def _rows(key: str, table: Table, names: Names) -> Iterator[Finding]:
    seen: set[str] = set()
    empty = CompiledTable(Table("C", "", (), (), ()), names.spelled, Reads())
    width = len(table.inputs)
    limits = [_limit(clause.values, names) for clause in table.inputs]
    says = [_limit(clause.values, names) for clause in table.outputs]
    for row, rule in enumerate(table.rules):
        if rule.id in seen:
            yield Finding("double_id", ERROR, key, f"rows.{row}.id", row + 1, params={"name": rule.id})
        seen.add(rule.id)
        if (len(rule.inputs), len(rule.outputs)) != (width, len(table.outputs)):
            wanted, found = width + len(table.outputs), len(rule.inputs) + len(rule.outputs)
            params = {"row": row + 1, "wanted": wanted, "found": found}
            yield Finding("cells", ERROR, key, f"rows.{row}", row + 1, params=params)
        for place, cell in enumerate(rule.inputs):
            allowed = limits[place] if place < width else None
            finding = Finding("expression", ERROR, key, f"rows.{row}.inputs.{place}", row + 1, place + 1)
            yield from _cell(partial(Column, "null", [cell], names.spelled), finding, names)
            yield from _allowed(cell, allowed, finding, names)
        for place, cell in enumerate(rule.outputs):
            finding = Finding("expression", ERROR, key, f"rows.{row}.outputs.{place}", row + 1, width + place + 1)
            yield from _cell(partial(empty.output, cell, names.spelled), finding, names)
            yield from _allowed(cell, says[place] if place < len(says) else None, finding, names)


def _cell(compile_: Callable[[Reads], object], finding: Finding, names: Names) -> Iterator[Finding]:
    reads = Reads()
    yield from _tried(lambda: compile_(reads), finding)
    for name in sorted(names.unknown(reads)):
        yield replace(finding, code="unknown_in_cell", params={"name": name})


def _tried(work: Callable[[], object], finding: Finding) -> Iterator[Finding]:
    """The finding, with the error, where the work raises one."""
    try:
        work()
    except ExpressionError as error:
        yield replace(finding, error=error)


def _limit(values: str, names: Names) -> Test | None:
    """The values that a column may have, as a test."""
    try:
        tree = parse(values, names.spelled, tests=True) if values else None
    except ExpressionError:
        return None
    # Only a list of values: what computes something is not run while a file is checked.
    return compile_tests(tree, Scope(Reads(), inner=True)) if tree is not None and gather_values(tree, []) else None


def _allowed(cell: str, limit: Test | None, finding: Finding, names: Names) -> Iterator[Finding]:
    """Texts, numbers and dates that a cell names though the column cannot have them: mistyped, most often."""
    if limit is None or cell.strip() in ("", "-"):
        return
    named: list[object] = []
    try:
        gather_values(parse(cell, names.spelled, tests=True), named)
    except ExpressionError:
        return
    for value in named:
        if value is not None and not holds(limit, value):
            yield replace(finding, code="not_allowed", severity=WARNING, params={"value": literal(value)})
