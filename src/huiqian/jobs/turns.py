"""What each tick does in one turn: the commands that time calls, as the product itself."""

from huiqian.base.actors import SYSTEM
from huiqian.documents.commands import forget_unattached_files
from huiqian.journal.commands import anchor_journal
from huiqian.notify.commands import deliver
from huiqian.process.commands import fire_due_timers
from huiqian.work.commands import remind_overdue

# A turn ends some time, so that other ticks get theirs: what is left waits for the next one.
MOST_A_TURN = 500


def fire_timers() -> int:
    """Fire what is due, each timer in a transaction of its own; returns how many."""
    fired = 0
    while fired < MOST_A_TURN and fire_due_timers(SYSTEM):
        fired += 1
    return fired


def remind() -> int:
    """Remind of tasks that became late; returns how many."""
    return remind_overdue(SYSTEM)


def seal_the_day() -> None:
    """Seal the journal's chains, once a day."""
    anchor_journal(SYSTEM)


def forget_files() -> int:
    """Delete uploads that were never attached to anything; returns how many."""
    return forget_unattached_files(SYSTEM)


def tell(entries: list[int]) -> None:
    """Tell people of these journal entries."""
    deliver(SYSTEM, entries)
