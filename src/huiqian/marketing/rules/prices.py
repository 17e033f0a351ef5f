"""What a good price list is: every price above its floor, every product once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as item
from datetime import date
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base.errors import Text

LEVELS = ("list_price", "project_price", "dealer_price", "floor_price")
DISCOUNTS = ("discount_manager", "discount_director")
Errors = dict[str, list[Text]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRow:
    """The prices of one product, in yuan; discounts in percent off the list price."""

    product: str
    list_price: Decimal
    project_price: Decimal
    dealer_price: Decimal
    floor_price: Decimal
    discount_manager: Decimal = item(default=Decimal(0))
    discount_director: Decimal = item(default=Decimal(0))


def check_prices(rows: Sequence[PriceRow], table: str = "price_lines") -> Errors:
    """What is wrong with the rows of a price list, by their cells."""
    errors: Errors = {} if rows else {table: [_("Add at least one row.")]}
    seen: dict[str, int] = {}
    for place, row in enumerate(rows):
        for name, sentence in _row_errors(row).items():
            errors.setdefault(f"{table}.{place}.{name}", []).append(sentence)
        if row.product in seen:
            sentence = format_lazy(_("This product stands in row {row} already."), row=seen[row.product] + 1)
            errors.setdefault(f"{table}.{place}.product", []).append(sentence)
        seen.setdefault(row.product, place)
    return errors


def _row_errors(row: PriceRow) -> Mapping[str, Text]:
    found: dict[str, Text] = {}
    if row.floor_price <= 0:
        found["floor_price"] = _("The floor price must be above 0.")
    for level in LEVELS[:-1]:
        if getattr(row, level) < row.floor_price:
            found[level] = _("This is below the floor price.")
    for discount in DISCOUNTS:
        if not 0 <= getattr(row, discount) <= 100:
            found[discount] = _("Enter a percentage from 0 to 100.")
    if not found and row.discount_director < row.discount_manager:
        found["discount_director"] = _("The department manager may grant at least what the account manager may.")
    return found


def check_first_day(first: date, today: date) -> Errors:
    """A price list begins today at the earliest: what was sold before was sold at the old prices."""
    if first < today:
        return {
            "effective_from": [format_lazy(_("A price list cannot start in the past; today is {today}."), today=today)]
        }
    return {}


def month_of(value: object) -> date | None:
    """The first day of the month that a case's answer names: 2026-12, 2026-12-01, a date; None for anything else."""
    if isinstance(value, date):
        return date(value.year, value.month, 1)
    if not isinstance(value, str):
        return None
    parts = value.strip()[:10].split("-")
    try:
        return date(int(parts[0]), int(parts[1]), 1)
    except (ValueError, IndexError):
        return None
