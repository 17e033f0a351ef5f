"""Types as `instance of` and parameters name them: how far one reaches, and whether a value is of it."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from huiqian.feel.values import Range, kind

SIMPLE: Final = (
    "number", "string", "boolean", "date and time", "date", "time", "days and time duration", "day-time duration",
    "years and months duration", "year-month duration", "list", "context", "range", "function", "Any", "Null",
)  # fmt: skip
_OTHER_NAMES: Final = {
    "day-time duration": "days and time duration",
    "year-month duration": "years and months duration",
    "Null": "null",
}
_NAME: Final = re.compile(
    "(?:" + "|".join(r"\s+".join(name.split()) for name in sorted(SIMPLE, key=len, reverse=True)) + r")(?!\w)"
)
_SIGN: Final = re.compile(r"\s*(<|>|,|:|->)")
_KEY: Final = re.compile(r"\s*([^\W\d]\w*(?:[ \t]+\w+)*)\s*:\s*")
DEEPEST: Final = 20


class Type(NamedTuple):
    """A type: its name, and what it is made of (a list's items, a context's entries, a function's parameters)."""

    name: str
    of: tuple["Type", ...] = ()
    keys: tuple[str, ...] = ()


def read_type(text: str, at: int = 0) -> int:
    """How many characters of `text` from `at` on are a type; 0 where none stands there."""
    found = _read(text, at, 0)
    return found[1] - at if found else 0


@lru_cache(maxsize=1024)
def type_of(text: str) -> Type | None:
    """The type that a text names, None where it names none."""
    found = _read(text.strip(), 0, 0)
    return found[0] if found and found[1] == len(text.strip()) else None


def _read(text: str, at: int, depth: int) -> tuple[Type, int] | None:
    name = _NAME.match(text, at)
    if name is None or depth > DEEPEST:
        return None
    spelled = " ".join(name[0].split())
    simple = Type(_OTHER_NAMES.get(spelled, spelled))
    opening = _SIGN.match(text, name.end())
    if simple.name in ("list", "range", "context", "function") and opening and opening[1] == "<":
        return _read_parts(text, opening.end(), simple.name, depth)
    return simple, name.end()


def _read_parts(text: str, at: int, name: str, depth: int) -> tuple[Type, int] | None:
    parts: list[Type] = []
    keys: list[str] = []
    while True:
        if name == "context":
            key = _KEY.match(text, at)
            if key is None:
                return None
            keys.append(" ".join(key[1].split()))
            at = key.end()
        part = _read(text, _past_space(text, at), depth + 1)
        if part is None:
            return None
        parts.append(part[0])
        sign = _SIGN.match(text, part[1])
        if sign is None or sign[1] not in ",>":
            return None
        at = sign.end()
        if sign[1] == ">":
            break
    if name == "function":
        return _read_result(text, at, Type(name, tuple(parts)), depth)
    return Type(name, tuple(parts), tuple(keys)), at


def _read_result(text: str, at: int, function: Type, depth: int) -> tuple[Type, int] | None:
    arrow = _SIGN.match(text, at)
    if arrow is None or arrow[1] != "->":
        return None
    result = _read(text, _past_space(text, arrow.end()), depth + 1)
    return (function, result[1]) if result else None


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def is_of(value: object, wanted: Type) -> bool:
    """Is the value of the type (DMN 1.3 table 49)? null is only of the type Null; a list's items may be null."""
    if wanted.name == "Any":
        return value is not None
    if kind(value) != wanted.name:
        return False
    if wanted.name == "list" and wanted.of and isinstance(value, list):
        return all(item is None or is_of(item, wanted.of[0]) for item in value)
    if wanted.name == "context" and wanted.of and isinstance(value, Mapping):
        parts = zip(wanted.keys, wanted.of, strict=True)
        return all(key in value and (value[key] is None or is_of(value[key], part)) for key, part in parts)
    if wanted.name == "range" and wanted.of and isinstance(value, Range):
        return all(end is None or is_of(end, wanted.of[0]) for end in (value.low, value.high))
    return True
