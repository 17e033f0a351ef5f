"""From a tree to closures: one file per family of constructs, each naming the rules of the grammar it compiles."""

from huiqian.feel.compiling import arithmetic, calls, cells, collections, comparisons, control, literals, logic
from huiqian.feel.compiling.core import Reads, Scope, compile_node

__all__ = [
    "Reads", "Scope", "arithmetic", "calls", "cells", "collections", "comparisons", "compile_node", "control",
    "literals", "logic",
]  # fmt: skip
