"""Pure decisions of the organisation: who is asked, and until when."""

from huiqian.org.rules.calendar import DAY_ENDS, Calendar
from huiqian.org.rules.roster import Chosen, DeputyRef, GroupRef, HoldingRef, PersonRef, PositionRef, Roster
from huiqian.org.rules.spans import span_words

__all__ = [
    "DAY_ENDS",
    "Calendar", "Chosen", "DeputyRef", "GroupRef", "HoldingRef", "PersonRef", "PositionRef", "Roster", "span_words",
]  # fmt: skip
