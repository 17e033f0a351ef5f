"""Answers as an Excel workbook: one row an answer."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiqian.base.clock import COMPANY_ZONE
from huiqian.documents.rules.workbooks import Column, Leaf, write_book
from huiqian.surveys.rules.shape import FILE, MATRIX, NUMBER, SCALE, SEVERAL, Question, Questionnaire

# What came in: when, in which language, by whose link, and the answers.
Row = tuple[datetime, str, str, Mapping[str, Any]]


def answers_sheet(title: str, asked: Questionnaire, rows: Iterable[Row], files: Mapping[str, str]) -> bytes:
    """The answers in the order they came in, with the questions as heads; a matrix has a column a line."""
    columns = [(one, row) for one in asked for row in (one.rows if one.kind == MATRIX else (None,))]
    heads = [
        _column(_("No."), 6), _column(_("Handed in"), 18), _column(_("Language"), 8), _column(_("Personal link"), 20),
    ]  # fmt: skip
    heads += [
        _column(f"{asked.numbers[one.name]}. {one.label}" + (f" – {row.label}" if row else ""), 28)
        for one, row in columns
    ]
    told = (
        [number, f"{at.astimezone(COMPANY_ZONE):%Y-%m-%d %H:%M:%S}", language, label]
        + [_told(one, values.get(one.name), row.code if row else "", files) for one, row in columns]
        for number, (at, language, label, values) in enumerate(rows, start=1)
    )
    return write_book([Leaf(title, heads, told, frozen="B2")])


def links_sheet(links: Iterable[tuple[str, str, bool]]) -> bytes:
    """Personal links, to send them out: for whom, the address, whether it has answered."""
    heads = [_column(pgettext("survey", "For"), 28), _column(_("Link"), 48), _column(_("State"), 10)]
    rows = ([label, address, _("answered") if used else _("not yet")] for label, address, used in links)
    return write_book([Leaf("", heads, rows)])


def _column(head: str, width: int) -> Column:
    """A column whose head is in the reader's language already."""
    return Column("", head, head, width=width)


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
