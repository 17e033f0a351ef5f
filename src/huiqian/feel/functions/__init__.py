"""The built-in functions, one family a file; importing this package registers them all."""

from huiqian.feel.functions import (
    contexts,
    conversions,
    dates,
    lists,
    logic,
    numbers,
    ranges,
    statistics,
    strings,
)
from huiqian.feel.functions.registry import BUILT_INS, Overload, call_by_name, call_by_position

FAMILIES = (contexts, conversions, dates, lists, logic, numbers, ranges, statistics, strings)
NAMES_WITH_SPACES = tuple(sorted(name for name in BUILT_INS if " " in name))

__all__ = ["BUILT_INS", "FAMILIES", "NAMES_WITH_SPACES", "Overload", "call_by_name", "call_by_position"]
