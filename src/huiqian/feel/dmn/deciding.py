"""A model compiled: what a decision needs is decided first, once; then its own logic."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from huiqian.feel.compiling.core import Reads
from huiqian.feel.dmn.conforming import Types
from huiqian.feel.dmn.logic import boxed_function, compile_logic
from huiqian.feel.dmn.model import Decided, Decision, InputData, Literal, Model, Variable
from huiqian.feel.dmn.tables import CompiledTable
from huiqian.feel.errors import ExpressionError, Warning
from huiqian.feel.expressions import settled
from huiqian.feel.running import Code, Frame, Run
from huiqian.feel.values import Function


class Program:
    """What a Model's `decide` runs. Compiled lazily, a decision at a time, and kept."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.names = names_of(model)
        self.types = Types(model.types, self.names)
        self.codes: dict[str, Code] = {}
        self.by_name = {decision.variable.name: key for key, decision in model.decisions.items()}
        self.by_name |= {decision.name: key for key, decision in model.decisions.items() if decision.name}

    def decide(self, decision: str, inputs: Mapping[str, object], now: datetime | None) -> Decided:
        """See Model.decide."""
        key = decision if decision in self.model.decisions else self.by_name[decision]
        warnings: list[Warning] = []
        run = Run(now, warnings)
        try:
            value, matched = _Asked(self, inputs, run).outcome(key)
            return Decided(settled(value, run), matched, tuple(warnings))
        except RecursionError:
            raise ExpressionError("budget") from None

    def code(self, key: str) -> Code:
        """The logic of a decision."""
        code = self.codes.get(key)
        if code is None:
            decision = self.model.decisions[key]
            logic = decision.table or decision.logic or Literal("null")
            code = self.codes[key] = compile_logic(logic, self.names, Reads(), self.types)
        return code

    def function(self, key: str, names: Mapping[str, object], run: Run) -> Function:
        """A business knowledge model as a function; its body sees these names beside its parameters."""
        knowledge = self.model.knowledge[key]
        code = self.codes.get("()" + key)
        if code is None:
            code = self.codes["()" + key] = compile_logic(knowledge.definition.body, self.names, Reads(), self.types)
        frame = Frame(names, None, run)
        plain = boxed_function(knowledge.variable.name, knowledge.definition.parameters, code, frame, self.types)

        def call(run: Run, values: Sequence[object]) -> object:
            return self.types.conform(plain.call(run, values), knowledge.variable.type, run, plain.name)

        return Function(plain.name, plain.parameters, call)


class _Asked:
    """One question: values made on the way are kept, so that no decision is made twice."""

    def __init__(self, program: Program, inputs: Mapping[str, object], run: Run) -> None:
        self.program = program
        self.model = program.model
        self.inputs = inputs
        self.run = run
        self.made: dict[str, object] = {}
        self.known_functions: dict[str, Function] = {}

    def outcome(self, key: str) -> tuple[object, tuple[str, ...]]:
        decision = self.model.decisions[key]
        frame = Frame(self.names(decision), Frame(self.inputs, None, self.run), self.run)
        code = self.program.code(key)
        value, matched = code.ask(frame) if isinstance(code, CompiledTable) else (code(frame), ())
        return self.program.types.conform(value, decision.variable.type, self.run, decision.variable.name), matched

    def names(self, decision: Decision) -> dict[str, object]:
        """What the decision may read: its inputs, the decisions it needs, its functions."""
        found: dict[str, object] = {}
        for key in decision.inputs:
            data = self.model.inputs[key]
            found[data.variable.name] = self.input(data)
        for key in decision.decisions:
            found[self.model.decisions[key].variable.name] = self.value(key)
        return found | self.functions(decision.knowledge)

    def input(self, data: InputData) -> object:
        name, types = data.variable.name, self.program.types
        if name not in self.inputs:
            return self.run.warn("no_input", name=name)
        read = types.read(self.inputs[name], data.variable.type)
        return types.conform(read, data.variable.type, self.run, name)

    def value(self, key: str) -> object:
        if key not in self.made:
            self.made[key] = self.outcome(key)[0]
        return self.made[key]

    def functions(self, keys: Sequence[str]) -> dict[str, object]:
        found: dict[str, object] = {}
        for key in keys:
            if key not in self.known_functions:
                # Known before its own needs are looked up: a function may call itself.
                names: dict[str, object] = {}
                self.known_functions[key] = self.program.function(key, names, self.run)
                names.update(self.functions(self.model.knowledge[key].knowledge))
            found[self.model.knowledge[key].variable.name] = self.known_functions[key]
        return found


def names_of(model: Model) -> tuple[str, ...]:
    """All names of a model; those with spaces become one word of its expressions."""
    variables: list[Variable] = [decision.variable for decision in model.decisions.values()]
    variables += [data.variable for data in model.inputs.values()]
    for knowledge in model.knowledge.values():
        variables += [knowledge.variable, *knowledge.definition.parameters]
    names = {variable.name for variable in variables}
    waiting = list(model.types.values())
    while waiting:
        item = waiting.pop()
        names.add(item.name)
        waiting.extend(item.components)
    for decision in model.decisions.values():
        names |= {clause.name for clause in decision.table.outputs} if decision.table else set()
    return tuple(sorted(name for name in names if name))
