"""Lists as workbooks, read back by Excel's rules."""

import io
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl

from huiqian.documents.rules.workbooks import Column, Leaf, write_book, write_sheet

COLUMNS = (Column("a", "甲", "A", needed=True), Column("b", "乙", "B", number=True))


def test_texts_stay_texts_and_moments_are_the_companys() -> None:
    at = datetime(2026, 3, 1, 1, 30, tzinfo=UTC)
    texts = ["=1+1", "+8613800000000", "@x", "-2", "'单引号", "a\x00b\x1fc", "长" * 40_000]
    content = write_sheet("列表", COLUMNS, [*([text, Decimal("1234.5")] for text in texts), ["", at], [None, 7]])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[0].value for row in rows[:5]] == texts[:5]
    assert {row[0].data_type for row in rows[:7]} == {"s"}
    assert rows[5][0].value == "abc"
    assert len(str(rows[6][0].value)) == 32_767
    assert (rows[0][1].value, rows[0][1].number_format) == (1234.5, "#,##0.00")
    assert f"{rows[7][1].value:%Y-%m-%d %H:%M}" == "2026-03-01 09:30"
    assert (rows[7][0].value, rows[8][1].value) == (None, 7)


def test_a_workbook_has_its_sheets_with_heads_in_the_readers_language() -> None:
    leaves = [Leaf("一[1]:*?/\\ 很长的名字" + "名" * 40, COLUMNS, []), Leaf("", COLUMNS, [["x", 1]], frozen="B2")]
    book = openpyxl.load_workbook(io.BytesIO(write_book(leaves, english=True)))
    assert [len(name) <= 31 for name in book.sheetnames] == [True, True]
    assert book.sheetnames[1] == "2"
    assert [cell.value for cell in book.worksheets[0][1]] == ["A*", "B"]
    assert book.worksheets[1].freeze_panes == "B2"
    chinese = openpyxl.load_workbook(io.BytesIO(write_book(leaves)))
    assert [cell.value for cell in chinese.worksheets[0][1]] == ["甲*", "乙"]
