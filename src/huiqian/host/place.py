"""The data folder: what one installation keeps on this machine, and who is using it."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huiqian.host.postgres import Server

DEMO, COMPANY = "demo", "company"
# Free megabytes: what a new database takes with its first tables (70), and a piece of PostgreSQL's log (16) to go on.
MB_TO_BEGIN, MB_TO_GO_ON = 128, 24


class Refused(RuntimeError):
    """The product cannot start like this; the text says why and what to do."""


class Place:
    """A data folder. Holds the database's files, the key that signs sessions, and whether it is a demo."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made where there is none."""
        self.folder = folder.expanduser().resolve()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refused(f"The data folder {self.folder} cannot be made: {error.strerror}.") from None
        if not os.access(self.folder, os.W_OK | os.X_OK):
            raise Refused(f"The data folder {self.folder} cannot be written to; choose another one with --data-dir.")

    @property
    def server(self) -> Server:
        """This folder's own PostgreSQL."""
        return Server(self.folder / "postgres")

    def check_space(self) -> None:
        """Refuse a disk so full that the database could not start on it, or not for long."""
        server = self.server
        wanted = MB_TO_GO_ON if (server.data / "PG_VERSION").exists() else MB_TO_BEGIN
        place = next(folder for folder in (server.folder, *server.folder.parents) if folder.exists())
        free = shutil.disk_usage(place).free // 1_000_000
        if free < wanted:
            raise Refused(
                f"The disk of {place} is nearly full: {free} MB are free, {wanted} are needed to start. Make room, or "
                "choose another folder with --data-dir."
            )

    @contextmanager
    def held(self, note: str) -> Iterator[None]:
        """Hold the folder for one supervisor; the kernel lets go of it with the process, however that ends."""
        # Appending, not truncating: the note is the other one's until the lock is ours.
        with (self.folder / "huiqian.lock").open("a+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                other = file.read().strip() or "another process"
                raise Refused(
                    f"Huiqian runs on {self.folder} already: {other}. Use that one, end it first, or choose another "
                    "folder with --data-dir."
                ) from None
            file.truncate(0)
            file.write(note + "\n")
            file.flush()
            yield

    def kind(self, asked: bool | None) -> str:
        """Whether this folder is a demo's or a company's: decided at its first start, kept for ever.

        In a demo everybody may sign in as anybody; so a company's folder never becomes one by a forgotten option.
        """
        file = self.folder / "kind"
        if not file.exists():
            file.write_text(f"{COMPANY if asked is False else DEMO}\n", encoding="ascii")
        kind = file.read_text(encoding="ascii").strip()
        if asked is True and kind == COMPANY:
            raise Refused(f"{self.folder} holds a company's data and cannot become a demo; choose another --data-dir.")
        if asked is False and kind == DEMO:
            raise Refused(f"{self.folder} holds a demo; give the company a folder of its own with --data-dir.")
        return kind

    def known_kind(self) -> str:
        """What the folder was decided to be; empty before its first start."""
        file = self.folder / "kind"
        return file.read_text(encoding="ascii").strip() if file.exists() else ""

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of the database to work on: DATABASE_URL, else the folder's own, started meanwhile if need be."""
        given = os.environ.get("DATABASE_URL", "")
        if given:
            yield given
            return
        ran = self.server.alive()
        try:
            yield self.server.ensure()
        finally:
            if not ran:
                self.server.stop()


@contextmanager
def database_of(folder: Path) -> Iterator[str]:
    """The URL of an installation's database; refuses a folder that has none yet."""
    if not os.environ.get("DATABASE_URL") and not (folder / "postgres" / "postgres.secret").exists():
        raise Refused(f"{folder} holds no data yet: start with `huiqian up`, or set DATABASE_URL.")
    with Place(folder).database() as url:
        yield url
