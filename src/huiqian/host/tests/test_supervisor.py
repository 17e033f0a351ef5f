"""The supervisor with real processes: brings back what ends, ends what it started, and takes its parts along."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from huiqian.host.supervisor import Part, Supervisor, Watch

SLEEP = (sys.executable, "-c", "import time; time.sleep(600)")


def _wait_for(said: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not said():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)


def _lives(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False


def _stopped_after(*steps: Callable[[], object]) -> Callable[[], bool]:
    """Does a step at each look of the supervisor, then asks it to stop."""
    left = list(steps)

    def look() -> bool:
        if left:
            left.pop(0)()
        else:
            os.kill(os.getpid(), signal.SIGTERM)
        return False

    return look


def test_a_part_that_ends_is_started_again_whatever_its_code() -> None:
    part = Part("ends", (sys.executable, "-c", "pass"), {})
    numbers: set[int] = set()

    def look() -> None:
        part.look()
        if part.process:
            numbers.add(part.process.pid)

    _wait_for(lambda: look() or len(numbers) >= 3)
    part.end(time.monotonic())


def test_a_part_that_is_killed_is_started_again_and_its_children_are_gone() -> None:
    parent = (
        "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
        "time.sleep(600)"
    )
    part = Part("parent", (sys.executable, "-c", parent), {})
    part.look()
    assert part.process is not None
    first = part.process.pid
    _wait_for(lambda: _children(first))
    (child,) = _children(first)
    os.kill(first, signal.SIGKILL)
    _wait_for(lambda: part.look() or (part.process is not None and part.process.pid != first))
    _wait_for(lambda: not _lives(child))
    part.end(time.monotonic())
    assert part.process is None


def _children(number: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{number}/task/{number}/children").read_text().split()]
    except FileNotFoundError:
        return []


def test_stopping_ends_every_part() -> None:
    parts = [Part("one", SLEEP, {}), Part("two", SLEEP, {})]
    seen: list[int] = []
    old = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    try:
        Supervisor(parts).run(_stopped_after(lambda: seen.extend(part.process.pid for part in parts if part.process)))
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
    assert len(seen) == 2
    assert not any(_lives(number) for number in seen)


def test_a_part_that_will_not_end_is_ended_by_force() -> None:
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
    )
    part = Part("deaf", (sys.executable, "-c", deaf), {})
    part.look()
    assert part.process is not None
    number = part.process.pid
    time.sleep(0.3)
    part.ask_to_end()
    part.end(time.monotonic() + 0.5)
    assert not _lives(number)


def test_a_watch_that_fails_is_called_again() -> None:
    calls: list[float] = []

    def fail() -> None:
        calls.append(time.monotonic())
        raise RuntimeError("the disk is full")

    watch = Watch("disk", 0.05, fail)
    _wait_for(lambda: watch.look() or len(calls) >= 2)


def test_parts_end_with_a_supervisor_that_is_killed() -> None:
    """kill -9 gives the supervisor no time: its parts see to it themselves."""
    part = "from huiqian.host.processes import follow_supervisor; import time; follow_supervisor(); time.sleep(600)"
    above = (
        "import sys; from huiqian.host.supervisor import Part, Supervisor;"
        f"part = Part('part', (sys.executable, '-c', {part!r}), {{}});"
        "Supervisor([part]).run(lambda: bool(print(part.process.pid, flush=True)) or True)"
    )
    source = Path(__file__).parents[3]
    supervisor = subprocess.Popen(
        [sys.executable, "-c", above], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(source)}
    )
    assert supervisor.stdout is not None
    number = int(supervisor.stdout.readline())
    assert _lives(number)
    time.sleep(0.5)
    supervisor.kill()
    supervisor.wait()
    _wait_for(lambda: not _lives(number))


def test_the_thread_that_watches_on_other_systems_sees_the_parent_go() -> None:
    """Where the kernel cannot be asked, a thread looks at who the parent is."""
    from huiqian.host import processes

    ended = threading.Event()
    old = signal.signal(signal.SIGTERM, lambda *_: ended.set())
    try:
        processes._watch(parent=-1)
    finally:
        signal.signal(signal.SIGTERM, old)
    assert ended.is_set()
