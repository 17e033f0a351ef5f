"""and, or (three-valued; DMN 1.3 table 50)."""

from huiqian.feel.compiling.core import Node, Scope, compile_node, compiles, parts, place_of
from huiqian.feel.running import Code, Frame
from huiqian.feel.values import kind


@compiles("and", "or")
def _chain(node: Node, scope: Scope) -> Code:
    codes = tuple(compile_node(part, scope) for part in parts(node))
    decisive = node.data == "or"
    word, place = str(node.data), place_of(node)

    def run(frame: Frame) -> bool | None:
        unknown = False
        for code in codes:
            value = code(frame)
            if value is decisive:
                return decisive
            if value is not (not decisive):
                unknown = True
                if value is not None:
                    frame.run.warn("not_boolean", place, operator=word, kind=kind(value))
        return None if unknown else not decisive

    return run
