"""What a good entry of a register looks like, however it came in: typed on a page or read from a sheet."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base.errors import Text
from huiqian.forms.rules.kinds import Wrong, read_number
from huiqian.marketing.models import Customer

CODE = re.compile(r"[A-Z0-9][A-Z0-9._-]{0,31}")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
PHONE = re.compile(r"[0-9+()（）/、,，;；#*\-– 转]{3,40}")
Errors = dict[str, list[Text]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCard:
    """A customer as somebody wrote it down; `owner` is a login. An empty code takes the next free one."""

    code: str = ""
    name: str = ""
    kind: str = ""
    region: str = ""
    address: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    owner: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductCard:
    """A product as somebody wrote it down; `cost` is an amount in yuan, or nothing."""

    code: str = ""
    name: str = ""
    spec: str = ""
    unit: str = ""
    category: str = ""
    cost: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockCard:
    """An item of the stock as somebody wrote it down."""

    code: str = ""
    name: str = ""
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCard:
    """What comes into stock or is taken out, as somebody wrote it down."""

    place: str = ""
    quantity: str = ""
    recipient: str = ""
    purpose: str = ""


def tidy(text: object) -> str:
    """A line of text without control characters and doubled spaces."""
    return " ".join(CONTROLS.sub(" ", str(text or "")).split())


def check_customer(card: CustomerCard) -> Errors:
    """What is wrong with a customer's card, by field."""
    errors = _entry(card.code, card.name, card.note)
    if card.kind and card.kind not in Customer.Kind.values:
        errors["kind"] = [_("Choose one of the kinds offered.")]
    for field, most in (("region", 50), ("address", 200), ("contact", 50)):
        _length(errors, field, getattr(card, field), most)
    if card.phone and not PHONE.fullmatch(card.phone):
        errors["phone"] = [_("Enter a telephone number: digits, spaces, + - ( ) and 转.")]
    if card.email:
        try:
            validate_email(card.email)
        except ValidationError:
            errors["email"] = [_("This is not an e-mail address.")]
    return errors


def check_product(card: ProductCard) -> Errors:
    """What is wrong with a product's card, by field."""
    errors = _entry(card.code, card.name, card.note)
    if not card.unit:
        errors["unit"] = [_("Enter the unit it is counted in, such as 台.")]
    for field, most in (("spec", 100), ("unit", 16), ("category", 50)):
        _length(errors, field, getattr(card, field), most)
    try:
        read_amount(card.cost)
    except Wrong as wrong:
        errors["cost"] = [wrong.sentence]
    return errors


def check_stock_item(card: StockCard) -> Errors:
    """What is wrong with a stock item's card, by field."""
    errors = _entry(card.code, card.name, card.note)
    if not card.unit:
        errors["unit"] = [_("Enter the unit it is counted in, such as 台.")]
    _length(errors, "unit", card.unit, 16)
    return errors


def check_move(card: MoveCard, *, taken: bool) -> tuple[Decimal, Errors]:
    """The quantity moved, and what is wrong with the card by field; who takes something out says for whom and what."""
    errors: Errors = {}
    if not card.place:
        errors["place"] = [_("Say where it lies.")]
    for field, most in (("place", 50), ("recipient", 100), ("purpose", 200)):
        _length(errors, field, getattr(card, field), most)
    if taken and not card.recipient:
        errors["recipient"] = [_("Say who gets it.")]
    if taken and not card.purpose:
        errors["purpose"] = [_("Say what it is for.")]
    quantity = Decimal(0)
    try:
        quantity = read_amount(card.quantity) or Decimal(0)
        if quantity <= 0:
            errors["quantity"] = [_("Enter a quantity above 0.")]
    except Wrong as wrong:
        errors["quantity"] = [wrong.sentence]
    return quantity, errors


def _entry(code: str, name: str, note: str) -> Errors:
    errors: Errors = {}
    if code and not CODE.fullmatch(code):
        errors["code"] = [_("A code is made of A–Z, 0–9 and . _ -, begins with a letter or digit, and has 32 at most.")]
    if not name:
        errors["name"] = [_("Enter the name.")]
    _length(errors, "name", name, 100)
    _length(errors, "note", note, 2000)
    return errors


def _length(errors: Errors, field: str, text: str, most: int) -> None:
    if len(text) > most:
        sentence = format_lazy(_("At most {most} characters; there are {count}."), most=most, count=len(text))
        errors.setdefault(field, []).append(sentence)


def read_amount(raw: object, places: int = 2) -> Decimal | None:
    """A number that is not negative, below 10^13, with at most `places` decimals; None for nothing. Raises Wrong."""
    number = read_number(raw)
    if number is None:
        return None
    if number < 0:
        raise Wrong(_("This must not be negative."))
    if number >= Decimal(10) ** 13:
        raise Wrong(_("This number is too large."))
    exact = number.quantize(Decimal(1).scaleb(-places))
    if exact != number:
        raise Wrong(format_lazy(_("At most {places} decimal places."), places=places))
    return exact
