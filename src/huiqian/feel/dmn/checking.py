"""Checks a whole model and tells everything at once: what cannot work, and what is worth a look."""

from collections.abc import Iterator

from huiqian.feel.compiling.core import Reads
from huiqian.feel.dmn.conforming import Types
from huiqian.feel.dmn.coverage import coverage
from huiqian.feel.dmn.deciding import names_of
from huiqian.feel.dmn.findings import ERROR, HINT, WARNING, Finding
from huiqian.feel.dmn.logic import compile_logic
from huiqian.feel.dmn.model import Decision, Knowledge, Logic, Model, Table
from huiqian.feel.dmn.table_checking import Names, check_table
from huiqian.feel.errors import ExpressionError
from huiqian.feel.functions import BUILT_INS

_ORDER = {ERROR: 0, WARNING: 1, HINT: 2}


def check_model(model: Model, *, hints: bool = True) -> tuple[Finding, ...]:
    """All findings, errors first. With `hints`, also rules that overlap and cases that no rule covers."""
    names = names_of(model)
    found = [*_requirements(model), *_types(model, names)]
    for key, decision in model.decisions.items():
        found += _decision(model, key, decision, names, hints)
    for key, knowledge in model.knowledge.items():
        found += _logic(key, knowledge.definition.body, Names(names, _known_to_function(model, knowledge)))
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))


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
    yield from _names(model)
    needs = {key: decision.decisions for key, decision in model.decisions.items()}
    for key in _in_circles(needs):
        yield Finding("circle", element=key, params={"name": model.decisions[key].variable.name})
    # A knowledge model may call itself; several that need each other cannot be told which comes first.
    calls = {key: tuple(n for n in knowledge.knowledge if n != key) for key, knowledge in model.knowledge.items()}
    for key in _in_circles(calls):
        yield Finding("circle", element=key, params={"name": model.knowledge[key].variable.name})


def _names(model: Model) -> Iterator[Finding]:
    """Decisions of one name: asked for by its name, nobody knows which is meant."""
    seen: set[str] = set()
    for key, decision in model.decisions.items():
        if decision.variable.name in seen:
            yield Finding("double_name", WARNING, key, params={"name": decision.variable.name})
        seen.add(decision.variable.name)


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


def _decision(model: Model, key: str, decision: Decision, names: tuple[str, ...], hints: bool) -> Iterator[Finding]:
    scope = Names(names, _known_to_decision(model, decision))
    if decision.table is not None:
        found = list(check_table(key, decision.table, scope))
        yield from found
        if hints and not any(finding.severity == ERROR for finding in found):
            yield from coverage(key, decision.table, names)
    elif decision.logic is None:
        yield Finding("no_logic", WARNING, key)
    else:
        yield from _logic(key, decision.logic, scope)


def _known_to_decision(model: Model, decision: Decision) -> frozenset[str] | None:
    """What the decision may read; None (anything) where the model does not say what comes from outside."""
    if not model.inputs:
        return None
    found = {model.inputs[key].variable.name for key in decision.inputs if key in model.inputs}
    found |= {model.decisions[key].variable.name for key in decision.decisions if key in model.decisions}
    found |= {model.knowledge[key].variable.name for key in decision.knowledge if key in model.knowledge}
    return frozenset(found)


def _known_to_function(model: Model, knowledge: Knowledge) -> frozenset[str]:
    found = {parameter.name for parameter in knowledge.definition.parameters}
    found |= {model.knowledge[key].variable.name for key in knowledge.knowledge if key in model.knowledge}
    return frozenset(found)


def _logic(key: str, logic: Logic, names: Names) -> Iterator[Finding]:
    if isinstance(logic, Table):
        yield from check_table(key, logic, names)
        return
    reads = Reads()
    try:
        compile_logic(logic, names.spelled, reads, Types({}))
    except ExpressionError as error:
        yield Finding("expression", element=key, path="logic", error=error)
        return
    for name in sorted(names.unknown(reads) - BUILT_INS.keys()):
        yield Finding("unknown_name", WARNING, key, "logic", params={"name": name})
