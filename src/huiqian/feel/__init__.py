"""Expressions (FEEL, DMN 1.3 §10.3): compiled once to closures, decimal, without side effects, within a budget."""

from huiqian.feel.errors import ExpressionError, Warning
from huiqian.feel.expressions import Expression, compile_expression
from huiqian.feel.formatting import literal
from huiqian.feel.values import Function, Range, YearsMonths

__all__ = [
    "Expression", "ExpressionError", "Function", "Range", "Warning", "YearsMonths", "compile_expression", "literal",
]  # fmt: skip
