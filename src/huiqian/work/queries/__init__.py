"""What pages and the API ask about tasks and cases."""

from huiqian.work.queries.case import CaseView, Choice, MyTask, case_view
from huiqian.work.queries.foresight import foresee
from huiqian.work.queries.inbox import InboxCounts, InboxPage, InboxRow, inbox, inbox_counts
from huiqian.work.queries.timeline import TimelineItem

__all__ = [
    "CaseView",
    "Choice",
    "InboxCounts",
    "InboxPage",
    "InboxRow",
    "MyTask",
    "TimelineItem",
    "case_view",
    "foresee",
    "inbox",
    "inbox_counts",
]
