"""The lists of the task centre as workbooks."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from huiqian.base import clock
from huiqian.base.actors import Actor
from huiqian.base.languages import language
from huiqian.documents.rules import status_words
from huiqian.documents.rules.workbooks import MOST, Column, write_sheet
from huiqian.process.opinions import SaidReview, said_reviews
from huiqian.work.queries.inbox import InboxPage, InboxRow, inbox

NUMBER = Column("number", "单号", "Number", width=18)
TITLE = Column("title", "标题", "Title", width=40)
PROCESS = Column("process", "流程", "Process", width=30)
STEP = Column("step", "步骤", "Step", width=24)
STARTER = Column("starter", "发起人", "Started by", width=12)
DEPARTMENT = Column("department", "部门", "Department", width=16)
ARRIVED = Column("arrived", "收到时间", "Received", width=17)
DUE = Column("due", "期限", "Due", width=17)
BEHALF = Column("behalf", "代谁处理", "For", width=12)
COLUMNS = {
    "open": (NUMBER, TITLE, PROCESS, STEP, STARTER, DEPARTMENT, ARRIVED, DUE, BEHALF),
    "done": (
        NUMBER, TITLE, PROCESS, STEP, STARTER, DEPARTMENT, ARRIVED, Column("decided", "处理时间", "Decided", width=17),
        Column("outcome", "处理结果", "Answer", width=14), BEHALF, Column("decided_by", "代理人", "Deputy", width=12),
    ),
    "started": (
        NUMBER, TITLE, PROCESS, Column("status", "状态", "State", width=12), STEP,
        Column("waiting", "待处理人", "Waiting for", width=24), Column("started", "提交时间", "Started", width=17), DUE,
        Column("ended", "结束时间", "Ended", width=17),
    ),
}  # fmt: skip
TITLES = {"open": ("待办", "To do"), "done": ("已办", "Done"), "started": ("我发起的", "Started by me")}


def with_reviews(actor: Actor, page: InboxPage, search: str, process: str) -> tuple[InboxRow | SaidReview, ...]:
    """What one has done, with the joint reviews in which one spoke meanwhile, the latest first. 1 query more."""
    said = said_reviews(actor, search=search, process=process, until=page.until, since=page.since)
    rows: list[InboxRow | SaidReview] = [*page.rows, *said]
    return tuple(sorted(rows, key=lambda row: row.decided_at or clock.now(), reverse=True))


def tasks_sheet(
    actor: Actor, tab: str, *, search: str = "", process: str = "", urgency: str = "", behalf: str = ""
) -> bytes:
    """A list of the task centre as a workbook, with its filters; the first 5,000 rows. As many queries as its page."""
    page = inbox(actor, tab, search=search, process=process, urgency=urgency, behalf=behalf, size=MOST)
    rows: Sequence[InboxRow | SaidReview] = page.rows
    if tab == "done":
        rows = with_reviews(actor, page, search, process)
    english = language() == "en"
    said = ([_told(row)[column.name] for column in COLUMNS[tab]] for row in rows)
    return write_sheet(TITLES[tab][english], COLUMNS[tab], said, english=english)


def _told(row: InboxRow | SaidReview) -> dict[str, object]:
    if isinstance(row, SaidReview):
        return {
            "number": f"{row.code} v{row.number}", "title": row.note, "process": f"{row.code} {row.name}",
            "step": _("Joint review"), "starter": row.submitter, "department": "", "arrived": row.submitted_at,
            "decided": row.decided_at, "outcome": _("Approved") if row.agrees else _("Refused"), "behalf": row.behalf,
            "decided_by": row.said_by,
        }  # fmt: skip
    return {
        "number": row.case_number, "title": row.title, "process": f"{row.process_code} {row.process_name}",
        "step": f"{row.step_name} · {row.about}" if row.about else row.step_name, "starter": row.starter.name,
        "department": row.starter_department, "arrived": row.arrived_at, "due": row.due_at,
        "decided": row.decided_at, "outcome": row.outcome_name, "behalf": row.behalf, "decided_by": row.decided_by,
        "status": status_words(row.case_status), "waiting": "、".join(row.waiting_for), "started": row.arrived_at,
        "ended": row.decided_at,
    }  # fmt: skip
