"""Gives every test run the embedded PostgreSQL and a database of its own, before Django reads its settings."""

import atexit
import fcntl
import os
import shutil
import sys
from pathlib import Path
from typing import IO

import psycopg

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT / "src"))

from huiqian.host.binaries import ROOTS_PLACE  # noqa: E402
from huiqian.host.postgres import Server  # noqa: E402

# Tests throw their data away: no need to wait for the disk.
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def _database() -> str:
    url = os.environ.get("HUIQIAN_TEST_DATABASE_URL")
    if url:
        return url
    server = Server(Path(os.environ.get("HUIQIAN_TEST_DATA", ROOT / ".data")) / "test-pg", QUICK)
    server.asked.mkdir(parents=True, exist_ok=True)
    # Every run holds this lock with the others; who alone holds it is the last one.
    users = (server.asked / "users.lock").open("w")
    fcntl.flock(users, fcntl.LOCK_SH)
    url = server.ensure()
    _drop_leftovers(url)
    atexit.register(_stop_when_last, server, users)
    return url


def _drop_leftovers(url: str) -> None:
    """Drop the databases of test runs that were killed."""
    with psycopg.connect(url, autocommit=True) as connection:
        for (name,) in connection.execute(
            "select datname from pg_database where datname ~ '^test_huiqian_[0-9]+(_gw[0-9]+)?(_whole)?$'"
        ).fetchall():
            number = name.split("_")[2]
            if not Path(f"/proc/{number}").exists():
                connection.execute(f'drop database if exists "{name}" with (force)')


def _stop_when_last(server: Server, users: IO[str]) -> None:
    """Stop the server unless another test run still uses it; one that begins meanwhile waits for the lock."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    server.stop()


if "DJANGO_SETTINGS_MODULE" not in os.environ:
    os.environ["DJANGO_SETTINGS_MODULE"] = "huiqian.config.settings"
os.environ.setdefault("DATABASE_URL", _database())
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ["HUIQIAN_TEST_DATABASE"] = f"test_huiqian_{os.getpid()}"

import django  # noqa: E402
from django.conf import settings  # noqa: E402

# Argon2 is slow on purpose.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django.setup()

from collections.abc import Callable, Iterator  # noqa: E402

import pytest  # noqa: E402
from django.db import connection, connections  # noqa: E402
from pytest_django.plugin import DjangoDbBlocker  # noqa: E402
from xdist.scheduler import LoadFileScheduling  # noqa: E402

from huiqian.base.actors import Actor  # noqa: E402

STORIES = "tests/browser/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's stories first: they take longest, and another worker does the rest meanwhile."""
    for item in items:
        # Emptying the tables would leave every later test of the worker without the company.
        marker = item.get_closest_marker("django_db")
        assert not (marker and marker.kwargs.get("transaction")), f"{item.nodeid}: use real_company"
    items.sort(key=lambda item: not item.nodeid.startswith(STORIES))


class StoriesTogether(LoadFileScheduling):
    """A file's tests go to one worker, and all stories in the browser to the same one: one product, one browser."""

    def _split_scope(self, nodeid: str) -> str:
        return STORIES if nodeid.startswith(STORIES) else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> StoriesTogether:
    """Which worker gets which tests; called by pytest-xdist where there are several."""
    return StoriesTogether(config, log)


@pytest.fixture(scope="session", autouse=True)
def _leave_no_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What servers of temporary folders keep elsewhere, where root runs the tests, goes with them."""
    yield
    for note in tmp_path_factory.getbasetemp().rglob("postgres.location"):
        kept = Path(note.read_text().strip())
        if kept.parent == ROOTS_PLACE and not (kept / "pgdata" / "postmaster.pid").exists():
            shutil.rmtree(kept, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the handbook and the demo company once; tests roll back to it, or are given a copy of it."""
    from huiqian.config import company, demo

    with django_db_blocker.unblock():
        company.load(since=demo.since())
        demo.load()
        _copy_database(_name(), f"{_name()}_whole")
    yield
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(f'drop database "{_name()}_whole"')


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _copy_database(source: str, copy: str) -> None:
    """Make the database `copy` anew from `source`, which nobody may use meanwhile."""
    connections.close_all()
    connection.close_pool()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(f'drop database if exists "{copy}" with (force)')
        admin.execute(f'create database "{copy}" template "{source}"')


@pytest.fixture
def company(db: None) -> None:
    """The handbook's positions with their people, and the processes in effect."""


@pytest.fixture
def real_company(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The same for tests that commit for real (threads, processes): the database is made anew behind them."""
    with django_db_blocker.unblock():
        yield
        with connection.cursor() as cursor:
            cursor.execute("select format('%I.%I', schemaname, sequencename), last_value from pg_sequences")
            given = [row for row in cursor.fetchall() if row[1] is not None]
        _copy_database(f"{_name()}_whole", _name())
        # No number is given twice in a run: what a process has read of a version it keeps by the version's number.
        with connection.cursor() as cursor:
            cursor.executemany("select setval(%s::regclass, %s)", given)


@pytest.fixture
def who(company: None) -> Callable[[str], Actor]:
    """The actor of a login."""
    from huiqian.org.models import Person

    def find(login: str) -> Actor:
        return Person.objects.get(login=login).actor

    return find
