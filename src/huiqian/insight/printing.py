"""The handbook as a PDF: set outside any transaction, from data alone, and kept as long as it says the same."""

import json
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from django.utils.translation import gettext as _

from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.languages import language
from huiqian.diagram import draw_pieces
from huiqian.documents.printing import Printed, render
from huiqian.insight.queries import Handbook, handbook
from huiqian.insight.queries.handbook.shape import Picture
from huiqian.insight.words import print_words, then_words
from huiqian.org.rules import span_words

TEMPLATE = Path(__file__).parent / "printed" / "handbook.typ"
# The widest piece of a diagram, in px, whose words can be read across an A4 page turned to landscape, and upright.
TURNED, UPRIGHT = 1740.0, 1160.0
FONT = "Noto Sans SC"
SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def print_handbook(actor: Actor) -> Printed:
    """The handbook in the reader's language as an A4 PDF."""
    book = handbook(actor)
    data = data_of(book)
    content = kept("pdf", data, lambda: render(TEMPLATE, data))
    return Printed(f"{book.title} {book.day}.pdf", content)


def data_of(book: Handbook) -> dict[str, Any]:
    """The handbook as plain data: what templates set, and what its digest is made of."""
    data: dict[str, Any] = plain(book)
    for one, chapter in zip(book.processes, data["processes"], strict=True):
        chapter["since_day"] = day_of(one.since)
        chapter["turned"] = one.picture.layout.width > UPRIGHT
    for line, said in zip(book.positions, data["positions"], strict=True):
        said["then"] = then_words(line)
    for one in data["duties"]:
        for kind in ("starts", "does", "decides"):
            for duty in one[kind]:
                duty["due"] = span_words(duty["deadline"])
    return data | {
        "language": language(), "date": [book.day.year, book.day.month, book.day.day], "day": book.day.isoformat(),
        "day_words": _("as in effect on %(day)s") % {"day": book.day.isoformat()}, "words": print_words(),
    }  # fmt: skip


def plain(value: object) -> Any:
    """Dataclasses as objects, diagrams as pieces that fit a sheet, moments as people read them."""
    if isinstance(value, Picture):
        return [_piece(svg) for svg in pieces_of(value)]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, datetime):
        return f"{value.astimezone(COMPANY_ZONE):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else value


def pieces_of(picture: Picture) -> tuple[str, ...]:
    """A diagram as SVGs, each no wider than a sheet of paper has room for."""
    return draw_pieces(picture.layout, TURNED, language=language(), heads=picture.heads, font=FONT)


def _piece(svg: str) -> dict[str, object]:
    found = SIZE.search(svg)
    assert found is not None
    return {"svg": svg, "width": float(found[1]), "height": float(found[2])}


def day_of(moment: datetime | None) -> str:
    """The day of a moment in the company's zone; "" for none."""
    return f"{moment.astimezone(COMPANY_ZONE):%Y-%m-%d}" if moment else ""


@dataclass(frozen=True, slots=True)
class _Kept:
    """Files that were made, by what they say; the oldest goes. Who asks for one that is being made waits for it."""

    files: "OrderedDict[str, bytes]"
    lock: Lock
    making: dict[str, Lock]


# Two languages, two formats, and what they said before somebody changed a name.
MOST = 8
_kept = _Kept(OrderedDict(), Lock(), {})


def kept(kind: str, data: Mapping[str, Any], make: Callable[[], bytes]) -> bytes:
    """The file of this kind that says just this: made once in this process, however many ask at the same time."""
    key = f"{kind}:{sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()}"
    with _kept.lock:
        own = _kept.making.setdefault(key, Lock())
    with own:
        with _kept.lock:
            if key in _kept.files:
                _kept.files.move_to_end(key)
                return _kept.files[key]
        content = make()
        with _kept.lock:
            _kept.files[key] = content
            while len(_kept.files) > MOST:
                _kept.files.popitem(last=False)
            _kept.making.pop(key, None)
    return content
