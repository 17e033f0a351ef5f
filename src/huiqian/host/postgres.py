"""The embedded PostgreSQL: made, started, healed and stopped on this machine, from the binaries of a package.

Only one process at a time manages a data folder (a file lock), and a server is alive when it answers `select 1`,
never because some process has its number.
"""

import fcntl
import hashlib
import logging
import os
import pwd
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from huiqian.host.binaries import ROOTS_PLACE, folder_of_binaries, open_to_all

log = logging.getLogger("huiqian.host")

START_SECONDS = 300
ATTEMPTS = 5
ROLE = DATABASE = "huiqian"
SET_PASSWORD = f"alter role {ROLE} password"

INITDB = (
    "--encoding=UTF8", "--locale=C", "--lc-ctype=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
    "--data-checksums", "--auth=scram-sha-256", f"--username={ROLE}",
)  # fmt: skip
CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 128MB
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
"""


class PostgresError(RuntimeError):
    """The server could not be made or started; the text says why and what to do."""


class Server:
    """The embedded server of one data folder. Every method may be called by any process at any time."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        """`folder` will hold the server's files; `settings` are lines of postgresql.conf beyond ours."""
        self.asked = folder.resolve()
        self.settings = dict(settings or {})
        name = hashlib.sha256(str(self.asked).encode()).hexdigest()[:12]
        self.account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self.folder = self.asked
        if self.account and not open_to_all(self.asked.parent):
            self.folder = ROOTS_PLACE / name
        self.data = self.folder / "pgdata"
        self.log = self.folder / "postgres.log"
        self.secret = self.asked / "postgres.secret"
        self.location = self.asked / "postgres.location"
        # Short: a socket's path has 107 bytes.
        self.sockets = Path("/tmp") / f"huiqian-{name}"  # noqa: S108 - only its owner may enter

    @property
    def url(self) -> str:
        """How to connect: a postgresql:// URL over the local socket."""
        password = self.secret.read_text().strip()
        return f"postgresql://{ROLE}:{password}@/{DATABASE}?host={self.sockets}"

    def alive(self, database: str = DATABASE) -> bool:
        """Whether the server answers."""
        try:
            with psycopg.connect(self.url.replace(f"/{DATABASE}?", f"/{database}?"), connect_timeout=5) as connection:
                connection.execute("select 1")
        except (OSError, psycopg.Error):
            return False
        return True

    def ensure(self) -> str:
        """Make the server where there is none, start or heal it where it does not answer; returns its URL."""
        known = self.folder == self.asked or self.location.exists()
        with self._managed():
            if (self.data / "PG_VERSION").exists() and not self.secret.exists():
                self._renew_secret() if known else self._set_aside()
            if not (self.data / "PG_VERSION").exists():
                self._make()
            if not self.alive():
                self._start()
            self._check()
        return self.url

    def stop(self) -> None:
        """Stop the server in good order; one that does not run is left alone."""
        with self._managed():
            self._stop()

    def _stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", "-t", "60", check=False)

    def _renew_secret(self) -> None:
        """Let us in again where the password's file was lost: the database is kept and gets another password."""
        self._forget_the_dead()
        self._stop()
        password = secrets.token_urlsafe(32)
        done = self._run("postgres", "--single", "-D", str(self.data), "postgres", given=f"{SET_PASSWORD} '{password}'")
        assert done.returncode == 0
        self._keep(password)

    def _set_aside(self) -> None:
        """Root's data folder was removed and is made anew: what its server left elsewhere is kept there."""
        self._forget_the_dead()
        self._stop()
        aside = self.data.with_name(f"pgdata.removed-{time.strftime('%Y%m%d-%H%M%S')}")
        self.data.rename(aside)
        log.warning("%s is new, but a database of its name was left from before; it is kept at %s", self.asked, aside)

    def _keep(self, password: str) -> None:
        with os.fdopen(os.open(self.secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(password)

    @contextmanager
    def _managed(self) -> Iterator[None]:
        self.asked.mkdir(parents=True, exist_ok=True)
        for folder in (self.folder, self.sockets):
            self._own(folder)
        if self.folder != self.asked:
            self.location.write_text(f"{self.folder}\n")
            ROOTS_PLACE.chmod(0o711)
        with (self.asked / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _own(self, folder: Path) -> None:
        """Make a folder that only the server's account may enter; /tmp belongs to everybody, so look whose it is."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._give(folder)
        status = folder.lstat()
        owner = self.account.pw_uid if self.account else os.geteuid()
        if folder.is_symlink() or status.st_uid != owner:
            raise PostgresError(f"{folder} belongs to somebody else; remove it, or choose another data folder.")
        if folder == self.sockets:
            folder.chmod(0o700)

    def _give(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def _make(self) -> None:
        """Make the database cluster beside its final place, then move it there: a kill leaves nothing half made."""
        if not self.secret.exists():
            self._keep(secrets.token_urlsafe(32))
        being_made = self.sockets / "pgdata.new"
        shutil.rmtree(being_made, ignore_errors=True)
        password = self.sockets / "password"
        password.write_text(self.secret.read_text().strip() + "\n")
        password.chmod(0o600)
        self._give(password)
        try:
            self._run("initdb", f"--pgdata={being_made}", f"--pwfile={password}", *INITDB)
        finally:
            password.unlink(missing_ok=True)
        with (being_made / "postgresql.conf").open("a") as file:
            file.write(CONFIGURATION.format(sockets=self.sockets))
            file.writelines(f"{name} = {value}\n" for name, value in self.settings.items())
        shutil.rmtree(self.data, ignore_errors=True)
        part = self.folder / "pgdata.part"
        shutil.rmtree(part, ignore_errors=True)
        shutil.move(being_made, part)
        if self.account:
            for path in (part, *part.rglob("*")):
                os.chown(path, self.account.pw_uid, self.account.pw_gid)
        part.rename(self.data)

    def _start(self) -> None:
        for attempt in range(ATTEMPTS):
            self._forget_the_dead()
            done = self._run(
                "pg_ctl",
                "start",
                "-D",
                str(self.data),
                "-w",
                "-t",
                str(START_SECONDS),
                "-l",
                str(self.log),
                check=False,
            )
            if done.returncode == 0 and self.alive("postgres"):
                break
            # Children of a killed server hold its memory for a moment.
            time.sleep(0.5 * (attempt + 1))
        else:
            end = self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""
            raise PostgresError(f"PostgreSQL did not start; the end of {self.log}:\n{end}")
        with psycopg.connect(self.url.replace(f"/{DATABASE}?", "/postgres?"), autocommit=True) as connection:
            known = connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone()
            if known is None:
                connection.execute(f"create database {DATABASE}")

    def _forget_the_dead(self) -> None:
        """Remove the note of a server that was killed: its number may belong to another process by now."""
        note = self.data / "postmaster.pid"
        with suppress(FileNotFoundError, ValueError, IndexError):
            number = int(note.read_text().split()[0])
            try:
                command = Path(f"/proc/{number}/cmdline").read_bytes().decode(errors="replace")
            except OSError:
                command = "" if Path("/proc/self").exists() else "postgres"
            if "postgres" not in command or str(self.data) not in command:
                note.unlink()

    def _check(self) -> None:
        """Searching Chinese text needs a character type that knows Chinese letters."""
        with psycopg.connect(self.url) as connection:
            connection.execute("create extension if not exists pg_trgm")
            row = connection.execute("select cardinality(show_trgm('费用报销'))").fetchone()
        if row is None or row[0] <= 1:
            raise PostgresError("This PostgreSQL's character type does not know Chinese; make the data folder anew.")

    def _run(
        self, program: str, *arguments: str, check: bool = True, given: str = ""
    ) -> "subprocess.CompletedProcess[str]":
        account = self.account
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C.UTF-8"}
        with (self.asked / "postgres-tools.log").open("a") as output:
            done = subprocess.run(  # noqa: S603 - our own binaries, our own arguments
                [str(folder_of_binaries(for_all=account is not None) / program), *arguments],
                input=given, stdout=output, stderr=output, env=environment, cwd=self.sockets,
                check=False, text=True, start_new_session=True,
                # Root hands the server to an account that owns nothing else.
                user=account.pw_uid if account else None, group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
            )  # fmt: skip
        if check and done.returncode != 0:
            end = (self.asked / "postgres-tools.log").read_text(errors="replace")[-2000:]
            raise PostgresError(f"{program} failed:\n{end}")
        return done


def ensure_postgres(data_dir: Path) -> str:
    """The URL of this data folder's own server, made and started where needed. 1 s the first time, then at once."""
    return Server(data_dir / "postgres").ensure()


def stop_postgres(data_dir: Path) -> None:
    """Stop this data folder's own server."""
    Server(data_dir / "postgres").stop()
