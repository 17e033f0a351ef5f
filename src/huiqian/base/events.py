"""Facts: what happened, in the past tense, as frozen dataclasses that the journal keeps."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all facts; a subclass's fields are what the journal keeps of it."""

    @classmethod
    def kind(cls) -> str:
        """The fact's stable name: TaskDecided → "task_decided"."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def detail(self) -> dict[str, object]:
        """The fields as JSON can hold them: dates in ISO 8601, decimals as strings."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def _plain(value: object) -> object:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return value
