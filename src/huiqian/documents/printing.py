"""Prints a document as an A4 PDF. Rendered outside any transaction, from data alone."""

import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from huiqian.base import clock, wires
from huiqian.base.actors import Actor
from huiqian.base.clock import COMPANY_ZONE
from huiqian.base.errors import Refusal
from huiqian.base.languages import language
from huiqian.documents.models import Document
from huiqian.documents.queries import DocumentView, FileView, SignatureLine, document_view
from huiqian.documents.rules.sheets import Fact, Sheet, Table, pairs
from huiqian.org.models import Department

TEMPLATE = Path(__file__).parent / "printed" / "document.typ"
PICTURES = TEMPLATE.with_name("pictures.typ")
# A text of more characters or lines than this may break over pages.
LONG, LINES = 600, 10
KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


class NoFonts(Refusal):
    """The fonts for print are not installed."""

    code = "no-fonts"
    status = 503
    text = gettext_lazy(
        "The fonts for printing are missing on the server. An administrator installs them with “make assets”."
    )


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF and the name to save it under."""

    name: str
    content: bytes


def print_document(actor: Actor, number: str, version: int | None = None, *, address: str = "") -> Printed:
    """A document this person may read, at a version (the latest), as an A4 PDF. NotFound otherwise.

    `address` is where the live document is found: it stands in the QR code. A process may bring its own template.
    """
    view = document_view(actor, number, version)
    sheet: Sheet = wires.hand("sheet_of_version")(
        view.process_version_id, view.form, view.values, {file.id: file for file in view.files}
    )
    ahead: Sequence[Sequence[str]] = wires.hand("signatures_ahead")(actor, view.dossier) if _is_open(view) else ()
    data = _data(actor, view, sheet, ahead, address)
    name = _("%(number)s v%(version)s.pdf") % {"number": view.number, "version": view.version.number}
    return Printed(name, render(_template(view), data))


def render(template: Path, data: dict[str, Any]) -> bytes:
    """Set `data` with a template; some 20 ms. Text in the data is never read as markup."""
    fonts = _fonts()
    try:
        return _compiled(template, fonts, data, archival=True)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    # A sign that the font lacks (an emoji, a rare character of a name): PDF/A forbids it. Then the machine's own fonts
    # help out, and where they lack it too it shows as an empty box; the document is printed all the same.
    return _compiled(template, fonts, data, archival=False)


def pictures(svgs: Sequence[str], ppi: float) -> list[bytes]:
    """Drawings of ours as PNGs, with the fonts for print, all in one go; one px of a drawing is 0.75 points."""
    made = typst.compile(
        str(PICTURES), root=str(PICTURES.parent), font_paths=[str(_fonts())], format="png", ppi=ppi,
        sys_inputs={"svgs": json.dumps(list(svgs), ensure_ascii=False)},
    )  # fmt: skip
    return made if isinstance(made, list) else [made]


def _fonts() -> Path:
    fonts = Path(settings.HUIQIAN_FONTS)
    if not any(fonts.glob("*.ttf")) and not any(fonts.glob("*.otf")):
        raise NoFonts
    return fonts


def _compiled(template: Path, fonts: Path, data: dict[str, Any], *, archival: bool) -> bytes:
    return typst.compile(
        str(template), root=str(template.parent), font_paths=[str(fonts)], ignore_system_fonts=archival, format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, pdf_standards=["a-2b"] if archival else [],
    )  # fmt: skip


def _template(view: DocumentView) -> Path:
    """The process's own template (handbook/<code>/print/<key>.typ) or the one for all."""
    if KEY.fullmatch(view.process_code) and KEY.fullmatch(view.key):
        own = Path(settings.HANDBOOK) / view.process_code / "print" / f"{view.key}.typ"
        if own.is_file():
            return own
    return TEMPLATE


def _is_open(view: DocumentView) -> bool:
    return view.status == Document.Status.IN_REVIEW and view.current


def _data(
    actor: Actor, view: DocumentView, sheet: Sheet, ahead: Sequence[Sequence[str]], address: str
) -> dict[str, Any]:
    data = {
        "language": "en" if language() == "en" else "zh",
        "company": Department.objects.filter(parent=None).values_list("name_zh", flat=True).order_by("id").first()
        or "",
        "name": view.name,
        "number": view.number,
        "author": view.version.author,
        "date": _day(view.version.written_at),
        "status": _status(view),
        "facts": [
            {"label": _("Number"), "text": view.number},
            {"label": _("Version"), "text": str(view.version.number)},
            {"label": _("Submitted"), "text": _moment(view.version.written_at)},
            {"label": pgettext("print", "Written by"), "text": view.version.author},
        ],
        "qr": _qr(address),
        "blocks": _blocks(sheet["blocks"]),
        "signatures": [_signature(one) for one in view.signatures] + [_awaited(*one) for one in ahead],
        "files": [_file(one) for one in view.files],
        "pins": wires.hand("pins_of_version")(view.dossier, view.number, view.version.number),
        "words": _words(actor, view),
    }
    return data | {"long": any(len(text) > LONG or text.count("\n") > LINES for text in _texts(data))}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _status(view: DocumentView) -> str:
    if not view.current:
        return _("Earlier version")
    return {
        "in_review": _("In review"), "in_force": _("In force"), "superseded": _("Superseded"),
        "withdrawn": _("Withdrawn"),
    }.get(view.status, view.status)  # fmt: skip


def _moment(at: datetime) -> str:
    return f"{at.astimezone(COMPANY_ZONE):%Y-%m-%d %H:%M}"


def _day(at: datetime) -> list[int]:
    local = at.astimezone(COMPANY_ZONE)
    return [local.year, local.month, local.day]


def _qr(address: str) -> str:
    if not address:
        return ""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, svgns=True)
    return out.getvalue().decode()


def _blocks(blocks: Sequence[Fact | Table]) -> list[dict[str, Any]]:
    """Facts gathered into tables of two columns, between the tables of the form; the first fact leads."""
    found: list[dict[str, Any]] = []
    for block in blocks:
        if "rows" in block:
            found.append({"kind": "rows", **block})
        elif found and found[-1]["kind"] == "facts":
            found[-1]["facts"].append(block)
        else:
            found.append({"kind": "facts", "facts": [block]})
    for place, one in enumerate(found):
        if one["kind"] == "facts":
            lines = pairs(one.pop("facts"))
            one["rows"] = [[{**fact, "lead": place == 0 and line is lines[0]} for fact in line] for line in lines]
    return found


def _signature(one: SignatureLine) -> dict[str, Any]:
    done = {
        "approve": _("Approved."), "refuse": _("Refused."),
        "return": _("Returned (version %(number)s).") % {"number": one.version},
        "submit": _("Submitted (version %(number)s).") % {"number": one.version},
    }.get(one.outcome, one.outcome)  # fmt: skip
    if one.outcome_name:
        done = _("%(answer)s.") % {"answer": one.outcome_name}
    void = _("(No longer counts.)") if one.void and one.outcome != "return" else ""
    bound = " ".join(" ".join(re.findall("....", sha256[:16])) for sha256 in one.files[:3])
    person = _("%(person)s for %(behalf)s") % {"person": one.person, "behalf": one.behalf} if one.behalf else one.person
    return {
        "step": one.step, "position": one.position, "person": person,
        "opinion": ("" if language() == "zh" else " ").join(part for part in (done, one.opinion, void) if part),
        "at": _moment(one.at), "void": one.void, "open": False, "bound": f"SHA-256 {bound}" if bound else "",
    }  # fmt: skip


def _awaited(step: str, position: str, person: str) -> dict[str, Any]:
    who = " ".join(part for part in (position, person) if part)
    return {"step": step, "position": who, "opinion": _("Awaited"), "person": "", "at": "", "void": False, "open": True,
            "bound": ""}  # fmt: skip


def _file(file: FileView) -> dict[str, str]:
    size = f"{file.size / 1048576:.1f} MB" if file.size >= 1048576 else f"{max(1, round(file.size / 1024))} KB"
    return {"name": file.name, "size": size, "checksum": " ".join(re.findall("....", file.checksum[:16]))}


def _words(actor: Actor, view: DocumentView) -> dict[str, Any]:
    return {
        "version": _("Version %(number)s") % {"number": view.version.number},
        "printed": _("Printed: %(person)s %(at)s") % {"person": actor.name, "at": _moment(clock.now())},
        "page": _("Page {page} of {pages}"),
        "serial": _("No."),
        "none": _("None."),
        "decisions": _("Record of decisions"),
        "decision_heads": [_("Step / position"), _("Opinion"), _("Signature"), pgettext("print", "Time")],
        "files": _("Attachments"),
        "pins": _("Pins"),
        "pin_heads": [_("No."), pgettext("print", "Pin"), pgettext("print", "Set by"), _("State")],
        "file_heads": [_("No."), _("File"), _("Size"), _("Checksum (SHA-256, first 16 digits)")],
        "note": _(
            "Printed by the system. The signatures are the electronic decisions it has recorded; where this paper and "
            "the electronic document differ, the electronic one holds. Scan the code at the top to check."
        ),
    }
