"""kill -9 of web, worker and PostgreSQL while programs start and decide cases: nothing is half done, all goes on."""

import json
import os
import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from huiqian.host.postgres import Server
from tests.host.running import PATIENCE, Up, huiqian, wait_for

CASES = 12


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    running = Up(tmp_path_factory.mktemp("killed") / "data")
    yield running
    running.stop()


class Program:
    """A program that does not give up: it sends the same request with the same key until it is answered."""

    def __init__(self, up: Up, login: str) -> None:
        self.up = up
        done = huiqian("token", login, "--data-dir", str(up.folder))
        assert done.returncode == 0, done.stderr
        self.token = done.stdout.strip()

    def once(self, path: str, body: object = None, key: str = "") -> Any:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.up.port}/api/v1{path}", data, headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def ask(self, path: str, body: object = None, key: str = "") -> Any:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self.once(path, body, key)
            except urllib.error.HTTPError as error:
                # A refusal would be a fault of ours; 5xx is the kill.
                if error.code < 500:
                    raise RuntimeError(error.read().decode()) from error
            except (OSError, ValueError):
                pass
            assert time.monotonic() < deadline, f"{path} was not answered"
            time.sleep(0.3)


def _side_by_side(works: list[Callable[[], object]], disturb: Callable[[], object]) -> None:
    """Do all works in threads; disturb them until they are done, three times at most."""
    failures: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for _ in range(3):
        time.sleep(0.4)
        if any(thread.is_alive() for thread in threads):
            disturb()
    for thread in threads:
        thread.join()
    assert failures == []


def _kill(number: int) -> None:
    if number:
        os.kill(number, signal.SIGKILL)


def _rows(up: Up, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query, once the database is back: a kill may come after the last answer, and nobody waits."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with psycopg.connect(Server(Path(up.folder) / "postgres").url) as connection:
                return connection.execute(query).fetchall()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.1)


def test_every_case_is_started_once_and_decided_once(up: Up) -> None:
    drafter, director = Program(up, "marketing_manager"), Program(up, "product_marketing_director")
    example = drafter.ask("/processes/SC-001")["example"]

    def start(first: int) -> None:
        for number in range(first, CASES, 3):
            values = {**example, "topic": f"调研 {number}"}
            drafter.ask("/cases", {"process": "SC-001", "values": values}, key=f"start-{number}")

    parts = iter([up.postmaster, lambda: up.part("web"), up.postmaster])
    _side_by_side([lambda first=first: start(first) for first in range(3)], lambda: _kill(next(parts)()))  # type: ignore[misc]

    titles = sorted(title for (title,) in _rows(up, "select title from process_instance"))
    assert titles == sorted(f"调研 {number}" for number in range(CASES))

    tasks = [task for (task,) in _rows(up, "select id from work_task where element = 'review' and status = 'open'")]
    assert len(tasks) == CASES

    def decide(share: list[int]) -> None:
        for task in share:
            director.ask(f"/tasks/{task}/decision", {"outcome": "approve", "opinion": "可行"}, key=f"decide-{task}")

    again = iter([up.postmaster, lambda: up.part("worker"), lambda: up.part("web")])
    _side_by_side(
        [lambda share=tasks[first::3]: decide(share) for first in range(3)],  # type: ignore[misc]
        lambda: _kill(next(again)()),
    )
    assert _rows(up, "select element, status, count(*) from work_task group by 1, 2 order by 1") == [
        ("budget", "open", CASES), ("draft", "done", CASES), ("review", "done", CASES),
    ]  # fmt: skip
    assert _rows(up, "select count(*) from journal_entry where kind = 'task_decided'") == [(2 * CASES,)]
    assert _rows(up, "select count(*) from documents_version") == [(CASES,)]


def test_the_journal_is_whole(up: Up) -> None:
    done = huiqian("verify-journal", "--data-dir", str(up.folder))
    assert done.returncode == 0, done.stdout + done.stderr


def test_everybody_is_told_once_of_every_task(up: Up) -> None:
    """Jobs whose worker was killed go to another one after half a minute."""
    told = "select p.login, count(*) from notify_notice n join org_person p on p.id = n.person_id group by 1 order by 1"
    expected = [("business_unit_director", CASES), ("product_marketing_director", CASES)]
    wait_for(lambda: [row for row in _rows(up, told) if row[0] != "marketing_manager"] == expected, "the telling")
    wait_for(lambda: _rows(up, "select count(*) from procrastinate_jobs") == [(0,)], "the end of all jobs")
