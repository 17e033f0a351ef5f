"""Pure decisions of the organisation: who is asked, and until when."""

from huiqian.org.rules.calendar import Calendar
from huiqian.org.rules.roster import Chosen, DeputyRef, GroupRef, HoldingRef, PersonRef, PositionRef, Roster

__all__ = ["Calendar", "Chosen", "DeputyRef", "GroupRef", "HoldingRef", "PersonRef", "PositionRef", "Roster"]
