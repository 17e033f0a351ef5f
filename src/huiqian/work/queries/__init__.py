"""What pages and the API ask about tasks and cases."""

from huiqian.work.queries.case import CaseView, Choice, MyTask, case_view
from huiqian.work.queries.copies import CopyLine, CopyPage, CopyRow, copies
from huiqian.work.queries.counts import InboxCounts, NextTask, inbox_counts, next_task
from huiqian.work.queries.foresight import foresee, latest_start
from huiqian.work.queries.inbox import InboxPage, InboxRow, inbox
from huiqian.work.queries.listing import CasePage, cases
from huiqian.work.queries.machine import MachineForm, TaskView, start_form, task_view
from huiqian.work.queries.rechecks import (
    RecheckView,
    open_rechecks_of,
    recheck_view,
    rechecks_left_behind,
    rechecks_of_case,
    rechecks_of_cause,
    responsible_now,
    waiting_rechecks,
)
from huiqian.work.queries.timeline import TimelineItem

__all__ = [
    "CasePage",
    "CaseView",
    "Choice",
    "CopyLine",
    "CopyPage",
    "CopyRow",
    "InboxCounts",
    "InboxPage",
    "InboxRow",
    "MachineForm",
    "MyTask",
    "NextTask",
    "RecheckView",
    "TaskView",
    "TimelineItem",
    "case_view",
    "cases",
    "copies",
    "foresee",
    "inbox",
    "inbox_counts",
    "latest_start",
    "next_task",
    "open_rechecks_of",
    "recheck_view",
    "rechecks_left_behind",
    "rechecks_of_case",
    "rechecks_of_cause",
    "responsible_now",
    "start_form",
    "task_view",
    "waiting_rechecks",
]
