"""Lists as Excel workbooks: the house's one way to write them. Texts stay texts, whatever they begin with."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from huiqian.base.clock import COMPANY_ZONE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# As many rows as a list is written with: who needs more narrows it down.
MOST = 5000
# What Excel does not take in a sheet's name, and in a cell.
NOT_IN_A_TITLE = frozenset("[]:*?/\\")
LONGEST = 32_767
CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its field, its heads in both languages, whether the sheet must have it."""

    name: str
    zh: str
    en: str
    needed: bool = False
    width: int = 16
    number: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sheet of a workbook; `frozen` is the first cell that moves when one scrolls."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    frozen: str = "A2"


def write_sheet(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]], *, english: bool = False
) -> bytes:
    """A workbook with one sheet: heads, rows."""
    return write_book([Leaf(title, columns, rows)], english=english)


def write_book(leaves: Iterable[Leaf], *, english: bool = False) -> bytes:
    """A workbook with several sheets. Moments are written in the company's zone."""
    book = openpyxl.Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    for place, leaf in enumerate(leaves, start=1):
        title = "".join(char for char in leaf.title if char not in NOT_IN_A_TITLE)[:31] or str(place)
        sheet = book.create_sheet(title)
        _heads(sheet, leaf.columns, english=english)
        for number, row in enumerate(leaf.rows, start=2):
            _row(sheet, number, row)
        sheet.freeze_panes = leaf.frozen
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _heads(sheet: Any, columns: Sequence[Column], *, english: bool) -> None:
    for place, column in enumerate(columns, start=1):
        head = sheet.cell(1, place)
        _text(head, f"{column.en if english else column.zh}{'*' if column.needed else ''}")
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="EAF1FD")
        head.alignment = Alignment(wrap_text=True, vertical="top", horizontal="right" if column.number else None)
        sheet.column_dimensions[get_column_letter(place)].width = column.width


def _row(sheet: Any, number: int, row: Sequence[object]) -> None:
    for place, value in enumerate(row, start=1):
        if value is None or value == "":
            continue
        cell = sheet.cell(number, place)
        if isinstance(value, str):
            _text(cell, value)
        elif isinstance(value, datetime):
            cell.value = value.astimezone(COMPANY_ZONE).replace(tzinfo=None) if value.tzinfo else value
            cell.number_format = "yyyy-mm-dd hh:mm"
        else:
            cell.value = value
            if isinstance(value, Decimal):
                cell.number_format = "#,##0.00"


def _text(cell: Any, text: str) -> None:
    cell.value = text.translate(CONTROLS)[:LONGEST]
    # "=1+1" in a name is a name.
    cell.data_type = "s"
