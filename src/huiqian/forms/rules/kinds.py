"""The kinds of fields: how each reads what came in, and what it is kept as. One function a kind, one table of them all.

A kind takes what a page posted (text) or a program sent (JSON) and gives the canonical value: JSON that is the same
however it was typed. Numbers are kept as decimal text ("1800.00"), dates in ISO 8601. Nothing at all is None.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from huiqian.base.errors import Text
from huiqian.forms.rules.shape import Field

GREATEST = Decimal(10) ** 13
PLAIN_NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,12})?|\.\d{1,12})")
WRITTEN_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
DIRECTORY_CODE = re.compile(r"[A-Za-z0-9_.@-]{1,64}")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
SURROGATES = re.compile(r"[\ud800-\udfff]")


class Wrong(Exception):
    """A value that does not fit its field, with the sentence that says so."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def clean(field: Field, raw: object) -> object:
    """The canonical value of `raw`, None where nothing was given. Raises Wrong. Tables are not read here."""
    return READERS[field.type](field, raw)


def short(raw: object) -> object:
    """None for what means nothing: no value, blank text, an empty list."""
    if isinstance(raw, str):
        return raw.strip() or None
    return None if raw in ([], {}) else raw


def _text(field: Field, raw: object) -> str | None:
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise Wrong(_("Write text here."))
    if SURROGATES.search(raw):
        raise Wrong(_("This contains characters that cannot be stored. Type them again."))
    words = CONTROLS.sub("", raw.replace("\r\n", "\n").replace("\r", "\n"))
    words = words.strip() if field.type == "long_text" else " ".join(words.split())
    if not words:
        return None
    if field.max_length and len(words) > field.max_length:
        raise Wrong(
            format_lazy(_("At most {most} characters; there are {count}."), most=field.max_length, count=len(words))
        )
    if len(words) < field.min_length:
        raise Wrong(
            format_lazy(_("At least {least} characters; there are {count}."), least=field.min_length, count=len(words))
        )
    return words


def _number(field: Field, raw: object) -> str | None:
    number = read_number(raw)
    if number is None:
        return None
    if abs(number) >= GREATEST:
        raise Wrong(_("This number is too large."))
    places = -int(number.normalize().as_tuple().exponent) if number else 0
    if places > field.places:
        raise Wrong(
            format_lazy(_("At most {places} decimal places."), places=field.places)
            if field.places
            else _("Enter a whole number.")
        )
    if field.min is not None and number < field.min:
        raise Wrong(format_lazy(_("At least {least}."), least=grouped(field.min)))
    if field.max is not None and number > field.max:
        raise Wrong(format_lazy(_("At most {most}."), most=grouped(field.max)))
    return decimal_text(field, number)


def read_number(raw: object) -> Decimal | None:
    """The number that was typed or sent: full-width digits, thousands separators and ¥ are understood."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float, Decimal)):
        raise Wrong(_("Enter a number."))
    if isinstance(raw, int):
        if abs(raw) >= GREATEST:
            raise Wrong(_("This number is too large."))
        return Decimal(raw)
    words = unicodedata.normalize("NFKC", _plain_float(raw) if isinstance(raw, float) else str(raw)[:64])
    words = re.sub(r"[\s,¥￥]", "", words)
    if not words:
        return None
    if not PLAIN_NUMBER.fullmatch(words):
        raise Wrong(_("Enter a number."))
    return Decimal(words)


def _plain_float(number: float) -> str:
    return format(Decimal(repr(number)), "f")[:64] if abs(number) < 1e30 else str(number)


def decimal_text(field: Field, number: Decimal) -> str:
    """A number as it is kept: money with two places, others without needless zeros."""
    if field.type == "money":
        return format(number.quantize(Decimal("0.01")), "f").replace("-0.00", "0.00")
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain if plain not in {"", "-0", "-"} else "0"


def grouped(number: Decimal) -> str:
    """A number as people read it: 1,234.5."""
    plain = format(number, ",f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _date(field: Field, raw: object) -> str | None:
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str):
        raise Wrong(_("Enter a date like 2026-03-31."))
    words = unicodedata.normalize("NFKC", raw[:40]).strip().replace(" ", "")
    if not words:
        return None
    found = WRITTEN_DATE.fullmatch(words)
    if not found:
        raise Wrong(_("Enter a date like 2026-03-31."))
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        raise Wrong(_("There is no such day. Enter a date like 2026-03-31.")) from None
    if not 1900 <= day.year <= 2200:
        raise Wrong(_("Enter a date between 1900 and 2200."))
    return day.isoformat()


def _date_range(field: Field, raw: object) -> dict[str, str] | None:
    if raw is None or raw == "":
        return None
    if not isinstance(raw, Mapping) or set(raw) - {"start", "end"}:
        raise Wrong(_("Enter the first and the last day."))
    start, end = _date(field, raw.get("start")), _date(field, raw.get("end"))
    if start is None and end is None:
        return None
    if start is None:
        raise Wrong(_("Enter the first day as well."))
    if end is None:
        raise Wrong(_("Enter the last day as well."))
    if end < start:
        raise Wrong(_("The last day is before the first day."))
    return {"start": start, "end": end}


def _choice(field: Field, raw: object) -> str | None:
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str) or field.choice(raw) is None:
        raise Wrong(format_lazy(_("Choose one of: {choices}."), choices=_listed(field)))
    return raw


def _choices(field: Field, raw: object) -> list[str] | None:
    if raw is None or raw in ("", []):
        return None
    if not isinstance(raw, list) or not all(isinstance(code, str) and field.choice(code) for code in raw):
        raise Wrong(format_lazy(_("Choose from: {choices}."), choices=_listed(field)))
    return [choice.code for choice in field.choices if choice.code in raw]


def _listed(field: Field) -> Text:
    if not field.choices:
        return ""
    words: list[object] = []
    for choice in field.choices:
        words += [", ", choice.label] if words else [choice.label]
    return format_lazy("{}" * len(words), *words)


def _code(field: Field, raw: object) -> str | None:
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str) or not DIRECTORY_CODE.fullmatch(raw):
        raise Wrong(_("Choose one from the list."))
    return raw


def _entry(field: Field, raw: object) -> str | None:
    """An entry of a register as it was typed; which one is meant is looked up by whoever has the register."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str) or len(raw) > 300:
        raise Wrong(_("Choose one from the list."))
    return " ".join(CONTROLS.sub("", SURROGATES.sub("", raw)).split()) or None


def _files(field: Field, raw: object) -> list[str] | None:
    if raw is None or raw in ("", []):
        return None
    if not isinstance(raw, list):
        raise Wrong(_("Upload the files first and name them by their ids."))
    ids: list[str] = []
    for value in raw:
        try:
            given = str(UUID(value)) if isinstance(value, str) and len(value) <= 40 else ""
        except ValueError:
            given = ""
        if not given:
            raise Wrong(_("Upload the files first and name them by their ids."))
        if given not in ids:
            ids.append(given)
    if field.max_rows and len(ids) > field.max_rows:
        raise Wrong(format_lazy(_("At most {most} files."), most=field.max_rows))
    return ids


def _boolean(field: Field, raw: object) -> bool | None:
    if raw is None or isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.lower() in {"on", "true", "1"}:
        return True
    if isinstance(raw, str) and raw.lower() in {"", "off", "false", "0"}:
        return False
    raise Wrong(_("Answer with yes or no."))


READERS: Mapping[str, Callable[[Field, object], object]] = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "integer": _number,
    "money": _number,
    "date": _date,
    "date_range": _date_range,
    "choice": _choice,
    "choices": _choices,
    "person": _code,
    "department": _code,
    "position": _code,
    "customer": _entry,
    "product": _entry,
    "stock_item": _entry,
    "event_template": _entry,
    "research_report": _entry,
    "files": _files,
    "boolean": _boolean,
}
