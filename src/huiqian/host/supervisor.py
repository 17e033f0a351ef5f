"""The supervisor: starts the parts, brings back those that end, and stops them in good order.

It holds no part of the product itself and never touches its tables, so that there is little that could end it.
"""

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import FrameType

from huiqian.host.processes import SUPERVISOR

log = logging.getLogger("huiqian.host")

LOOK_SECONDS = 0.2
GRACE_SECONDS = 25
# A part that ends at once again and again is started ever more slowly.
PAUSES = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)
STEADY_SECONDS = 30


class Part:
    """One process that has to run always: the web server, the worker."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """`command` is run with the supervisor's environment and `environment` on top of it."""
        self.name, self.command, self.environment = name, list(command), dict(environment)
        self.process: subprocess.Popen[bytes] | None = None
        self.failures = 0
        self.started = self.not_before = 0.0

    def look(self) -> None:
        """Start the part where it does not run. Whatever its exit code, it is not meant to end."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self._note_end(now)
        if self.process is None and now >= self.not_before:
            self._start(now)

    def _start(self, now: float) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            self.command,
            env={**os.environ, **self.environment, SUPERVISOR: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            # A group of its own: Ctrl-C reaches the supervisor alone, which ends the parts in order.
            start_new_session=True,
        )
        self.started = now

    def _note_end(self, now: float) -> None:
        assert self.process is not None
        code = self.process.returncode
        self._end_group(signal.SIGKILL)
        self.process = None
        self.failures = 0 if now - self.started > STEADY_SECONDS else self.failures + 1
        pause = PAUSES[min(self.failures, len(PAUSES) - 1)] if self.failures > 1 else 0.0
        self.not_before = now + pause
        log.warning("%s ended (%s); it is started again%s", self.name, code, f" in {pause} s" if pause else "")

    def ask_to_end(self) -> None:
        """Let the part finish what it is at."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic seconds), then end the part and all it started by force."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, deadline - time.monotonic()))
        self._end_group(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def _end_group(self, number: signal.Signals) -> None:
        """Also the children of a part that was killed: they would keep its port."""
        assert self.process is not None
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)


class Watch:
    """Something that is looked after every so often: the embedded PostgreSQL."""

    def __init__(self, name: str, seconds: float, look: Callable[[], object]) -> None:
        """`look` is called every `seconds`; what it raises is logged, and it is called again."""
        self.name, self.seconds, self.call = name, seconds, look
        self.next = 0.0

    def look(self) -> None:
        """Look if it is time to."""
        if time.monotonic() < self.next:
            return
        try:
            self.call()
        except Exception:
            log.exception("%s could not be brought back; the next try comes in %s s", self.name, self.seconds)
        self.next = time.monotonic() + self.seconds


class Supervisor:
    """Runs until SIGTERM, SIGINT (Ctrl-C) or SIGHUP."""

    def __init__(self, parts: Sequence[Part], watches: Sequence[Watch] = ()) -> None:
        """`watches` are looked after before the parts, which stand on them."""
        self.parts, self.watches = list(parts), list(watches)
        self._stop = threading.Event()

    def run(self, while_starting: Callable[[], bool] = lambda: True) -> None:
        """Keep everything running; `while_starting` is called at every look until it says True."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        ready = False
        try:
            while not self._stop.is_set():
                for watch in self.watches:
                    watch.look()
                for part in self.parts:
                    part.look()
                ready = ready or while_starting()
                self._stop.wait(LOOK_SECONDS)
        finally:
            self._end_all()

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _end_all(self) -> None:
        deadline = time.monotonic() + GRACE_SECONDS
        for part in self.parts:
            part.ask_to_end()
        for part in self.parts:
            part.end(deadline)
