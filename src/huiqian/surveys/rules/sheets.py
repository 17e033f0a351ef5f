"""Answers as an Excel workbook: one row an answer. Texts stay texts, whatever they begin with."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from huiqian.base.clock import COMPANY_ZONE
from huiqian.surveys.rules.shape import FILE, MATRIX, NUMBER, SCALE, SEVERAL, Question, Questionnaire

# What came in: when, in which language, by whose link, and the answers.
Row = tuple[datetime, str, str, Mapping[str, Any]]


def answers_sheet(title: str, asked: Questionnaire, rows: Iterable[Row], files: Mapping[str, str]) -> bytes:
    """The answers in the order they came in, with the questions as heads; a matrix has a column a line."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "".join(char for char in title if char not in "[]:*?/\\")[:31] or "1"
    columns = [(one, row) for one in asked for row in (one.rows if one.kind == MATRIX else (None,))]
    heads = [_("No."), _("Handed in"), _("Language"), _("Personal link")]
    heads += [f"{asked.numbers[one.name]}. {one.label}" + (f" – {row.label}" if row else "") for one, row in columns]
    _heads(sheet, heads, [6, 18, 8, 20, *[28] * len(columns)])
    for number, (at, language, label, values) in enumerate(rows, start=1):
        told = [_told(one, values.get(one.name), row.code if row else "", files) for one, row in columns]
        _write(sheet, number + 1, [number, f"{at.astimezone(COMPANY_ZONE):%Y-%m-%d %H:%M:%S}", language, label, *told])
    sheet.freeze_panes = "B2"
    return _bytes(book)


def links_sheet(links: Iterable[tuple[str, str, bool]]) -> bytes:
    """Personal links, to send them out: for whom, the address, whether it has answered."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    _heads(sheet, [pgettext("survey", "For"), _("Link"), _("State")], [28, 48, 10])
    for number, (label, address, used) in enumerate(links, start=2):
        _write(sheet, number, [label, address, _("answered") if used else _("not yet")])
    return _bytes(book)


def _heads(sheet: Any, heads: Sequence[str], widths: Sequence[int]) -> None:
    _write(sheet, 1, heads)
    for place, width in enumerate(widths, start=1):
        cell = sheet.cell(1, place)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EAF1FD")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(place)].width = width


def _bytes(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Any, row: int, values: Sequence[object]) -> None:
    for place, value in enumerate(values, start=1):
        if value in (None, ""):
            continue
        cell = sheet.cell(row, place)
        cell.value = value
        if isinstance(value, str):
            # "=1+1" in an answer is a text.
            cell.data_type = "s"


def _told(one: Question, value: Any, row: str, files: Mapping[str, str]) -> object:
    if one.kind == MATRIX:
        value = (value or {}).get(row)
    if value is None:
        return ""
    if one.kind == SCALE:
        return int(value)
    if one.kind == NUMBER:
        return float(value) if len(value) < 16 else value
    if one.kind == SEVERAL:
        return "；".join(_label(one, code) for code in value)
    if one.kind == FILE:
        return "；".join(files.get(code, code) for code in value)
    return _label(one, value)


def _label(one: Question, code: str) -> str:
    option = one.option(code)
    return str(option.label) if option else str(code)
