"""What each tick does in one turn: the commands that time calls, as the product itself."""

import logging
from collections.abc import Callable, Iterable

from huiqian.base.actors import SYSTEM
from huiqian.documents.commands import ask_for_previews, forget_unattached_files, keep_page, keep_preview
from huiqian.documents.previewing import draw
from huiqian.documents.queries import contents
from huiqian.journal.commands import anchor_journal
from huiqian.marketing.commands import ask_to_recheck, settle_ripple, void_ripple
from huiqian.marketing.queries import cases_to_recheck, causes_given_up, ripples_given_up, ripples_to_spread
from huiqian.notify.commands import deliver, write_digests
from huiqian.notify.sending import post_delivery, send_mail
from huiqian.process.calls import open_calls, open_parcels
from huiqian.process.commands import (
    bring_into_effect,
    deliver_parcel,
    fire_due_timers,
    look_after_call,
    remind_reviewers,
    start_scheduled,
)
from huiqian.surveys.commands import close_due_surveys as close_due
from huiqian.work.commands import note_pace, pass_on_recheck, remind_of_rechecks, remind_overdue, void_recheck
from huiqian.work.queries import open_rechecks_of, rechecks_left_behind

log = logging.getLogger("huiqian.jobs")

# A turn ends some time, so that other ticks get theirs: what is left waits for the next one.
MOST_A_TURN = 500


def fire_timers() -> int:
    """Fire what is due, each timer in a transaction of its own; returns how many."""
    fired = 0
    while fired < MOST_A_TURN and fire_due_timers(SYSTEM):
        fired += 1
    return fired


def look_after_calls() -> int:
    """Tell callers how the cases they called have ended, and withdraw those that nobody waits for; returns how many."""
    return _each(open_calls(MOST_A_TURN), lambda call: look_after_call(SYSTEM, call))


def deliver_parcels() -> int:
    """Bring messages and signals to the cases that wait for them; returns how many."""
    return _each(open_parcels(MOST_A_TURN), lambda parcel: deliver_parcel(SYSTEM, parcel))


def start_scheduled_cases() -> int:
    """Start the cases whose turn has come, also those missed while nobody worked; returns how many turns were taken."""
    taken = 0
    while taken < MOST_A_TURN and start_scheduled(SYSTEM):
        taken += 1
    return taken


def _each(rows: Iterable[int], look: Callable[[int], bool]) -> int:
    """Look after each row in a transaction of its own; one that fails is logged and does not hold up the others."""
    done = 0
    for row in rows:
        try:
            done += look(row)
        except Exception:
            log.exception("row %s failed; it is looked after again at the next turn", row)
    return done


def bring_into_effect_what_is_due() -> int:
    """Let versions take effect whose day has come, each in a transaction of its own; returns how many."""
    brought = 0
    while brought < MOST_A_TURN and bring_into_effect(SYSTEM):
        brought += 1
    return brought


def remind_of_reviews() -> int:
    """Remind of joint reviews that are late, once every working day; returns how many."""
    return remind_reviewers(SYSTEM)


def remind() -> int:
    """Remind of tasks that became late, and of re-checks every working day; returns how many. What is left with people
    who are no longer there goes to whoever is responsible now.
    """
    _each(rechecks_left_behind(), lambda one: pass_on_recheck(SYSTEM, one))
    return remind_overdue(SYSTEM) + remind_of_rechecks(SYSTEM)


def close_due_surveys() -> int:
    """Close the surveys whose time is over; returns how many."""
    return close_due(SYSTEM)


def spread_prices() -> int:
    """Ask for re-checks where open cases quote prices that change, each case in a transaction of its own; returns how
    many were asked. What could not be asked stays for the next turn.
    """
    asked = 0
    for ripple in ripples_given_up():
        void_ripple(SYSTEM, ripple.pk)
    # Also those that a turn which was cut short left.
    _each(open_rechecks_of(causes_given_up()), lambda one: void_recheck(SYSTEM, one))
    for ripple in ripples_to_spread():
        whole = True
        for case in cases_to_recheck(ripple):
            try:
                asked += ask_to_recheck(SYSTEM, ripple.pk, case)
            except Exception:
                whole = False
                log.exception("ripple %s did not reach case %s; the next turn asks again", ripple.pk, case)
        if whole:
            settle_ripple(SYSTEM, ripple.pk, ripple.made_at)
    return asked


def seal_the_day() -> None:
    """Seal the journal's chains, once a day."""
    anchor_journal(SYSTEM)


def forget_files() -> int:
    """Delete uploads that were never attached to anything; returns how many."""
    return forget_unattached_files(SYSTEM)


def draw_file(sha256: str, kind: str) -> None:
    """Draw a file's preview, outside of every transaction, and keep it."""
    keep_preview(SYSTEM, sha256, draw(contents(sha256), kind))


def draw_page(sha256: str, kind: str, number: int) -> None:
    """Draw a later page of a PDF, outside of every transaction, and keep it."""
    keep_page(SYSTEM, sha256, number, draw(contents(sha256), kind, page=number))


def ask_for_missing_previews() -> int:
    """Have files drawn that came in before there were previews; returns how many."""
    return ask_for_previews(SYSTEM)


def note_how_long_steps_take() -> int:
    """Note how long steps usually take; returns of how many."""
    return note_pace(SYSTEM)


def mail(mail: int) -> None:
    """Send an e-mail that is owed."""
    send_mail(mail)


def post(delivery: int) -> None:
    """Tell a group robot or webhook what it is owed."""
    post_delivery(delivery)


def write_morning_digests() -> int:
    """Write the digests of the morning; returns how many."""
    return write_digests(SYSTEM)


def tell(entries: list[int]) -> None:
    """Tell people of these journal entries."""
    deliver(SYSTEM, entries)
