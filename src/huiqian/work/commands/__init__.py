"""Verbs of work, one a file."""

from huiqian.work.commands.answer_recheck import answer_recheck, void_recheck
from huiqian.work.commands.comment_on_case import comment_on_case
from huiqian.work.commands.copy_case import copy_case, read_copies
from huiqian.work.commands.decide import Decided, decide
from huiqian.work.commands.hand_over_task import hand_over_task
from huiqian.work.commands.note_pace import note_pace
from huiqian.work.commands.pass_on_recheck import pass_on_recheck
from huiqian.work.commands.remind_of_rechecks import remind_of_rechecks
from huiqian.work.commands.remind_overdue import remind_overdue
from huiqian.work.commands.signatories import add_signatory, remove_signatory
from huiqian.work.commands.start_case import Started, start_case
from huiqian.work.commands.take_back_decision import take_back_decision
from huiqian.work.commands.urge_members import urge_members
from huiqian.work.commands.urge_task import urge_task
from huiqian.work.commands.withdraw_case import withdraw_case

__all__ = [
    "Decided",
    "Started",
    "add_signatory",
    "answer_recheck",
    "comment_on_case",
    "copy_case",
    "decide",
    "hand_over_task",
    "note_pace",
    "pass_on_recheck",
    "read_copies",
    "remind_of_rechecks",
    "remind_overdue",
    "remove_signatory",
    "start_case",
    "take_back_decision",
    "urge_members",
    "urge_task",
    "void_recheck",
    "withdraw_case",
]
