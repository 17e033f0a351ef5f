"""Verbs of processes, one a file."""

from huiqian.process.commands.fire_due_timers import fire_due_timers
from huiqian.process.commands.load_handbook import load_handbook
from huiqian.process.commands.save_decision import save_decision

__all__ = ["fire_due_timers", "load_handbook", "save_decision"]
