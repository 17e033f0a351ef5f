"""Runs the ticks: any number of workers may, each turn is taken by one of them."""

import logging
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, close_old_connections, connection

from huiqian.base.ticks import Tick, ticks

log = logging.getLogger("huiqian.jobs")

# One statement claims the turn: of workers that come at the same moment one gets a row, the others none. The time is
# the database's, so that clocks of several machines need not agree.
CLAIM = """
insert into jobs_tick as t (name, ran_at, turns, failure) values (%s, clock_timestamp(), 1, '')
on conflict (name) do update set ran_at = clock_timestamp(), turns = t.turns + 1
where t.ran_at <= clock_timestamp() - %s * interval '1 second'
returning turns
"""
FAILED = "update jobs_tick set failed_at = clock_timestamp(), failure = %s where name = %s"


def run_due_ticks() -> int:
    """Take every turn that is due and that no other worker has taken; returns how many were taken."""
    return sum(take_turn(tick) for tick in ticks())


def take_turn(tick: Tick) -> bool:
    """Run a tick if its turn is due and nobody else has it. 3 statements besides the tick's own."""
    with _alone(tick.name) as alone:
        if not alone or not _claim(tick):
            return False
        try:
            tick.run()
        except Exception:
            log.exception("tick %s failed; its next turn comes in %s s", tick.name, tick.seconds)
            _note_failure(tick.name, traceback.format_exc()[-4000:])
    return True


def _claim(tick: Tick) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [tick.name, tick.seconds])
        return cursor.fetchone() is not None


def _note_failure(name: str, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FAILED, [text, name])


@contextmanager
def _alone(name: str) -> Iterator[bool]:
    """Whether nobody else is still at a turn of this tick; the database forgets the lock with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtext('huiqian.tick'), hashtext(%s))", [name])
        (alone,) = cursor.fetchone()
    try:
        yield alone
    finally:
        if alone and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(hashtext('huiqian.tick'), hashtext(%s))", [name])


class Ticker(threading.Thread):
    """Looks twice a second whether a turn is due."""

    def __init__(self, pause: float = 0.5) -> None:
        """`pause` in seconds between two looks."""
        super().__init__(name="ticker", daemon=True)
        self.pause = pause
        self._ended = threading.Event()
        self._next: dict[str, float] = {}

    def run(self) -> None:
        """Look and work until stopped; a database that is away is waited for."""
        while not self._ended.wait(self.pause):
            close_old_connections()
            try:
                self._look()
            except DatabaseError as away:
                log.warning("ticks wait for the database: %s", str(away).strip().partition("\n")[0])
                connection.close()
                self._ended.wait(1)
        connection.close()

    def _look(self) -> None:
        """Ask the database only about ticks that may be due: an idle worker is quiet."""
        for tick in ticks():
            if time.monotonic() < self._next.get(tick.name, 0) or self._ended.is_set():
                continue
            # Another worker has the turn: ask again soon, it may be killed before the next one.
            wait = tick.seconds if take_turn(tick) else min(tick.seconds, max(1, tick.seconds / 10))
            self._next[tick.name] = time.monotonic() + wait

    def stop(self) -> None:
        """End after the turn that is under way."""
        self._ended.set()
        self.join(timeout=20)
