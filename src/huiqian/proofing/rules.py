"""Pure decisions about pins: where one may stand, what may be made of it, on which version's file it shows."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base.errors import Invalid, Text
from huiqian.forms.rules import Form

LONGEST = 2000
# Of one document, over all its versions.
MOST = 500
OPEN, SETTLED, CONFIRMED = "open", "settled", "confirmed"
REPLY, REOPENED = "reply", "reopened"
# What may be made of a pin: as what it stands before, and what it is afterwards.
MOVES = {
    SETTLED: (frozenset({OPEN}), SETTLED),
    CONFIRMED: (frozenset({OPEN, SETTLED}), CONFIRMED),
    REOPENED: (frozenset({SETTLED, CONFIRMED}), OPEN),
}
KINDS = (REPLY, *MOVES)
# A reply needs words, and whoever opens a pin again says what is still wrong.
NEEDS_WORDS = frozenset({REPLY, REOPENED})
PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class PinCard:
    """A pin as it was typed: the page, the position in percent of width and height, the words."""

    page: str
    left: str
    top: str
    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a pin stands: the page, and shares of its width and height."""

    page: int
    x: Decimal
    y: Decimal
    text: str


def check_pin(card: PinCard, pages: int) -> Spot:
    """A pin that can be set on a file of so many pages; Invalid by field (page, left, top, text)."""
    errors: dict[str, list[Text]] = {}
    typed = card.page.strip() or "1"
    page = int(typed) if typed.isdecimal() and len(typed) < 6 else 0
    if not 1 <= page <= max(pages, 1):
        errors["page"] = [format_lazy(_("The file has {pages} pages."), pages=max(pages, 1))]
    x, y = _share(card.left), _share(card.top)
    for name, share in (("left", x), ("top", y)):
        if share is None:
            errors[name] = [_("Enter a number between 0 and 100.")]
    text = tidy(card.text)
    errors |= _wrong_words(text, needed=_("Say what should be changed here."))
    if errors or x is None or y is None:
        raise Invalid(errors)
    return Spot(page, x, y, text)


def check_remark(kind: str, text: str) -> str:
    """The words of an answer to a pin; Invalid where there is no such answer, or it needs words and has none."""
    if kind not in KINDS:
        raise Invalid({"kind": [_("Choose one of the answers.")]})
    said = tidy(text)
    needed = _("Say what is still wrong.") if kind == REOPENED else _("Write your reply.")
    errors = _wrong_words(said, needed=needed if kind in NEEDS_WORDS else None)
    if errors:
        raise Invalid(errors)
    return said


def tidy(text: str) -> str:
    """What was typed, with plain line ends and without what a database does not keep."""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


def _wrong_words(text: str, *, needed: Text | None) -> dict[str, list[Text]]:
    if needed is not None and not text:
        return {"text": [needed]}
    if len(text) > LONGEST:
        return {"text": [format_lazy(_("Keep it within {most} characters."), most=LONGEST)]}
    return {}


def _share(percent: str) -> Decimal | None:
    typed = percent.strip().replace(",", ".")
    if not PERCENT.fullmatch(typed) or Decimal(typed) > 100:
        return None
    return (Decimal(typed) / 100).quantize(Decimal("0.0001"))


def proof_files(form: Form, values: dict[str, object]) -> tuple[str, ...]:
    """The files of a version that may be pinned, in the form's order: those of its `proof` fields."""
    found: list[str] = []
    for field in form:
        named = values.get(field.name) if field.proof else None
        if isinstance(named, list):
            found += [str(one) for one in named]
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of a version, as far as pins need to know it."""

    place: int
    sha256: str


def shown_on(version: int, place: int, sha256: str, sheet: Sheet, at: int, sheets: Sequence[Sheet]) -> bool:
    """Whether a pin that was set at a version shows on a file of the version `at`.

    It follows its content; where that is gone it shows on the file that stands in its place.
    """
    if version > at:
        return False
    same = any(one.sha256 == sha256 for one in sheets)
    return sheet.sha256 == sha256 if same else sheet.place == place


def numbers(pins: Iterable[int]) -> str:
    """The numbers of pins, as a sentence names them: 1、3、4."""
    return "、".join(str(one) for one in sorted(pins))
