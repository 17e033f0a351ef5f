"""Price ripple (价格联动): which prices a list changes, and where an open case still quotes those before it.

A process says where its answers name products (`prices` in process.json): rows with a column for the product are
certain; a product's name or code in a text is a guess, and is told as one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from huiqian.marketing.rules.prices import LEVELS, PriceRow, month_of

AROUND = 12


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A product whose prices change: each level before and after, in yuan."""

    product: str
    name: str
    before: Mapping[str, Decimal]
    after: Mapping[str, Decimal]

    def to_json(self) -> dict[str, Any]:
        """As tables keep it."""
        return {
            "name": self.name,
            "before": {level: str(price) for level, price in self.before.items()},
            "after": {level: str(price) for level, price in self.after.items()},
        }

    @classmethod
    def from_json(cls, product: str, kept: Mapping[str, Any]) -> "PriceChange":
        """What to_json() wrote."""
        levels = [{level: Decimal(price) for level, price in kept[key].items()} for key in ("before", "after")]
        return cls(product, str(kept["name"]), *levels)


@dataclass(frozen=True, slots=True)
class Quote:
    """A place of a case that quotes a product: its field, and of whose plan (`member`), where it is a member's.

    `price` is what the row says, if it says one; `words` are the text around a name that was found (a guess).
    """

    product: str
    field: str
    member: str = ""
    price: str = ""
    words: str = ""

    @property
    def certain(self) -> bool:
        """Whether the form names the product, not only a text."""
        return not self.words

    def to_json(self) -> dict[str, str]:
        """As tables keep it."""
        return asdict(self)


def price_changes(
    rows: Sequence[PriceRow], before: Mapping[str, Mapping[str, Decimal]], names: Mapping[str, str]
) -> tuple[PriceChange, ...]:
    """The products of a list that had another price before: a first price takes nothing back that anybody quotes."""
    found = []
    for row in rows:
        old, new = before.get(row.product), {level: getattr(row, level) for level in LEVELS}
        if old and old != new:
            found.append(PriceChange(row.product, names.get(row.product, row.product), old, new))
    return tuple(found)


def find_quotes(
    said: Mapping[str, Any],
    data: Mapping[str, Any],
    members: Mapping[str, Mapping[str, Any]],
    changes: Sequence[PriceChange],
    first: date,
) -> tuple[Quote, ...]:
    """Where a case's answers quote prices that change on the day `first`; nowhere, once it is settled or its time is
    over before that day. Each product once a field and member.
    """
    if data.get(str(said.get("settled", ""))) is not None or _over(data.get(str(said.get("period", ""))), first):
        return ()
    places = [("", data), *members.items()]
    by_code = {change.product: change for change in changes}
    found: dict[tuple[str, str, str], Quote] = {}
    for member, answers in places:
        for quote in (*_in_rows(said, answers, member, by_code), *_in_texts(said, answers, member, changes)):
            found.setdefault((quote.product, quote.field, quote.member), quote)
    return tuple(found.values())


def _over(period: object, first: date) -> bool:
    """Whether what a case plans is over before a day: a period by its end, a month by its last day."""
    if isinstance(period, Mapping):
        try:
            return date.fromisoformat(str(period.get("end"))) < first
        except ValueError:
            return False
    month = month_of(period)
    return month is not None and (month + timedelta(days=31)).replace(day=1) <= first


def _in_rows(
    said: Mapping[str, Any], answers: Mapping[str, Any], member: str, changes: Mapping[str, PriceChange]
) -> Iterator[Quote]:
    for table in said.get("rows", ()):
        rows = answers.get(table["table"])
        for row in rows if isinstance(rows, list) else ():
            change = changes.get(str(row.get(table["product"]))) if isinstance(row, Mapping) else None
            if change is None or _checked_anew(row.get(table.get("floor", "")), change):
                continue
            price = row.get(table.get("price", ""))
            yield Quote(change.product, table["table"], member, str(price) if price not in (None, "") else "")


def _checked_anew(floor: object, change: PriceChange) -> bool:
    """Whether a row was checked against the new list already: it carries the new floor price, not the old one."""
    try:
        known = Decimal(str(floor))
    except InvalidOperation:
        return False
    return known == change.after["floor_price"] != change.before["floor_price"]


def _in_texts(
    said: Mapping[str, Any], answers: Mapping[str, Any], member: str, changes: Sequence[PriceChange]
) -> Iterator[Quote]:
    for place in said.get("texts", ()):
        name, _dot, column = place.partition(".")
        for text in _texts_of(answers.get(name), column):
            for change in changes:
                words = mention(text, change.product, change.name)
                if words:
                    yield Quote(change.product, name, member, words=words)


def _texts_of(value: object, column: str) -> list[str]:
    if column:
        rows = value if isinstance(value, list) else []
        cells = [row.get(column) for row in rows if isinstance(row, Mapping)]
        return [cell for cell in cells if isinstance(cell, str)]
    return [value] if isinstance(value, str) else []


def mention(text: str, code: str, name: str) -> str:
    """The words around a product's code (by itself, not a part of a longer one) or name in a text; "" for none."""
    by_code = rf"(?<![0-9A-Za-z-]){re.escape(code)}(?![0-9A-Za-z-])"
    match = re.search(rf"{by_code}|{re.escape(name)}", text, re.IGNORECASE)
    if match is None:
        return ""
    begin, end = max(0, match.start() - AROUND), min(len(text), match.end() + AROUND)
    cut = " ".join(text[begin:end].split())
    return ("…" if begin else "") + cut + ("…" if end < len(text) else "")
