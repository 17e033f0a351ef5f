"""The words of the hq namespace: which attributes and rows each BPMN tag may carry, and what they may say."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches

from huiqian.engine.timing import is_duration
from huiqian.feel import ExpressionError, compile_expression

EVERYWHERE = frozenset(("nameEn", "note"))

ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "process": frozenset(("code", "title", "summary", "watch")),
    "lane": frozenset(("position",)),
    "userTask": frozenset(
        (
            "form",
            "kind",
            "mode",
            "quorum",
            "veto",
            "returnTo",
            "deadline",
            "due",
            "document",
            "sign",
            "assignee",
            "bulk",
            "requires",
            "copyTo",
            "signatories",
        )
    ),
    "manualTask": frozenset(("kind", "returnTo", "deadline", "due", "assignee", "bulk", "copyTo", "signatories")),
    "serviceTask": frozenset(("operation",)),
    "businessRuleTask": frozenset(("decision", "result")),
    "sendTask": frozenset(("message", "key")),
    "receiveTask": frozenset(("message", "key")),
    "startEvent": frozenset(("key",)),
    "endEvent": frozenset(("key",)),
    "boundaryEvent": frozenset(("key",)),
    "intermediateCatchEvent": frozenset(("key",)),
    "intermediateThrowEvent": frozenset(("key",)),
    "messageEventDefinition": frozenset(("key",)),
    "callActivity": frozenset(("process", "until")),
    "multiInstanceLoopCharacteristics": frozenset(("collection", "item", "output", "result")),
}

ROWS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "userTask": {
        "field": frozenset(("name", "right", "required")),
        "outcome": frozenset(("code", "name", "nameEn", "writes", "answers")),
        "output": frozenset(("name", "value")),
    },
    "manualTask": {"outcome": frozenset(("code", "name", "nameEn"))},
    "serviceTask": {"input": frozenset(("name", "value")), "output": frozenset(("name", "value"))},
    "callActivity": {"input": frozenset(("name", "value")), "output": frozenset(("name", "value"))},
    "sendTask": {"input": frozenset(("name", "value"))},
    "intermediateThrowEvent": {"input": frozenset(("name", "value"))},
    "endEvent": {"input": frozenset(("name", "value"))},
}

Check = Callable[[str], bool]


def _one_of(*words: str) -> Check:
    return words.__contains__


def _is_percent(value: str) -> bool:
    return value.isascii() and value.isdigit() and 1 <= int(value[:4]) <= 100


def _is_expression(value: str) -> bool:
    try:
        compile_expression(value)
    except ExpressionError:
        return False
    return True


_MAY_SAY: Mapping[str, tuple[Check, str]] = {
    "kind": (_one_of("approve", "do"), "approve | do"),
    "mode": (_one_of("single", "all", "any", "sequence", "share"), "single | all | any | sequence | share"),
    "quorum": (_is_percent, "1 … 100"),
    "veto": (_one_of("true", "false"), "true | false"),
    "bulk": (_one_of("true", "false"), "true | false"),
    "signatories": (_one_of("true", "false"), "true | false"),
    "writes": (_one_of("true", "false"), "true | false"),
    "answers": (_one_of("true", "false"), "true | false"),
    "required": (_one_of("true", "false"), "true | false"),
    "right": (_one_of("edit", "read", "hidden"), "edit | read | hidden"),
    "deadline": (is_duration, "PT4H, P2D, …"),
    "due": (_is_expression, "FEEL"),
    "item": (lambda value: re.fullmatch(r"[^\W\d]\w*", value) is not None, "name"),
}

NEEDED: Mapping[str, tuple[str, ...]] = {
    "field": ("name",), "outcome": ("code", "name"), "input": ("name", "value"), "output": ("name", "value"),
    "serviceTask": ("operation",), "businessRuleTask": ("decision",),
}  # fmt: skip


def wrong_value(name: str, value: str) -> str | None:
    """What an hq attribute may say, where `value` is none of it."""
    check, may = _MAY_SAY.get(name, (None, ""))
    return may if check is not None and not check(value) else None


def nearest(name: str, known: frozenset[str] | Mapping[str, object]) -> str:
    """The known name that is most like `name`, or all of them."""
    close = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return close[0] if close else ", ".join(sorted(known)) or "-"
