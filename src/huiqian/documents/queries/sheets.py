"""The archive as a workbook."""

from huiqian.base.actors import Actor
from huiqian.base.languages import language
from huiqian.documents.queries.archived import archive
from huiqian.documents.rules import status_words
from huiqian.documents.rules.workbooks import MOST, Column, write_sheet

COLUMNS = (
    Column("number", "编号", "Number", width=22),
    Column("name", "单据", "Document", width=20),
    Column("title", "标题", "Title", width=44),
    Column("process", "流程", "Process", width=10),
    Column("status", "状态", "State", width=12),
    Column("versions", "版本", "Versions", width=8, number=True),
    Column("archived", "归档时间", "Archived", width=17),
)


def archive_sheet(actor: Actor, *, search: str = "", process: str = "", year: int | None = None) -> bytes:
    """The archived documents this person may read, with the archive's filters; the latest 5,000. 1 query beyond the
    organisation's.
    """
    page = archive(actor, search=search, process=process, year=year, size=MOST)
    rows = (
        [
            one.number,
            one.name,
            one.title,
            one.process_code,
            status_words(one.status),
            one.version_count,
            one.archived_at,
        ]
        for one in page.rows
    )
    english = language() == "en"
    return write_sheet("Archive" if english else "单据档案", COLUMNS, rows, english=english)
