"""Boxed expressions (DMN 1.3 §10.2.1) as closures; where they name a type, their value is made to fit it or is null."""

from collections.abc import Sequence

from huiqian.feel.compiling.control import closure
from huiqian.feel.compiling.core import Reads, Scope, compile_node
from huiqian.feel.dmn.conforming import Types
from huiqian.feel.dmn.model import Context, Definition, Invocation, Listing, Literal, Logic, Relation, Table, Variable
from huiqian.feel.dmn.tables import CompiledTable
from huiqian.feel.parsing import parse
from huiqian.feel.running import Code, Frame, Run
from huiqian.feel.values import Function, enter

# What a call of a boxed function costs beside what happens in it.
COST = 10


def compile_logic(logic: Logic, names: Sequence[str], free: Reads, types: Types) -> Code:
    """The closure of any boxed expression; `free` gathers the names it reads. Raises ExpressionError."""
    return _Boxes(names, free, types).code(logic)


def boxed_function(name: str, parameters: Sequence[Variable], body: Code, frame: Frame, types: Types) -> Function:
    """A function whose arguments are made to fit the parameters' types."""
    names = tuple(parameter.name for parameter in parameters)
    plain = closure(name, names, [None] * len(names), body, frame, COST)

    def call(run: Run, values: Sequence[object]) -> object:
        if len(values) == len(parameters):
            pairs = zip(values, parameters, strict=True)
            values = [types.conform(value, wanted.type, run, wanted.name) for value, wanted in pairs]
        return plain.call(run, values)

    return Function(name, names, call)


class _Boxes:
    def __init__(self, names: Sequence[str], free: Reads, types: Types) -> None:
        self.names = names
        self.free = free
        self.types = types

    def code(self, logic: Logic) -> Code:
        match logic:
            case Table():
                return CompiledTable(logic, self.names, self.free)
            case Literal():
                return self.typed(self.text(logic.text), logic.type)
            case Invocation():
                return self.typed(self.invocation(logic), logic.type)
            case Context():
                return self.context(logic)
            case Listing():
                items = [self.code(item) for item in logic.items]
                return lambda frame: [item(frame) for item in items]
            case Relation():
                return self.relation(logic)
            case Definition():
                return self.definition(logic)

    def text(self, text: str) -> Code:
        return compile_node(parse(text, self.names), Scope(self.free, inner=True))

    def typed(self, code: Code, wanted: str) -> Code:
        if not wanted:
            return code
        return lambda frame: self.types.conform(code(frame), wanted, frame.run, "")

    def invocation(self, logic: Invocation) -> Code:
        """As the call with named arguments that it stands for."""
        function = self.text(logic.function)
        bindings = [(name, self.code(bound)) for name, bound in logic.bindings]

        def run(frame: Frame) -> object:
            called = function(frame)
            if not isinstance(called, Function):
                return frame.run.warn("not_a_function", name=logic.function[:60])
            values = {name: code(frame) for name, code in bindings}
            if set(values) - set(called.parameters):
                return frame.run.warn("arguments", name=called.name)
            return called.call(frame.run, [values.get(name) for name in called.parameters])

        return run

    def context(self, logic: Context) -> Code:
        known = [*self.names, *(variable.name for variable, _ in logic.entries if variable)]
        inside = _Boxes(known, self.free, self.types)
        codes = [(variable, inside.code(part)) for variable, part in logic.entries]

        def run(frame: Frame) -> object:
            values: dict[str, object] = {}
            inner = Frame(values, frame, frame.run)
            for variable, code in codes:
                if variable is None:
                    return code(inner)
                value = enter(code(inner))
                values[variable.name] = self.types.conform(value, variable.type, frame.run, variable.name)
            return values

        return run

    def relation(self, logic: Relation) -> Code:
        rows = [[self.code(cell) for cell in row] for row in logic.rows]
        return lambda frame: [dict(zip(logic.columns, (cell(frame) for cell in row), strict=True)) for row in rows]

    def definition(self, logic: Definition) -> Code:
        known = [*self.names, *(parameter.name for parameter in logic.parameters)]
        body = _Boxes(known, self.free, self.types).code(logic.body)
        return lambda frame: boxed_function("function", logic.parameters, body, frame, self.types)
