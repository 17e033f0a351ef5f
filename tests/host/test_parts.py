"""The parts alone, as on several machines: two web servers and a worker on one DATABASE_URL and one SECRET_KEY."""

import http.cookiejar
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from huiqian.host.postgres import Server
from tests.host.running import environment, free_port, huiqian, wait_for


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = Server(tmp_path_factory.mktemp("alone") / "server", {"fsync": "off"})
    yield server.ensure()
    server.stop()


def _start(*words: str, **more: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "huiqian", *words], env=environment() | more, start_new_session=True)


def _healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_who_signs_in_at_one_is_signed_in_at_the_other(database: str, tmp_path: Path) -> None:
    told = {"DATABASE_URL": database, "SECRET_KEY": "the same on both machines", "HUIQIAN_DEMO": "1"}
    done = huiqian("migrate", "--data-dir", str(tmp_path / "first"), **told)
    assert done.returncode == 0, done.stderr
    ports = (free_port(), free_port())
    parts = [_start("worker", "--data-dir", str(tmp_path / "worker"), **told)]
    for number, port in enumerate(ports):
        words = ("web", "--port", str(port), "--web-workers", "1", "--data-dir", str(tmp_path / f"web{number}"))
        parts.append(_start(*words, **told))
    try:
        wait_for(lambda: all(_healthy(port) for port in ports), "the start of both")
        jar = http.cookiejar.CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        first, second = (f"http://127.0.0.1:{port}" for port in ports)
        browser.open(f"{first}/sign-in")
        token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
        form = urllib.parse.urlencode({"login": "general_manager", "csrfmiddlewaretoken": token}).encode()
        assert "sign-in" not in browser.open(f"{first}/sign-in/demo", form).url
        assert browser.open(f"{second}/account").url == f"{second}/account"
        wait_for(lambda: _ticked(database), "the worker's first ticks")
    finally:
        for part in parts:
            part.send_signal(signal.SIGTERM)
        codes = [part.wait(60) for part in parts]
    assert codes == [0, 0, 0]


def _ticked(database: str) -> bool:
    with psycopg.connect(database) as connection:
        row = connection.execute("select count(*) from jobs_tick where turns > 0").fetchone()
    return row is not None and row[0] >= 3


def test_a_part_alone_says_what_it_misses(tmp_path: Path) -> None:
    for verb in ("web", "worker"):
        done = huiqian(verb, "--data-dir", str(tmp_path / "empty"))
        assert done.returncode == 2
        assert "DATABASE_URL" in done.stderr


def test_a_company_s_database_never_becomes_a_demo(database: str, tmp_path: Path) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("create database company")
    told = {"DATABASE_URL": database.replace("/huiqian?", "/company?"), "SECRET_KEY": "x"}
    there = ("--data-dir", str(tmp_path / "data"))
    done = huiqian("migrate", *there, **told)
    assert done.returncode == 0, done.stderr
    assert "The administrator's login is admin" in done.stdout
    again = huiqian("migrate", *there, **told)
    assert "password" not in again.stdout, "told once"
    refused = huiqian("migrate", *there, **told, HUIQIAN_DEMO="1")
    assert refused.returncode == 2
    assert "--no-demo" in refused.stderr
    # A fresh data folder would be a demo unless told otherwise; the database says what it is.
    assert huiqian("up", *there, "--port", str(free_port()), **told).returncode == 2


def test_a_database_that_knows_no_chinese_letters_is_refused(database: str, tmp_path: Path) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("create database blind template template0 encoding 'UTF8' locale_provider 'libc' locale 'C'")
    told = {"DATABASE_URL": database.replace("/huiqian?", "/blind?"), "SECRET_KEY": "x"}
    done = huiqian("migrate", "--data-dir", str(tmp_path / "data"), **told)
    assert done.returncode == 2
    assert "does not know Chinese letters" in done.stderr
