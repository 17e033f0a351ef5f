"""Values as texts, the way expressions would write them."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal

from huiqian.feel.running import MOST_CHARACTERS, Run
from huiqian.feel.temporal import written
from huiqian.feel.values import Function, Range, YearsMonths, enter


def text_of(value: object, run: Run) -> str:
    """The text that string() makes: a string as it is, everything else as its literal."""
    value = enter(value)
    if isinstance(value, str):
        return value
    text = _written(value, run)
    run.hold(len(text), MOST_CHARACTERS)
    return text


def literal(value: object) -> str:
    """An expression whose value is this one, e.g. for a cell of a decision table. Functions have none."""
    return _literal(enter(value), Run(None, None))


def number_text(value: Decimal) -> str:
    """A number without an exponent, unless it would be longer than 40 digits."""
    if value.is_zero():
        return format(value.copy_abs(), "f") if value.adjusted() > -40 and value.as_tuple().exponent != 0 else "0"
    return format(value, "f") if -40 < value.adjusted() < 40 else str(value)


def _written(value: object, run: Run) -> str:
    """As inside lists and contexts: strings quoted, dates as plain texts."""
    run.spend(3)
    value = enter(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "[" + ", ".join(_counted(_written(item, run), run) for item in value) + "]"
    if isinstance(value, Mapping):
        entries = (f"{_key(key)}: {_counted(_written(item, run), run)}" for key, item in value.items())
        return "{" + ", ".join(entries) + "}"
    if isinstance(value, Range):
        return _range(value, lambda end: _written(end, run))
    return _plain(value)


def _counted(text: str, run: Run) -> str:
    run.spend(len(text) >> 4)
    return text


def _plain(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, date | time | timedelta | YearsMonths):
        return written(value)
    return f"function {value.name}" if isinstance(value, Function) else str(value)


def _literal(value: object, run: Run) -> str:
    value = enter(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "[" + ", ".join(_literal(item, run) for item in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{quoted(str(key))}: {_literal(item, run)}" for key, item in value.items()) + "}"
    if isinstance(value, Range):
        return _range(value, lambda end: _literal(end, run))
    text = _plain(value)
    return f'@"{text}"' if isinstance(value, date | time | timedelta | YearsMonths) else text


def _range(value: Range, write: object) -> str:
    end = write if callable(write) else str
    if value.low is None:
        return f"{'<=' if value.high_closed else '<'} {end(value.high)}"
    if value.high is None:
        return f"{'>=' if value.low_closed else '>'} {end(value.low)}"
    return f"{'[' if value.low_closed else '('}{end(value.low)}..{end(value.high)}{']' if value.high_closed else ')'}"


def quoted(text: str) -> str:
    """A text as a literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def _key(key: object) -> str:
    text = str(key)
    return text if text.replace(" ", "").isalnum() else quoted(text)
