"""The built-in functions, one family a file; importing this package registers them all."""

from huiqian.feel.functions import lists, logic, numbers, strings
from huiqian.feel.functions.registry import BUILT_INS, Overload, call_by_name, call_by_position

NAMES_WITH_SPACES = tuple(sorted(name for name in BUILT_INS if " " in name))

__all__ = [
    "BUILT_INS", "NAMES_WITH_SPACES", "Overload", "call_by_name", "call_by_position",
    "lists", "logic", "numbers", "strings",
]  # fmt: skip
