"""Verbs of the organisation, one kind of thing a file."""

from huiqian.org.commands.calendar import seed_calendar
from huiqian.org.commands.calendar_feeds import end_calendar_feed, make_calendar_feed
from huiqian.org.commands.departments import save_department
from huiqian.org.commands.deputies import appoint_deputy, end_deputy
from huiqian.org.commands.groups import save_group
from huiqian.org.commands.holdings import assign_position, end_holding
from huiqian.org.commands.people import add_person, change_person, set_language, set_password, set_single_keys
from huiqian.org.commands.positions import save_position
from huiqian.org.commands.tokens import make_token, revoke_token

__all__ = [
    "add_person",
    "appoint_deputy",
    "assign_position",
    "change_person",
    "end_calendar_feed",
    "end_deputy",
    "end_holding",
    "make_calendar_feed",
    "make_token",
    "revoke_token",
    "save_department",
    "save_group",
    "save_position",
    "seed_calendar",
    "set_language",
    "set_password",
    "set_single_keys",
]
