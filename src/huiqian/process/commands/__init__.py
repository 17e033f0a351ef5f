"""Verbs of processes, one a file."""

from huiqian.process.commands.deliver_parcel import deliver_parcel
from huiqian.process.commands.fire_due_timers import fire_due_timers
from huiqian.process.commands.load_handbook import load_handbook
from huiqian.process.commands.look_after_call import look_after_call
from huiqian.process.commands.retry_incident import retry_incident
from huiqian.process.commands.retry_scheduled import retry_scheduled
from huiqian.process.commands.save_decision import save_decision
from huiqian.process.commands.save_schedule import save_schedule
from huiqian.process.commands.start_scheduled import start_scheduled
from huiqian.process.commands.suspend_case import resume_case, suspend_case
from huiqian.process.commands.take_up_turn import take_up_turn

__all__ = [
    "deliver_parcel", "fire_due_timers", "load_handbook", "look_after_call", "resume_case", "retry_incident",
    "retry_scheduled", "save_decision", "save_schedule", "start_scheduled", "suspend_case", "take_up_turn",
]  # fmt: skip
