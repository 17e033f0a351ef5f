"""Checks a whole model and tells everything at once: what cannot work, and what is worth a look."""

from collections.abc import Iterator

from huiqian.feel.dmn.conforming import Types
from huiqian.feel.dmn.coverage import coverage
from huiqian.feel.dmn.deciding import compile_logic, names_of
from huiqian.feel.dmn.findings import HINT, WARNING, Finding
from huiqian.feel.dmn.model import Decision, Logic, Model, Table
from huiqian.feel.dmn.tables import Column, CompiledTable
from huiqian.feel.errors import ExpressionError


def check_model(model: Model, *, hints: bool = True) -> tuple[Finding, ...]:
    """All findings, errors first. With `hints`, also rules that overlap and cases that no rule covers."""
    names = names_of(model)
    found = [*_requirements(model), *_types(model, names)]
    for key, decision in model.decisions.items():
        found += _decision(key, decision, names, hints)
    for key, knowledge in model.knowledge.items():
        found += _logic(key, knowledge.definition.body, names)
    order = {"error": 0, WARNING: 1, HINT: 2}
    return tuple(sorted(found, key=lambda finding: order[finding.severity]))


def _requirements(model: Model) -> Iterator[Finding]:
    for key, decision in model.decisions.items():
        for needed, known in (
            (decision.decisions, model.decisions),
            (decision.inputs, model.inputs),
            (decision.knowledge, model.knowledge),
        ):
            for target in needed:
                if target not in known:
                    yield Finding("dangling", element=key, params={"name": target})
    for key, knowledge in model.knowledge.items():
        for target in knowledge.knowledge:
            if target not in model.knowledge:
                yield Finding("dangling", element=key, params={"name": target})
    needs = {key: decision.decisions for key, decision in model.decisions.items()}
    for key in _in_circles(needs):
        yield Finding("circle", element=key, params={"name": model.decisions[key].variable.name})
    # A knowledge model may call itself; several that need each other cannot be told which comes first.
    calls = {key: tuple(n for n in knowledge.knowledge if n != key) for key, knowledge in model.knowledge.items()}
    for key in _in_circles(calls):
        yield Finding("circle", element=key, params={"name": model.knowledge[key].variable.name})


def _in_circles(needs: dict[str, tuple[str, ...]]) -> list[str]:
    """Those that need themselves, by however long a way: what is left when all that can be decided has been."""
    left = {key: {need for need in needed if need in needs} for key, needed in needs.items()}
    while True:
        ready = {key for key, needed in left.items() if not needed}
        if not ready:
            return sorted(left)
        left = {key: needed - ready for key, needed in left.items() if key not in ready}


def _types(model: Model, names: tuple[str, ...]) -> Iterator[Finding]:
    try:
        types = Types(model.types, names)
    except ExpressionError as error:
        yield Finding("expression", error=error)
        return
    variables = [(key, decision.variable) for key, decision in model.decisions.items()]
    variables += [(key, data.variable) for key, data in model.inputs.items()]
    for key, variable in variables:
        if not types.known(variable.type):
            yield Finding("unknown_type", WARNING, key, params={"found": variable.type})


def _decision(key: str, decision: Decision, names: tuple[str, ...], hints: bool) -> Iterator[Finding]:
    if decision.table is not None:
        yield from _table(key, decision.table, names, hints)
    elif decision.logic is None:
        yield Finding("no_logic", WARNING, key)
    else:
        yield from _logic(key, decision.logic, names)


def _logic(key: str, logic: Logic, names: tuple[str, ...]) -> Iterator[Finding]:
    if isinstance(logic, Table):
        yield from _table(key, logic, names, False)
        return
    try:
        compile_logic(logic, names, set())
    except ExpressionError as error:
        yield Finding("expression", element=key, path="logic", error=error)


def _table(key: str, table: Table, names: tuple[str, ...], hints: bool) -> Iterator[Finding]:
    found = [*_shape(key, table), *_clauses(key, table, names), *_cells(key, table, names)]
    yield from found
    if hints and not any(finding.severity == "error" for finding in found):
        yield from coverage(key, table, names)


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
                yield Finding("output_name", "error", key, f"outputs.{place}.name", 0, len(table.inputs) + place + 1)
    if table.aggregation and table.hit_policy != "C":
        yield Finding("aggregation_policy", element=key)
    if table.hit_policy in "PO" and not any(clause.values for clause in table.outputs):
        yield Finding("no_priorities", element=key)


def _clauses(key: str, table: Table, names: tuple[str, ...]) -> Iterator[Finding]:
    width = len(table.inputs)
    for place, clause in enumerate(table.inputs):
        for part, text in (("expression", clause.expression), ("values", clause.values)):
            if text or part == "expression":
                cells = [text] if part == "values" else []
                expression = "null" if part == "values" else text
                yield from _tried(
                    lambda e=expression, c=cells: Column(e, c, names, set()),
                    Finding("expression", "error", key, f"inputs.{place}.{part}", 0, place + 1),
                )
    for place, output in enumerate(table.outputs):
        for part, text in (("values", output.values), ("default", output.default)):
            single = Table("C", "", (), (output,), ())
            if text:
                yield from _tried(
                    lambda t=single: CompiledTable(t, names, set()),
                    Finding("expression", "error", key, f"outputs.{place}.{part}", 0, width + place + 1),
                )
                break


def _cells(key: str, table: Table, names: tuple[str, ...]) -> Iterator[Finding]:
    seen: set[str] = set()
    empty = CompiledTable(Table("C", "", (), (), ()), names, set())
    for row, rule in enumerate(table.rules):
        if rule.id in seen:
            yield Finding("double_id", "error", key, f"rows.{row}.id", row + 1, params={"name": rule.id})
        seen.add(rule.id)
        wanted, found = len(table.inputs) + len(table.outputs), len(rule.inputs) + len(rule.outputs)
        if (len(rule.inputs), len(rule.outputs)) != (len(table.inputs), len(table.outputs)):
            params = {"row": row + 1, "wanted": wanted, "found": found}
            yield Finding("cells", "error", key, f"rows.{row}", row + 1, params=params)
        for place, cell in enumerate(rule.inputs):
            yield from _tried(
                lambda c=cell: Column("null", [c], names, set()),
                Finding("expression", "error", key, f"rows.{row}.inputs.{place}", row + 1, place + 1),
            )
        for place, cell in enumerate(rule.outputs):
            column = len(table.inputs) + place + 1
            yield from _tried(
                lambda c=cell: empty.output(c, names, set()),
                Finding("expression", "error", key, f"rows.{row}.outputs.{place}", row + 1, column),
            )


def _tried(work: object, finding: Finding) -> Iterator[Finding]:
    """The finding, with the error, where the work raises one."""
    from dataclasses import replace

    assert callable(work)
    try:
        work()
    except ExpressionError as error:
        yield replace(finding, error=error)
