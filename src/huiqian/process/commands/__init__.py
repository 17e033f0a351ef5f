"""Verbs of processes, one a file."""

from huiqian.process.commands.agree_to_version import agree_to_version
from huiqian.process.commands.bring_into_effect import bring_into_effect
from huiqian.process.commands.deliver_parcel import deliver_parcel
from huiqian.process.commands.discard_version import discard_version
from huiqian.process.commands.fire_due_timers import fire_due_timers
from huiqian.process.commands.load_handbook import load_handbook
from huiqian.process.commands.look_after_call import look_after_call
from huiqian.process.commands.refresh_occasions import refresh_occasions
from huiqian.process.commands.refuse_version import refuse_version
from huiqian.process.commands.remind_reviewers import remind_reviewers
from huiqian.process.commands.retry_incident import retry_incident
from huiqian.process.commands.retry_scheduled import retry_scheduled
from huiqian.process.commands.save_decision import save_decision
from huiqian.process.commands.save_schedule import save_schedule
from huiqian.process.commands.start_scheduled import start_scheduled
from huiqian.process.commands.submit_version import submit_version
from huiqian.process.commands.suspend_case import resume_case, suspend_case
from huiqian.process.commands.take_up_turn import take_up_turn
from huiqian.process.commands.upload_version import upload_version
from huiqian.process.commands.withdraw_version import withdraw_version

__all__ = [
    "agree_to_version", "bring_into_effect", "deliver_parcel", "discard_version", "fire_due_timers", "load_handbook",
    "look_after_call", "refresh_occasions", "refuse_version", "remind_reviewers", "resume_case", "retry_incident",
    "retry_scheduled", "save_decision", "save_schedule", "start_scheduled", "submit_version", "suspend_case",
    "take_up_turn", "upload_version", "withdraw_version",
]  # fmt: skip
