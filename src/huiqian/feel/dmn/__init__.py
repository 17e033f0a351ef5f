"""Decisions (DMN 1.3): models read from XML, checked, decided, changed and written back without loss."""

from huiqian.feel.dmn.checking import check_model
from huiqian.feel.dmn.findings import DecisionRefused, Finding
from huiqian.feel.dmn.model import (
    Decided,
    Decision,
    InputClause,
    InputData,
    Knowledge,
    Literal,
    Model,
    OutputClause,
    Rule,
    Table,
    Variable,
)
from huiqian.feel.dmn.reading import read_model
from huiqian.feel.dmn.writing import write_model

__all__ = [
    "Decided", "Decision", "DecisionRefused", "Finding", "InputClause", "InputData", "Knowledge", "Literal", "Model",
    "OutputClause", "Rule", "Table", "Variable", "check_model", "read_model", "write_model",
]  # fmt: skip
