"""`huiqian up` as a real process: started, looked at, killed in parts."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
PATIENCE = 120
# What the test run set for itself is not for the product under test.
NOT_INHERITED = (
    "DATABASE_URL", "HUIQIAN_TEST_DATABASE", "SECRET_KEY", "HUIQIAN_DATA", "HUIQIAN_DEMO", "HUIQIAN_SUPERVISOR",
    "PYTHONDONTWRITEBYTECODE",
)  # fmt: skip


def environment() -> dict[str, str]:
    """The environment of somebody who has just installed the product."""
    return {k: v for k, v in os.environ.items() if k not in NOT_INHERITED} | {"PYTHONPATH": str(SOURCE)}


def huiqian(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run a verb to its end."""
    command = [sys.executable, "-m", "huiqian", *arguments]
    return subprocess.run(
        command, env=environment() | more, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(said: Callable[[], object], what: str) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not said():
        assert time.monotonic() < deadline, f"{what} did not happen in {PATIENCE} s"
        time.sleep(0.1)


class Up:
    """A running `huiqian up`."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder, self.port = folder, free_port()
        self.log = folder.parent / f"{folder.name}.log"
        command = [
            sys.executable, "-m", "huiqian", "up", "--data-dir", str(folder), "--port", str(self.port),
            "--web-workers", "1", *options,
        ]  # fmt: skip
        with self.log.open("a") as out:
            self.process = subprocess.Popen(command, env=environment(), stdout=out, stderr=out, start_new_session=True)
        wait_for(lambda: self.answers() or self.process.poll() is not None, "the start")
        assert self.process.poll() is None, self.said()

    def said(self) -> str:
        """What it printed."""
        return self.log.read_text()

    def get(self, path: str) -> tuple[int, str]:
        """A page, and its status; 0 where nothing answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def answers(self) -> bool:
        """Whether web server and database answer."""
        return self.get("/health")[0] == 200

    def part(self, verb: str) -> int:
        """The process of a part: "web" or "worker"; 0 where it does not run."""
        for number in children(self.process.pid):
            words = _command(number)
            if verb in words and "huiqian" in words:
                return number
        return 0

    def postmaster(self) -> int:
        """The database's own process."""
        location = self.folder / "postgres" / "postgres.location"
        folder = Path(location.read_text().strip()) if location.exists() else self.folder / "postgres"
        try:
            return int((folder / "pgdata" / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError):
            return 0

    def stop(self, number: int = signal.SIGINT) -> int:
        """End it as Ctrl-C does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def children(number: int) -> list[int]:
    """The processes that this one started."""
    try:
        return [int(word) for word in Path(f"/proc/{number}/task/{number}/children").read_text().split()]
    except FileNotFoundError:
        return []


def lives(number: int) -> bool:
    """Whether a process runs (one that only waits to be counted out does not)."""
    try:
        return number > 0 and Path(f"/proc/{number}/stat").read_text().rsplit(") ", 1)[1][0] != "Z"
    except FileNotFoundError:
        return False


def _command(number: int) -> list[str]:
    try:
        return Path(f"/proc/{number}/cmdline").read_text().split("\0")
    except FileNotFoundError:
        return []
