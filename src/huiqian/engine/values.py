"""How values stay with a case's state: JSON has no decimals, dates and durations, so these carry a mark."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from huiqian.feel import YearsMonths

MARK = "$"


def keep(value: object) -> Any:
    """A value as the state keeps it: JSON-able, and read back by `kept` as what it was."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal | float):
        number = value if isinstance(value, Decimal) else Decimal(repr(value))
        whole = number.is_finite() and number.adjusted() < 15 and number == number.to_integral_value()
        return int(number) if whole else {MARK: "number", "": str(number)}
    if isinstance(value, timedelta):
        return {MARK: "duration", "": [value.days, value.seconds, value.microseconds]}
    if isinstance(value, YearsMonths):
        return {MARK: "months", "": value.total}
    for kind in (datetime, date, time):
        if isinstance(value, kind):
            return {MARK: kind.__name__, "": value.isoformat()}
    if isinstance(value, Mapping):
        return {str(name): keep(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [keep(inner) for inner in value]
    return None  # a function or a range of an expression is nothing that lasts


def as_key(value: object) -> str | None:
    """A correlation key as text, the same for a number and its text; None for what tells no case from another."""
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < 50:
        return f"{value.normalize():f}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | date | time | timedelta) else None


def kept(value: Any) -> Any:
    """What `keep` was given."""
    if isinstance(value, dict):
        if set(value) == {MARK, ""}:
            return _READ[value[MARK]](value[""])
        return {name: kept(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [kept(inner) for inner in value]
    return value


_READ: dict[str, Any] = {
    "number": Decimal,
    "months": YearsMonths,
    "duration": lambda parts: timedelta(*parts),
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}
