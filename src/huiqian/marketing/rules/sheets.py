"""Excel sheets of the registers: what is read from them, cell by cell. Nothing runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import openpyxl
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from huiqian.base.errors import Text
from huiqian.documents.rules import Unfit, find_kind
from huiqian.documents.rules.workbooks import XLSX, Column
from huiqian.marketing.rules.cards import tidy

BYTES = 5 * 1024 * 1024
ROWS = 5000
WIDE = 60
TOLD = 100
Errors = dict[str, list[Text]]


class Unreadable(Exception):
    """A sheet that cannot be taken in: cell address → sentences."""

    def __init__(self, errors: Errors) -> None:
        super().__init__(str(errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that says something: its number in the sheet, its texts by field, its cells' addresses by field."""

    number: int
    texts: Mapping[str, str]
    cells: Mapping[str, str]

    def at(self, field: str) -> str:
        """The address of a field's cell; of the row's first one where the sheet does not have the field."""
        return self.cells.get(field) or f"A{self.number}"


def read_sheet(stream: IO[bytes], size: int, columns: Sequence[Column]) -> list[SheetRow]:
    """The rows of a workbook's first sheet, below its heads. Unreadable, by cell, for everything that does not fit:
    no Excel file, too large, heads that are missing or unknown, formulas, errors in cells.
    """
    if size > BYTES:
        raise Unreadable({"": [format_lazy(_("This file is larger than {most} MB."), most=BYTES // 1024 // 1024)]})
    rows = _cells(stream, size)
    places = _places(rows[0] if rows else [], columns)
    errors: Errors = {}
    found = []
    for number, cells in enumerate(rows[1:], start=2):
        texts, addresses = {}, {}
        for place, field in places.items():
            address = f"{get_column_letter(place + 1)}{number}"
            addresses[field] = address
            texts[field] = _text(cells[place], address, errors) if place < len(cells) else ""
        if any(texts.values()) or any(cell.value is not None for cell in cells):
            found.append(SheetRow(number, texts, addresses))
    if len(found) > ROWS:
        raise Unreadable({"": [format_lazy(_("At most {most} rows at a time."), most=ROWS)]})
    if errors:
        raise Unreadable(errors)
    if not found:
        raise Unreadable({"A2": [_("There is no row below the heads.")]})
    return found


def _cells(stream: IO[bytes], size: int) -> list[list[Any]]:
    try:
        if find_kind(stream, size, "sheet.xlsx").type != XLSX:
            raise Unreadable({"": [_("This is not an Excel workbook (.xlsx). Save it as one and send it again.")]})
    except Unfit as unfit:
        raise Unreadable({"": [unfit.sentence]}) from None
    try:
        stream.seek(0)
        book = openpyxl.load_workbook(stream, read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        return [list(row) for row in sheet.iter_rows(max_row=ROWS + 2, max_col=WIDE)]
    except Exception:  # whatever a damaged workbook makes the reader stumble over
        raise Unreadable({"": [_("This workbook is damaged and cannot be read.")]}) from None


def _places(heads: Sequence[Any], columns: Sequence[Column]) -> dict[int, str]:
    known = {head: column for column in columns for head in (column.zh, column.en)}
    places: dict[int, str] = {}
    errors: Errors = {}
    for place, cell in enumerate(heads):
        head = tidy(cell.value).rstrip("*").strip()
        if not head:
            continue
        address = f"{get_column_letter(place + 1)}1"
        column = known.get(head)
        if column is None:
            errors[address] = [format_lazy(_("There is no column “{head}”. Use the template's heads."), head=head[:40])]
        elif column.name in places.values():
            errors[address] = [format_lazy(_("The column “{head}” is there twice."), head=head)]
        else:
            places[place] = column.name
    missing = [column for column in columns if column.needed and column.name not in places.values()]
    if missing:
        names = "、".join(column.zh for column in missing)
        errors.setdefault("A1", []).append(
            format_lazy(_("Columns are missing: {names}. Use the template."), names=names)
        )
    if errors:
        raise Unreadable(errors)
    return places


def _text(cell: Any, address: str, errors: Errors) -> str:
    value = cell.value
    if value is None:
        return ""
    if getattr(cell, "data_type", "") == "f":
        errors[address] = [_("This cell holds a formula. Paste its value instead.")]
        return ""
    if getattr(cell, "data_type", "") == "e":
        errors[address] = [_("This cell holds an error.")]
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        # Excel keeps numbers in binary: 0.1 + 0.2 is written as people see it.
        return format(Decimal(repr(round(value, 6))).normalize(), "f")
    if isinstance(value, (datetime, date)):
        return value.strftime("%Y-%m-%d")
    return tidy(value)


def first_told(errors: Errors) -> Errors:
    """The first hundred mistakes in the order of rows, and how many more there are."""
    ordered = sorted(errors, key=_row_and_column)
    told = {address: errors[address] for address in ordered[:TOLD]}
    if len(ordered) > TOLD:
        told[""] = [*told.get("", []), format_lazy(_("And {more} more cells are wrong."), more=len(ordered) - TOLD)]
    return told


def _row_and_column(address: str) -> tuple[int, int, str]:
    letters = address.rstrip("0123456789")
    digits = address[len(letters) :]
    return int(digits or 0), len(letters), letters
