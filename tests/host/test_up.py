"""`huiqian up` on a fresh folder: starts everything, heals what is killed, ends cleanly, starts again."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.host.running import Up, children, huiqian, lives, wait_for


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    running = Up(tmp_path_factory.mktemp("demo") / "data")
    yield running
    running.stop()


def test_tells_where_to_go(up: Up) -> None:
    wait_for(lambda: "runs at" in up.said(), "the greeting")
    assert f"http://127.0.0.1:{up.port}" in up.said()
    assert "This is a demo" in up.said()


def test_the_sign_in_page_of_a_demo_lists_the_people(up: Up) -> None:
    status, page = up.get("/sign-in")
    assert status == 200
    assert "marketing_manager" in page


def test_files_may_be_kept_for_a_year_as_their_address_changes_with_them(up: Up) -> None:
    _status, page = up.get("/sign-in")
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "?v=" in address
    status, _css = up.get(address)
    assert status == 200


def test_a_killed_web_server_comes_back(up: Up) -> None:
    web = up.part("web")
    workers = children(web)
    assert workers
    os.kill(web, signal.SIGKILL)
    wait_for(lambda: up.part("web") not in (0, web) and up.answers(), "the web server's return")
    assert not any(lives(worker) for worker in workers)


def test_a_killed_process_of_the_web_server_comes_back(up: Up) -> None:
    web = up.part("web")
    (worker,) = children(web)
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: not lives(worker) and up.answers(), "the process's return")
    assert up.part("web") == web


def test_a_killed_worker_comes_back(up: Up) -> None:
    worker = up.part("worker")
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: up.part("worker") not in (0, worker), "the worker's return")


def test_a_killed_database_comes_back(up: Up) -> None:
    postmaster = up.postmaster()
    os.kill(postmaster, signal.SIGKILL)
    wait_for(lambda: up.postmaster() not in (0, postmaster) and up.answers(), "the database's return")
    wait_for(lambda: up.get("/sign-in")[0] == 200, "a page")


def test_a_second_one_on_the_same_folder_is_refused(up: Up) -> None:
    done = huiqian("up", "--data-dir", str(up.folder), "--port", "1")
    assert done.returncode == 2
    assert "already" in done.stderr
    assert f"process {up.process.pid}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_token_for_the_api_can_be_made_while_it_runs(up: Up) -> None:
    done = huiqian("token", "marketing_manager", "--data-dir", str(up.folder))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("hq_")
    assert len(done.stdout.split()) == 1
    assert up.answers()


def test_the_journal_can_be_checked_while_it_runs(up: Up) -> None:
    done = huiqian("verify-journal", "--data-dir", str(up.folder))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "as it was written" in done.stdout


def test_a_login_that_nobody_has_is_told(up: Up) -> None:
    done = huiqian("token", "nobody-of-this-name", "--data-dir", str(up.folder))
    assert done.returncode == 2
    assert "nobody-of-this-name" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_backup_goes_into_an_empty_folder_whole(up: Up, tmp_path: Path) -> None:
    file = tmp_path / "all.dump"
    assert huiqian("backup", str(file), "--data-dir", str(up.folder)).returncode == 0
    there = ("--data-dir", str(tmp_path / "restored"))
    done = huiqian("restore", str(file), "--demo", *there)
    assert done.returncode == 0, done.stderr
    assert huiqian("restore", str(file), "--demo", *there).returncode == 2, "full: asks for --replace"
    assert huiqian("restore", str(file), "--demo", "--replace", *there).returncode == 0
    assert huiqian("verify-journal", *there).returncode == 0
    assert huiqian("token", "marketing_manager", *there).stdout.startswith("hq_")


# The last ones: they end it.


def test_ctrl_c_ends_everything_and_it_starts_again(up: Up) -> None:
    numbers = [up.part("web"), up.part("worker"), up.postmaster()]
    assert all(lives(number) for number in numbers)
    assert up.stop() == 0
    assert not any(lives(number) for number in numbers)
    assert "Traceback" not in up.said().partition("runs at")[2].rpartition("is started again")[2]

    again = Up(up.folder)
    try:
        assert again.get("/sign-in")[0] == 200
        web, worker = again.part("web"), again.part("worker")
        os.kill(again.process.pid, signal.SIGKILL)
        again.process.wait()
        wait_for(lambda: not lives(web) and not lives(worker), "the end of the parts with their supervisor")
    finally:
        again.stop()

    healed = Up(up.folder)
    try:
        assert healed.get("/sign-in")[0] == 200
    finally:
        assert healed.stop(signal.SIGTERM) == 0


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = huiqian("up", "--data-dir", str(tmp_path / "data"), "--port", port)
    assert done.returncode == 2
    assert port in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_company_sets_its_own_first_password(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("correct horse battery\n")
    up = Up(tmp_path / "data", "--no-demo", "--admin-password-file", str(secret))
    try:
        _status, page = up.get("/sign-in")
        assert "marketing_manager" not in page
        assert up.get("/sign-in/demo")[0] in (403, 404, 405)
        assert "correct horse" not in up.said()
    finally:
        up.stop()
    done = huiqian("up", "--data-dir", str(tmp_path / "data"), "--demo")
    assert done.returncode == 2
    assert "cannot become a demo" in done.stderr
