"""The embedded PostgreSQL: made, attached to, healed, stopped. Real servers in folders of their own."""

import os
import shutil
import signal
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from huiqian.host.binaries import tool
from huiqian.host.postgres import PostgresError, Server

QUICK = {"fsync": "off", "shared_buffers": "16MB"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("postgres") / "server", QUICK)
    made.ensure()
    yield made
    made.stop()


def _postmaster(server: Server) -> int:
    return int((server.data / "postmaster.pid").read_text().split()[0])


def _one(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_attaching_keeps_the_running_server(server: Server) -> None:
    before = _postmaster(server)
    assert Server(server.asked, QUICK).ensure() == server.url
    assert _postmaster(server) == before


def test_knows_chinese_letters(server: Server) -> None:
    assert _one(server.url, "select cardinality(show_trgm('费用报销'))") > 1
    assert _one(server.url, "show data_checksums") == "on"


def test_asks_for_the_password(server: Server) -> None:
    wrong = server.url.replace(server.url.split(":")[2].split("@")[0], "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_listens_on_no_network_address(server: Server) -> None:
    assert _one(server.url, "show listen_addresses") == ""


def test_secrets_are_for_their_owner_alone(server: Server) -> None:
    assert stat.S_IMODE((server.asked / "postgres.secret").stat().st_mode) == 0o600
    assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700


def test_does_not_run_as_root(server: Server) -> None:
    owner = Path(f"/proc/{_postmaster(server)}").stat().st_uid
    assert owner != 0


def test_heals_after_kill_9_and_keeps_what_was_committed(server: Server) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("create table kept (word text)")
        connection.execute("insert into kept values ('here')")
    before = _postmaster(server)
    os.kill(before, signal.SIGKILL)
    server.ensure()
    assert _postmaster(server) != before
    assert _one(server.url, "select word from kept") == "here"


def test_a_stale_note_that_names_a_living_stranger_does_not_stop_it(server: Server) -> None:
    server.stop()
    # After a kill -9 the number may belong to anything: here to this test.
    note = server.data / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{server.data}\n0\n5432\n{server.sockets}\n\n\n")
    server.ensure()
    assert _postmaster(server) != os.getpid()


def test_a_lost_password_is_replaced_and_nothing_else_is_lost(server: Server) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("create table still (word text)")
    before = server.secret.read_text()
    server.secret.unlink()
    server.ensure()
    assert server.secret.read_text() != before
    assert stat.S_IMODE(server.secret.stat().st_mode) == 0o600
    assert _one(server.url, "select count(*) from still") == 0


def test_a_folder_made_anew_begins_anew_and_what_was_left_elsewhere_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "server"
    server = Server(folder, QUICK)
    # As root's is, whose folder the server's account may not enter.
    server.folder = tmp_path / "elsewhere" if server.folder == folder else server.folder
    server.data, server.log = server.folder / "pgdata", server.folder / "postgres.log"
    try:
        with psycopg.connect(server.ensure(), autocommit=True) as connection:
            connection.execute("create table old (word text)")
        shutil.rmtree(folder)
        assert _one(server.ensure(), "select to_regclass('old') is null") is True
        assert len(list(server.folder.glob("pgdata.removed-*/PG_VERSION"))) == 1
    finally:
        server.stop()


def test_many_that_start_it_at_once_get_one_server(tmp_path: Path) -> None:
    folder, urls = tmp_path / "server", []
    threads = [threading.Thread(target=lambda: urls.append(Server(folder, QUICK).ensure())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    server = Server(folder, QUICK)
    try:
        assert len(urls) == 4
        assert len(set(urls)) == 1
        assert server.alive()
    finally:
        server.stop()
    assert not server.alive()


def test_a_making_that_was_killed_is_made_anew(tmp_path: Path) -> None:
    server = Server(tmp_path / "server", QUICK)
    part = server.folder / "pgdata.part"
    part.mkdir(parents=True)
    (part / "PG_VERSION").write_text("18\n")
    try:
        assert psycopg.connect(server.ensure()).execute("select 1").fetchone() == (1,)
    finally:
        server.stop()


def test_a_folder_of_somebody_else_in_tmp_is_refused(tmp_path: Path) -> None:
    server = Server(tmp_path / "server", QUICK)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    server.sockets.symlink_to(elsewhere)
    try:
        with pytest.raises(PostgresError, match="belongs to somebody else"):
            server.ensure()
    finally:
        server.sockets.unlink()


def test_another_folder_of_programs_can_be_named(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HUIQIAN_PG_BIN", str(tmp_path))
    with pytest.raises(FileNotFoundError):
        tool("pg_dump", database=server.url)
